import type { PicoUsd } from '../../engine/pricing/types';
import type { RatedCall } from '../../engine/rating/rater';

/** The least and the most that a call can cost, in pico-dollars. Doubles where they are exact. */
export interface CostRange {
  readonly low: PicoUsd | number;
  readonly high: PicoUsd | number;
}

const NO_COST: CostRange = { low: 0, high: 0 };

/** Set where the record does not say how long cached tokens were to live, and the price depends on it. */
const CACHE_LIFETIME_UNKNOWN = 'cacheLifetimeUnknown';

/** What a call costs; nothing unless it is priced. */
export function costOf({ status, usage, unitPrices }: RatedCall): CostRange {
  return status === 'priced' && usage && unitPrices ? (unitPrices.fastCost(usage) ?? unitPrices.cost(usage)) : NO_COST;
}

/** Everything that makes the cost of a call less than exact. */
export function flagsOf({ call, usage, unitPrices }: RatedCall, { low, high }: CostRange): readonly string[] {
  const quoted = unitPrices?.quote.flags ?? [];
  const lifetimeMatters = low !== high && (usage?.cacheWrite ?? 0) > 0;
  if (call.flags.length === 0 && !lifetimeMatters) return quoted;
  return [...new Set([...call.flags, ...quoted, ...(lifetimeMatters ? [CACHE_LIFETIME_UNKNOWN] : [])])];
}
