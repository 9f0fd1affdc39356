import { TOKEN_BUCKETS, type TokenBucket } from '../pricing/token-buckets';
import type { PicoUsd } from '../pricing/types';
import type { UnitPrices } from '../rating/unit-prices';
import { TokenTypes } from '../telemetry/names';
import type { CostRange, UsageSums } from './usage-sums';

/** What was used, by the unit prices at which it is billed. */
export type Consumption = Map<UnitPrices, UsageSums>;

/** The value of `gen_ai.token.type` for each bucket. */
const TOKEN_TYPES: Readonly<Record<TokenBucket, string>> = {
  input: TokenTypes.INPUT,
  cacheRead: TokenTypes.CACHE_READ,
  cacheWrite5m: TokenTypes.CACHE_WRITE,
  cacheWrite1h: TokenTypes.CACHE_WRITE,
  cacheWrite: TokenTypes.CACHE_WRITE,
  output: TokenTypes.OUTPUT,
};

export function costOf(consumptions: readonly Consumption[]): CostRange {
  const total: CostRange = { low: 0n, high: 0n };
  for (const consumption of consumptions) {
    consumption.forEach((sums, unitPrices) => {
      const { units, ...tokens } = sums;
      const { low, high } = unitPrices.cost(tokens);
      total.low += low + units.low;
      total.high += high + units.high;
    });
  }
  return total;
}

export function tokensByType(unpriced: UsageSums, priced: readonly Consumption[]): ReadonlyMap<string, number> {
  const tokens = new Map<string, number>();
  for (const sums of [unpriced, ...priced.flatMap((consumption) => [...consumption.values()])]) {
    for (const bucket of TOKEN_BUCKETS) {
      if (sums[bucket] > 0) {
        tokens.set(TOKEN_TYPES[bucket], (tokens.get(TOKEN_TYPES[bucket]) ?? 0) + sums[bucket]);
      }
    }
  }
  return tokens;
}

export function costByType(priced: readonly Consumption[]): ReadonlyMap<string, PicoUsd> {
  const costs = new Map<string, PicoUsd>();
  const put = (type: string, cost: PicoUsd) => costs.set(type, (costs.get(type) ?? 0n) + cost);
  const putAll = (sums: UsageSums, unitPrices: UnitPrices) => {
    TOKEN_BUCKETS.forEach((bucket, i) => {
      if (sums[bucket] > 0) {
        put(TOKEN_TYPES[bucket], unitPrices.lowRates[i]! * BigInt(sums[bucket]));
      }
    });
    if (sums.units.low > 0n) {
      put(TokenTypes.UNITS, sums.units.low);
    }
  };
  priced.forEach((consumption) => consumption.forEach(putAll));
  return costs;
}
