import { divideHalfEven } from './divide-half-even';
import { CACHE_WRITES, POSSIBLE_INPUT } from './kinds';
import type { Cost, PicoUsd, Quote, Usage } from './types';

const MILLION = 1_000_000;

/**
 * What a usage costs at a quote.
 *
 * Of whole counts (all tokens), the cost of a sum is exactly the sum of the costs. A fraction of a unit, such as a second, is
 * first rounded to a millionth of the unit and its cost half to even to a pico-dollar, so there a sum can differ by that much.
 */
export function cost(quote: Quote, usage: Usage): Cost {
  const { rates, highRates = rates } = quote;
  const sum = new CostSum();
  if (usage.input !== 0) sum.add('input', usage.input, rates.input, highRates.input);
  if (usage.cacheRead !== 0) sum.add('cacheRead', usage.cacheRead, rates.cacheRead, highRates.cacheRead);
  if (usage.cacheWrite5m !== 0) sum.add('cacheWrite5m', usage.cacheWrite5m, rates.cacheWrite5m, highRates.cacheWrite5m);
  if (usage.cacheWrite1h !== 0) sum.add('cacheWrite1h', usage.cacheWrite1h, rates.cacheWrite1h, highRates.cacheWrite1h);
  if (usage.cacheWrite !== 0) sum.add('cacheWrite', usage.cacheWrite, cacheWriteRates(rates)[0], cacheWriteRates(highRates)[1]);
  if (usage.output !== 0) sum.add('output', usage.output, rates.output, highRates.output);
  for (const [kind, count] of Object.entries(usage.units ?? {})) {
    if (count === 0) continue;
    if (kind === POSSIBLE_INPUT) sum.add(kind, count, rates.input === undefined ? undefined : 0n, highRates.input);
    else sum.add(kind, count, rateOf(rates, kind), rateOf(highRates, kind));
  }
  return sum.cost();
}

/** Kinds come from records: a name that every object has, such as 'constructor', is no rate. */
const rateOf = (rates: Quote['rates'], kind: string): PicoUsd | undefined => (Object.hasOwn(rates, kind) ? rates[kind] : undefined);

class CostSum {
  private readonly byKind: Record<string, PicoUsd> = {};
  private readonly missing: string[] = [];
  private low = 0n;
  private high = 0n;

  public add(kind: string, count: number, lowRate: PicoUsd | undefined, highRate: PicoUsd | undefined): void {
    if (lowRate === undefined || highRate === undefined || !(count > 0 && count < Infinity)) {
      this.missing.push(kind);
      return;
    }
    const low = times(lowRate, count);
    this.byKind[kind] = low;
    this.low += low;
    this.high += lowRate === highRate ? low : times(highRate, count);
  }

  public cost(): Cost {
    const { low, high, byKind, missing } = this;
    return missing.length === 0 ? { usd: low, low, high, byKind, missing } : { low, high, byKind, missing };
  }
}

/** The lowest and the highest rate of a cache write whose lifetime is unknown; none where the row has no cache write. */
function cacheWriteRates(rates: Quote['rates']): [low?: PicoUsd, high?: PicoUsd] {
  let low: PicoUsd | undefined;
  let high: PicoUsd | undefined;
  for (const kind of CACHE_WRITES) {
    const rate = rates[kind];
    if (rate === undefined) continue;
    if (low === undefined || rate < low) low = rate;
    if (high === undefined || rate > high) high = rate;
  }
  return [low, high];
}

function times(rate: PicoUsd, count: number): PicoUsd {
  if (Number.isInteger(count)) return rate * BigInt(count);
  return divideHalfEven(rate * BigInt(Math.round(count * MILLION)), BigInt(MILLION));
}
