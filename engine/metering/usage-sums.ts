import { NO_USAGE } from '../pricing/token-buckets';
import type { Usage } from '../pricing/types';

/** What many calls used together. The cost of a sum of tokens is the sum of the costs, so it is priced once for all of them. */
export type UsageSums = { -readonly [Kind in keyof Omit<Usage, 'units'>]: number } & { units?: Record<string, number> };

export const noUsage = (): UsageSums => ({ ...NO_USAGE });

export function addUsage(sums: UsageSums, usage: Usage): void {
  sums.input += usage.input;
  sums.cacheRead += usage.cacheRead;
  sums.cacheWrite5m += usage.cacheWrite5m;
  sums.cacheWrite1h += usage.cacheWrite1h;
  sums.cacheWrite += usage.cacheWrite;
  sums.output += usage.output;
  if (usage.units) {
    sums.units ??= {};
    for (const [kind, count] of Object.entries(usage.units)) {
      sums.units[kind] = (sums.units[kind] ?? 0) + count;
    }
  }
}
