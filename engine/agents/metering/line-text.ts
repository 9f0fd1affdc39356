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
  const text = JSON.stringify({ kind, ...members });
  return `${AGENT_LINE_START}${text.slice(1, -1)}${AMOUNTS.map((name) => amount(name, amounts[name])).join('')}}`;
}

const AMOUNTS = ['estimate', 'cost', 'runtime'] as const;
export type AmountName = (typeof AMOUNTS)[number];

function amount(name: AmountName, range: CostRange | undefined): string {
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
  const text = new Date(whole).toISOString();
  return micros === 0 ? text : `${text.slice(0, -1)}${String(micros).padStart(3, '0')}Z`;
}

/** Milliseconds with microseconds. */
export const durationOf = ({ start, end }: { readonly start: number; readonly end: number }): number =>
  Math.round((end - start) * 1000) / 1000;
