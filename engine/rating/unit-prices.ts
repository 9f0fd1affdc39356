import type { Cost, PicoUsd, PriceQuery, Quote, Usage } from '../pricing/types';

/** What settling needs of the price engine. */
export interface Prices {
  quote(query: PriceQuery): Quote;
  cost(quote: Quote, usage: Usage): Cost;
}

/** The token buckets of a usage. */
export const BUCKETS = ['input', 'cacheRead', 'cacheWrite5m', 'cacheWrite1h', 'cacheWrite', 'output'] as const;
export type Bucket = (typeof BUCKETS)[number];

export const NO_USAGE: Usage = { input: 0, cacheRead: 0, cacheWrite5m: 0, cacheWrite1h: 0, cacheWrite: 0, output: 0 };

/** Pico-dollars. Whole numbers that a double holds exactly, else undefined. */
export interface FastCost {
  readonly low: number;
  readonly high: number;
}

/**
 * A quote made ready for millions of calls: the price of one token in each bucket, asked from the engine once.
 *
 * Costs are linear, so tokens of many calls may be summed first. Where a cost fits into 53 bits, doubles are exact and need
 * no bigint.
 */
export class UnitPrices {
  /** Whether each bucket, in the order of BUCKETS, has a price. */
  public readonly priced: readonly boolean[];
  public readonly lowRates: readonly PicoUsd[];
  public readonly highRates: readonly PicoUsd[];
  private readonly low: readonly number[];
  private readonly high: readonly number[];

  constructor(
    private readonly prices: Prices,
    public readonly quote: Quote,
  ) {
    const unitCosts = BUCKETS.map((bucket) => prices.cost(quote, { ...NO_USAGE, [bucket]: 1 }));
    this.priced = unitCosts.map((cost) => cost.usd !== undefined);
    this.lowRates = unitCosts.map((cost) => cost.low);
    this.highRates = unitCosts.map((cost) => cost.high);
    this.low = this.lowRates.map(Number);
    this.high = this.highRates.map(Number);
  }

  /** The kinds that were used and have no price; undefined if the usage can be priced as a whole. */
  public missing(usage: Usage): readonly string[] | undefined {
    const priced = this.priced;
    const covered =
      (usage.input === 0 || priced[0]) &&
      (usage.cacheRead === 0 || priced[1]) &&
      (usage.cacheWrite5m === 0 || priced[2]) &&
      (usage.cacheWrite1h === 0 || priced[3]) &&
      (usage.cacheWrite === 0 || priced[4]) &&
      (usage.output === 0 || priced[5]);
    if (covered && !usage.units) {
      return undefined;
    }
    const cost = this.prices.cost(this.quote, usage);
    return cost.usd === undefined ? cost.missing : undefined;
  }

  /** The exact cost in doubles, or undefined if it has units or does not fit. */
  public fastCost(usage: Usage): FastCost | undefined {
    const high = this.total(usage, this.high);
    return usage.units || high > Number.MAX_SAFE_INTEGER
      ? undefined
      : { low: usage.cacheWrite === 0 ? high : this.total(usage, this.low), high };
  }

  public cost(usage: Usage): Cost {
    return this.prices.cost(this.quote, usage);
  }

  private total(usage: Usage, rates: readonly number[]): number {
    return (
      usage.input * rates[0]! +
      usage.cacheRead * rates[1]! +
      usage.cacheWrite5m * rates[2]! +
      usage.cacheWrite1h * rates[3]! +
      usage.cacheWrite * rates[4]! +
      usage.output * rates[5]!
    );
  }
}
