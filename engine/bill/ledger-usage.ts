import { LEDGER_LINE_START, Member } from '../ledger/members';
import { NO_USAGE, TOKEN_BUCKETS } from '../pricing/token-buckets';
import { type PicoUsd, type Tier, TIERS, type Usage } from '../pricing/types';
import type { Prices } from '../rating/unit-prices';
import { isObject, type Json, readText } from '../records/json';
import { readBilled } from './billed-amount';
import type { OurLine, UsageScope } from './our-usage';
import { principalOf } from './principal';

/** Digits that are in no text: in JSON, a quote within a text has a backslash. */
const COST = new RegExp(`"${Member.costUsd}":(-?[\\d.eE+-]+)`);
const HIGH_COST = new RegExp(`"${Member.costHighUsd}":(-?[\\d.eE+-]+)`);

/** A ledger line, as far as a bill can be compared with it. */
export interface LedgerUsage {
  /** What names its call; undefined where the line has no id. */
  readonly id?: string;
  readonly lines: readonly OurLine[];
}

/**
 * Reads a ledger line: its cost to the digit, split by kind as the prices of this catalogue split it.
 *
 * @param text the line, whatever is in front of it
 * @returns nothing for a text that is no ledger line or is of a call that used nothing
 */
export function readLedgerUsage(text: string, prices: Prices): LedgerUsage | undefined {
  const at = text.indexOf(LEDGER_LINE_START);
  const line = at < 0 ? undefined : parse(text.slice(at));
  if (line === undefined) return undefined;
  const usage = usageOf(line);
  const time = Date.parse(String(line[Member.time]));
  if (kindsOf(usage).length === 0 || Number.isNaN(time)) return undefined;
  const scope = scopeOf(line, time);
  const id = readText(line[Member.requestId]) ?? readText(line[Member.eventId]);
  return { id, lines: ourLines(scope, usage, costIn(text.slice(at)), prices) };
}

/** The least and the most that calls cost. */
interface CostOfCalls {
  readonly low: PicoUsd;
  readonly high: PicoUsd;
}

/** One line for each kind of usage. The cost, where it is known, is split as the prices of this catalogue split it. */
export function ourLines(
  scope: UsageScope & Pick<OurLine, 'source'>,
  usage: Usage,
  cost: CostOfCalls | undefined,
  prices: Prices,
): OurLine[] {
  const kinds = kindsOf(usage);
  const costs = cost && sharesOf(cost, kinds, splitBy(scope, usage, prices));
  return kinds.map(([kind, tokens], n) => ({ ...scope, kind, tokens, ...costs?.[n] }));
}

function scopeOf(line: Json, time: number) {
  const text = (member: string): string | undefined => readText(line[member]);
  const caller = text(Member.caller);
  return {
    day: new Date(time).toISOString().slice(0, 10),
    account: text(Member.accountId),
    region: text(Member.region) ?? '(none)',
    model: text(Member.model) ?? text(Member.modelId) ?? '(none)',
    routing: text(Member.routing) ?? 'regional',
    tier: text(Member.serviceTier) ?? 'standard',
    isLong: false,
    source: text(Member.source),
    principal: caller && principalOf(caller),
  };
}

function usageOf(line: Json): Usage {
  const tokens = isObject(line.tokens) ? line.tokens : {};
  const counts = Object.fromEntries(TOKEN_BUCKETS.map((bucket) => [bucket, numberIn(tokens[bucket])]));
  const { units: inLine } = line;
  const units = isObject(inLine) ? Object.entries(inLine).map(([kind, count]) => [kind, numberIn(count)] as const) : [];
  return { ...NO_USAGE, ...counts, ...(units.length > 0 && { units: Object.fromEntries(units) }) };
}

const numberIn = (value: unknown): number => (typeof value === 'number' && value >= 0 && Number.isFinite(value) ? value : 0);

const kindsOf = (usage: Usage): Array<readonly [kind: string, count: number]> =>
  [...TOKEN_BUCKETS.map((bucket) => [bucket, usage[bucket]] as const), ...Object.entries(usage.units ?? {})].filter(
    ([, count]) => count > 0,
  );

/** What each kind costs at the prices of this catalogue, which need not be those of the line. */
function splitBy({ model, routing, region, tier, day }: UsageScope, usage: Usage, prices: Prices): Readonly<Record<string, PicoUsd>> {
  const quoted = prices.quote({
    modelId: routing === 'global' ? `global.${model}` : model,
    region,
    tier: (TIERS as readonly string[]).includes(tier) ? (tier as Tier) : 'standard',
    timestamp: Date.parse(day),
    contextTokens: 0,
  });
  return prices.cost(quoted, usage).byKind;
}

function costIn(text: string): CostOfCalls | undefined {
  const low = readBilled(COST.exec(text)?.[1] ?? '')?.pico;
  return low === undefined ? undefined : { low, high: readBilled(HIGH_COST.exec(text)?.[1] ?? '')?.pico ?? low };
}

/** Shares of a cost, which add up to it. */
function sharesOf(
  { low, high }: CostOfCalls,
  kinds: ReadonlyArray<readonly [kind: string, count: number]>,
  byKind: Readonly<Record<string, PicoUsd>>,
): CostOfCalls[] {
  const weights = kinds.map(([kind, count]) => byKind[kind] ?? BigInt(Math.round(count)));
  const total = weights.reduce((sum, weight) => sum + weight, 0n);
  let left = low;
  return weights.map((weight, at) => {
    const isLast = at === weights.length - 1;
    const share = isLast ? left : total === 0n ? 0n : (low * weight) / total;
    left -= share;
    // Only the sum is open, and which kind it is of is not written.
    return { low: share, high: share + (isLast ? high - low : 0n) };
  });
}

function parse(text: string): Json | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
