import type { PicoUsd } from '../../pricing/types';
import { formatUsd } from '../../pricing/usd-text';
import { amountIn } from '../recorded-call';
import { AGENT_LINE_START, type AgentLineKind, type AgentMember } from '../../ledger/agent-members';

export type Kind = (typeof AgentLineKind)[keyof typeof AgentLineKind];

/** The members of an agent line but for its version, kind and amounts: a name that is no member does not compile. */
export type AgentMembers = { readonly [Name in Exclude<keyof typeof AgentMember, 'agents' | 'kind'>]?: unknown };

export interface CostRange {
  readonly low: PicoUsd;
  readonly high: PicoUsd;
}

/** A line of JSON. Members that are undefined are left out; amounts have all their digits. */
export function agentLine(kind: Kind, members: AgentMembers, amounts: Readonly<Partial<Record<AmountName, CostRange>>> = {}): string {
  const text = JSON.stringify(members);
  return `${AGENT_LINE_START}"kind":"${kind}",${text.slice(1, -1)}${AMOUNTS.map((name) => amountMember(name, amounts[name])).join('')}}`;
}

/** A member whose text has no character that JSON would escape: readers.ts lets none into a span. */
export const textMember = (name: keyof typeof AgentMember, value: string | undefined): string =>
  value === undefined || value === '' ? '' : `,"${name}":"${value}"`;

/** A member of any value. */
export const jsonMember = (name: keyof typeof AgentMember, value: unknown): string =>
  value === undefined ? '' : `,"${name}":${JSON.stringify(value)}`;

const AMOUNTS = ['estimate', 'cost', 'runtime'] as const;
export type AmountName = (typeof AMOUNTS)[number];

export function amountMember(name: AmountName, range: CostRange | undefined): string {
  if (!range) return '';
  const { low, high } = range;
  return `,"${name}Usd":${formatUsd(low)}${low === high ? '' : `,"${name}HighUsd":${formatUsd(high)}`}`;
}

/** An amount as a line tells it, with all its digits. */
export function rangeIn(text: string, name: AmountName): CostRange | undefined {
  const low = amountIn(text, `${name}Usd`);
  return low === undefined ? undefined : { low, high: amountIn(text, `${name}HighUsd`) ?? low };
}

/** ISO 8601 with microseconds: spans of one millisecond have an order. */
export function timeText(ms: number): string {
  const whole = Math.floor(ms);
  const micros = Math.round((ms - whole) * 1000);
  if (micros === 1000) return timeText(whole + 1);
  const millis = whole % 1000;
  const text = `${secondText(whole - millis)}.${threeDigits(millis)}`;
  return micros === 0 ? `${text}Z` : `${text}${threeDigits(micros)}Z`;
}

const threeDigits = (number: number): string => String(number).padStart(3, '0');

/** Spans of a batch are of few seconds, and a date takes longer to write than the rest of a line. */
const SECONDS = new Map<number, string>();
const MAX_SECONDS = 1000;

function secondText(ms: number): string {
  let text = SECONDS.get(ms);
  if (text === undefined) {
    if (SECONDS.size >= MAX_SECONDS) SECONDS.clear();
    SECONDS.set(ms, (text = new Date(ms).toISOString().slice(0, -'.000Z'.length)));
  }
  return text;
}

/** Milliseconds with microseconds. */
export const durationOf = ({ start, end }: { readonly start: number; readonly end: number }): number =>
  Math.round((end - start) * 1000) / 1000;
