import type { PicoUsd } from '../pricing/types';

/** What the calls of one caller to one model came to. */
export interface CallGroup {
  readonly model: string;
  readonly caller: string;
  /** Priced and unpriced calls; failed ones have no tokens and are counted apart. */
  readonly calls: number;
  readonly priced: number;
  /** All input, cached or not. */
  readonly input: number;
  readonly output: number;
  readonly usd: PicoUsd;
}

/** Calls to one model for which there is no price. */
export interface UnpricedGroup {
  readonly model: string;
  readonly reason: string;
  readonly calls: number;
}

/** Everything that a digest is made from. No prompt and no answer is among it. */
export interface DigestFacts {
  readonly groups: readonly CallGroup[];
  readonly unpriced: readonly UnpricedGroup[];
  readonly failedCalls: number;
  /** Of the period before, of the same length; undefined where it is not known. */
  readonly usdBefore?: PicoUsd;
  /** Rows of the price list that were used in this period and not in the one before; undefined where it is not known. */
  readonly newPriceRows?: readonly string[];
  /** What the stack itself cost, by item; undefined where it is not known. */
  readonly ownCosts?: ReadonlyArray<{ readonly item: string; readonly usd: number }>;
}

/** From a moment up to, and without, another. */
export interface DigestPeriod {
  readonly from: number;
  readonly until: number;
  readonly timeZone: string;
}
