import type { PicoUsd } from '../pricing/types';

/** The calls of one caller to one model. */
export interface CallGroup {
  readonly model: string;
  readonly caller: string;
  /** Priced and unpriced calls. Failed ones are counted apart, because they have no tokens. */
  readonly calls: number;
  readonly priced: number;
  /** All input tokens, cached or not. */
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

/** What a digest is made from: no prompts and no answers. */
export interface DigestFacts {
  readonly groups: readonly CallGroup[];
  readonly unpriced: readonly UnpricedGroup[];
  readonly failedCalls: number;
  /** Cost of the period before, of the same length. Undefined where it is unknown. */
  readonly usdBefore?: PicoUsd;
  /** Rows of the price list used in this period and not in the one before. Undefined where that is unknown. */
  readonly newPriceRows?: readonly string[];
  /** What the stack itself cost, by item. Undefined where it is unknown. */
  readonly ownCosts?: ReadonlyArray<{ readonly item: string; readonly usd: number }>;
}

/** From a moment up to, and without, another, in milliseconds. */
export interface DigestPeriod {
  readonly from: number;
  readonly until: number;
  readonly timeZone: string;
}
