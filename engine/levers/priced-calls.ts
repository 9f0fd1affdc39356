import { contextTokens } from '../pricing/token-buckets';
import type { PicoUsd, Tier, Usage } from '../pricing/types';
import type { RatedCall } from '../rating/rater';
import type { UnitPrices } from '../rating/unit-prices';

/** One call that has a price, or several to one model at one row of the price list. */
export interface PricedCalls {
  /** As the caller passed it, or a model id at the routing that it stands for. */
  readonly modelId: string;
  readonly region: string;
  readonly tier: Tier;
  /** In milliseconds; of several calls, that of any of them. */
  readonly time: number;
  readonly invokedModel?: string;
  readonly calls: number;
  /** Input and cached tokens of the longest prompt. */
  readonly contextTokens: number;
  /** Tokens only: images, guardrail units and the like cost the same in all ways to make a call. */
  readonly usage: Usage;
  readonly unitPrices: UnitPrices;
}

/** Undefined for calls without a price, and on capacity that is paid by the hour: their tokens cost nothing. */
export function pricedCallOf({ status, usage, unitPrices, call }: RatedCall): PricedCalls | undefined {
  if (status !== 'priced' || !usage || !unitPrices || unitPrices.quote.flags.includes('hourlyCapacity')) return undefined;
  const { modelId, region, tier, time, invokedModel } = call;
  const tokens: Usage = usage.units === undefined ? usage : { ...usage, units: undefined };
  return { modelId, region, tier, time, invokedModel, calls: 1, contextTokens: contextTokens(usage), usage: tokens, unitPrices };
}

/** The lowest cost of tokens; undefined where a kind of them has no price. */
export function costOfTokens(unitPrices: UnitPrices, usage: Usage): PicoUsd | number | undefined {
  return unitPrices.missing(usage) ? undefined : (unitPrices.fastCost(usage) ?? unitPrices.cost(usage)).low;
}
