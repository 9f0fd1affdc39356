import { isoDate } from '../calendar';
import type { LeverText } from '../levers/levers';
import type { LeverSaving } from '../levers/lever-savings';
import type { PicoUsd } from '../pricing/types';
import { formatRoundedUsd } from '../pricing/usd-text';
import type { CallGroup, CallSums, DigestFacts, DigestPeriod } from './digest-facts';

const TOP_CALLERS = 10;

export interface ModelLine {
  readonly model: string;
  readonly calls: number;
  /** Absent where no call has a price: unknown is not zero. So are the two that follow. */
  readonly usd?: string;
  /** Percent of the whole cost. */
  readonly share?: number;
  /** Of the priced calls. */
  readonly usdPerCall?: string;
  readonly inputPerCall: number;
  readonly outputPerCall: number;
}

export interface CallerLine {
  /** The role, or what else called. */
  readonly caller: string;
  readonly calls: number;
  /** Absent where no call has a price. */
  readonly usd?: string;
}

export interface SavingLine extends LeverText {
  /** Those for which it has a published price. */
  readonly calls: number;
  readonly usd: string;
  readonly savesUsd: string;
}

/** A summary of a period. Amounts are USD as text, rounded to a millionth, with two decimals at least. */
export interface Digest {
  readonly from: string;
  readonly to: string;
  readonly timeZone: string;
  /** Of the calls that have a price. Absent where there are calls and none has one. */
  readonly usd?: string;
  /** Percent by which the cost differs from that of the period before. */
  readonly change?: number;
  readonly calls: number;
  readonly failedCalls: number;
  readonly input: number;
  readonly output: number;
  /** All models, the most expensive first. */
  readonly models: readonly ModelLine[];
  /** The ten roles that spent most. */
  readonly callers: readonly CallerLine[];
  readonly unpriced: DigestFacts['unpriced'];
  /** The way to make the same calls that would have saved most, and what it would have changed. */
  readonly largestSaving?: SavingLine;
  readonly newPriceRows?: readonly string[];
  readonly ownCosts?: DigestFacts['ownCosts'];
  /** The limits that were reached. Absent where none was. */
  readonly limits?: readonly string[];
}

export function digestOf(facts: DigestFacts, { from, until, timeZone }: DigestPeriod): Digest {
  const { total, models, callers, unpriced, failedCalls, usdBefore, largestSaving, newPriceRows, ownCosts, limits } = facts;
  const usd = usdOf(total);
  return {
    from: isoDate(from, timeZone),
    to: isoDate(until - 1, timeZone),
    timeZone,
    usd,
    change: usd !== undefined && usdBefore ? percent(total.usd - usdBefore, usdBefore) : undefined,
    calls: total.calls,
    failedCalls,
    input: total.input,
    output: total.output,
    models: [...models].sort(byCost).map((model) => modelLine(model, total.usd)),
    callers: [...callers].sort(byCost).slice(0, TOP_CALLERS).map(callerLine),
    unpriced: [...unpriced].sort((a, b) => b.calls - a.calls || compare(a.model, b.model) || compare(a.reason, b.reason)),
    largestSaving: largestSaving && savingLine(largestSaving),
    newPriceRows,
    ownCosts,
    limits: limits.length === 0 ? undefined : limits,
  };
}

function modelLine(model: CallGroup, all: PicoUsd): ModelLine {
  const { name, calls, priced, input, output, usd } = model;
  const cost = priced === 0 ? undefined : { share: all === 0n ? 0 : percent(usd, all), usdPerCall: usdText(usd / BigInt(priced)) };
  const usage = { inputPerCall: Math.round(input / calls), outputPerCall: Math.round(output / calls) };
  return { model: name, calls, usd: usdOf(model), ...cost, ...usage };
}

const callerLine = (caller: CallGroup): CallerLine => ({ caller: caller.name, calls: caller.calls, usd: usdOf(caller) });

const savingLine = ({ now, saves, ...saving }: LeverSaving): SavingLine => ({ ...saving, usd: usdText(now), savesUsd: usdText(saves) });

/** Unknown where there are calls and none of them has a price. */
const usdOf = ({ calls, priced, usd }: CallSums): string | undefined => (calls > 0 && priced === 0 ? undefined : usdText(usd));

/** The most expensive first. */
const byCost = (a: CallGroup, b: CallGroup): number => Number(b.usd - a.usd) || compare(a.name, b.name);

/** With one decimal. */
const percent = (part: PicoUsd, whole: PicoUsd): number => Math.round(Number((1000n * part) / whole)) / 10;

const usdText = (amount: PicoUsd): string => formatRoundedUsd(amount, 6, 2);

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
