import type { LeverSaving } from '../levers/lever-savings';
import type { PicoUsd } from '../pricing/types';

/** Calls that are counted together. */
export interface CallSums {
  /** All of them, as dashboards and `replay` count them. */
  readonly calls: number;
  /** Those among them that failed, also those that had used tokens by then. */
  readonly failed: number;
  /** Those that used something, whether it has a price or not. The others failed or were blocked, and cost nothing. */
  readonly rated: number;
  readonly priced: number;
  /** Those whose tokens are known, which are those that follow. */
  readonly counted: number;
  /** All input tokens, cached or not. */
  readonly input: number;
  readonly output: number;
  /** Of the priced calls. */
  readonly usd: PicoUsd;
}

export const NO_CALLS: CallSums = { calls: 0, failed: 0, rated: 0, priced: 0, counted: 0, input: 0, output: 0, usd: 0n };

export const addCalls = (sums: CallSums, more: CallSums): CallSums => ({
  calls: sums.calls + more.calls,
  failed: sums.failed + more.failed,
  rated: sums.rated + more.rated,
  priced: sums.priced + more.priced,
  counted: sums.counted + more.counted,
  input: sums.input + more.input,
  output: sums.output + more.output,
  usd: sums.usd + more.usd,
});

/** The calls to one model, of one role or through one application inference profile. */
export interface CallGroup extends CallSums {
  readonly name: string;
}

/** Adds up calls under their names. */
export function groupsOf(calls: ReadonlyArray<readonly [name: string, sums: CallSums]>): CallGroup[] {
  const groups = new Map<string, CallSums>();
  for (const [name, sums] of calls) {
    groups.set(name, addCalls(groups.get(name) ?? NO_CALLS, sums));
  }
  return [...groups].map(([name, sums]) => ({ name, ...sums }));
}

/** Calls to one model for which there is no price. */
interface UnpricedGroup {
  readonly model: string;
  readonly reason: string;
  readonly calls: number;
}

/** What a digest is made from: no prompts and no answers. */
export interface DigestFacts {
  /** Of all calls, also where one of the lists is cut. */
  readonly total: CallSums;
  readonly models: readonly CallGroup[];
  /** By role. */
  readonly callers: readonly CallGroup[];
  /** By application inference profile. Calls that name none are in no group. */
  readonly profiles: readonly CallGroup[];
  readonly unpriced: readonly UnpricedGroup[];
  /** Cost of the period before, of the same length. Undefined where it is unknown. */
  readonly usdBefore?: PicoUsd;
  /** Rows of the price list used in this period and not in the one before. Undefined where that is unknown. */
  readonly newPriceRows?: readonly string[];
  /** The way to make the same calls that would have saved most. Undefined where none would, or that is unknown. */
  readonly largestSaving?: LeverSaving;
  /** What metering itself cost, by item. Items whose cost is unknown are left out. */
  readonly ownCosts?: ReadonlyArray<{ readonly item: string; readonly usd: number }>;
  /** The limits that were reached, as sentences. */
  readonly limits: readonly string[];
}

/** From a moment up to, and without, another, in milliseconds. */
export interface DigestPeriod {
  readonly from: number;
  readonly until: number;
  readonly timeZone: string;
}
