import { NO_USAGE } from '../pricing/token-buckets';
import type { PicoUsd, Usage } from '../pricing/types';
import type { UnitPrices } from '../rating/unit-prices';

/** What many calls used together. The cost of a sum of tokens is the sum of the costs, so it is priced once for all of them. */
export type UsageSums = { -readonly [Kind in keyof Omit<Usage, 'units'>]: number } & {
  /** What units other than tokens cost. They can have fractions, of which the cost is rounded for each call. */
  units: CostRange;
};

/** The lowest cost, and the highest where a record leaves open how long a cache write lives. */
export interface CostRange {
  low: PicoUsd;
  high: PicoUsd;
}

/** Written out, because each batch makes several, and a copy of NO_USAGE takes 3 µs. */
export const noUsage = (): UsageSums => ({
  input: 0,
  cacheRead: 0,
  cacheWrite5m: 0,
  cacheWrite1h: 0,
  cacheWrite: 0,
  output: 0,
  units: { low: 0n, high: 0n },
});

/** @param unitPrices of the call, if it is priced */
export function addUsage(sums: UsageSums, usage: Usage, unitPrices?: UnitPrices): void {
  const units = usage.units && unitPrices?.cost({ ...NO_USAGE, units: usage.units });
  sums.input += usage.input;
  sums.cacheRead += usage.cacheRead;
  sums.cacheWrite5m += usage.cacheWrite5m;
  sums.cacheWrite1h += usage.cacheWrite1h;
  sums.cacheWrite += usage.cacheWrite;
  sums.output += usage.output;
  if (units) {
    sums.units = { low: sums.units.low + units.low, high: sums.units.high + units.high };
  }
}
