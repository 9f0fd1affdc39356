import type { LeverSaving } from '../levers/lever-savings';
import type { PicoUsd } from '../pricing/types';

/** Calls that are counted together: priced and unpriced ones. Failed ones are counted apart, because they have no tokens. */
export interface CallSums {
  readonly calls: number;
  readonly priced: number;
  /** All input tokens, cached or not. */
  readonly input: number;
  readonly output: number;
  /** Of the priced calls. */
  readonly usd: PicoUsd;
}

export const NO_CALLS: CallSums = { calls: 0, priced: 0, input: 0, output: 0, usd: 0n };

export const addCalls = (sums: CallSums, more: CallSums): CallSums => ({
  calls: sums.calls + more.calls,
  priced: sums.priced + more.priced,
  input: sums.input + more.input,
  output: sums.output + more.output,
  usd: sums.usd + more.usd,
});

/** The calls to one model, or of one role. */
export interface CallGroup extends CallSums {
  readonly name: string;
}

/** Calls to one model for which there is no price. */
export interface UnpricedGroup {
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
  readonly unpriced: readonly UnpricedGroup[];
  readonly failedCalls: number;
  /** Cost of the period before, of the same length. Undefined where it is unknown. */
  readonly usdBefore?: PicoUsd;
  /** Rows of the price list used in this period and not in the one before. Undefined where that is unknown. */
  readonly newPriceRows?: readonly string[];
  /** The way to make the same calls that would have saved most. Undefined where none would, or that is unknown. */
  readonly largestSaving?: LeverSaving;
  /** What the stack itself cost, by item. Undefined where it is unknown. */
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
