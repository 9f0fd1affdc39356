import { CACHE_WRITES } from './kinds';
import { divideHalfEven } from './pico-usd';
import type { Cost, PicoUsd, Quote, Usage } from './types';

const MICRO = 1_000_000;

/**
 * What a usage costs at a quote. Linear: the cost of a sum of usages is the sum of their costs, to the last digit.
 */
export function cost(quote: Quote, usage: Usage): Cost {
  const { rates } = quote;
  const sum = new Sum();
  if (usage.input !== 0) sum.add('input', usage.input, rates.input);
  if (usage.cacheRead !== 0) sum.add('cacheRead', usage.cacheRead, rates.cacheRead);
  if (usage.cacheWrite5m !== 0) sum.add('cacheWrite5m', usage.cacheWrite5m, rates.cacheWrite5m);
  if (usage.cacheWrite1h !== 0) sum.add('cacheWrite1h', usage.cacheWrite1h, rates.cacheWrite1h);
  if (usage.cacheWrite !== 0) sum.add('cacheWrite', usage.cacheWrite, ...writeRates(rates));
  if (usage.output !== 0) sum.add('output', usage.output, rates.output);
  for (const kind in usage.units) {
    const count = usage.units[kind]!;
    if (count !== 0) sum.add(kind, count, rates[kind]);
  }
  return sum.cost();
}

class Sum {
  private readonly byKind: Record<string, PicoUsd> = {};
  private readonly missing: string[] = [];
  private low = 0n;
  private high = 0n;

  public add(kind: string, count: number, least: PicoUsd | undefined, most = least): void {
    if (least === undefined || most === undefined || !(count > 0 && count < Infinity)) {
      this.missing.push(kind);
      return;
    }
    const low = times(least, count);
    this.byKind[kind] = low;
    this.low += low;
    this.high += least === most ? low : times(most, count);
  }

  public cost(): Cost {
    const { low, high, byKind, missing } = this;
    return missing.length === 0 ? { usd: low, low, high, byKind, missing } : { low, high, byKind, missing };
  }
}

/** The least and the most that a cache write of unknown lifetime can cost. */
function writeRates(rates: Quote['rates']): [least?: PicoUsd, most?: PicoUsd] {
  let least: PicoUsd | undefined;
  let most: PicoUsd | undefined;
  for (const kind of CACHE_WRITES) {
    const rate = rates[kind];
    if (rate === undefined) continue;
    if (least === undefined || rate < least) least = rate;
    if (most === undefined || rate > most) most = rate;
  }
  return [least, most];
}

/** Seconds come in fractions; anything finer than a millionth of a unit is rounded away. */
function times(rate: PicoUsd, count: number): PicoUsd {
  if (Number.isInteger(count)) return rate * BigInt(count);
  return divideHalfEven(rate * BigInt(Math.round(count * MICRO)), BigInt(MICRO));
}
