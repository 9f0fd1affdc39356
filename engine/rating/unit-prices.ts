import { NO_USAGE, TOKEN_BUCKETS } from '../pricing/token-buckets';
import type { Cost, PicoUsd, PriceQuery, Quote, Usage } from '../pricing/types';

/** What rating needs of the price engine. */
export interface Prices {
  quote(query: PriceQuery): Quote;
  cost(quote: Quote, usage: Usage): Cost;
}

/** A cost in pico-dollars, as doubles that hold it exactly. */
interface FastCost {
  readonly low: number;
  readonly high: number;
}

/**
 * The prices of one token in each bucket at one quote, worked out once: millions of calls share few quotes.
 *
 * Token counts are whole, so the cost of a sum is the sum of the costs. Below 2^53 pico-dollars (9,007 USD) doubles hold a
 * cost exactly and are many times faster than bigints.
 */
export class UnitPrices {
  /** Of each bucket, in the order of TOKEN_BUCKETS; 0 where it has no price. */
  public readonly lowRates: readonly PicoUsd[];
  private readonly priced: readonly boolean[];
  private readonly low: readonly number[];
  private readonly high: readonly number[];
  /** Whether a token has one price in every bucket but `cacheWrite`, whose lifetime is unknown. */
  private readonly isExact: boolean;

  constructor(
    private readonly prices: Prices,
    public readonly quote: Quote,
  ) {
    const costs = TOKEN_BUCKETS.map((bucket) => prices.cost(quote, { ...NO_USAGE, [bucket]: 1 }));
    this.priced = costs.map((cost) => cost.usd !== undefined);
    this.lowRates = costs.map((cost) => cost.low);
    this.low = this.lowRates.map(Number);
    this.high = costs.map((cost) => Number(cost.high));
    this.isExact = TOKEN_BUCKETS.every((bucket, i) => bucket === 'cacheWrite' || this.low[i] === this.high[i]);
  }

  /** The kinds that were used and have no price; undefined where all have one. */
  public missing(usage: Usage): readonly string[] | undefined {
    const { priced } = this;
    const tokensPriced =
      (usage.input === 0 || priced[0]) &&
      (usage.cacheRead === 0 || priced[1]) &&
      (usage.cacheWrite5m === 0 || priced[2]) &&
      (usage.cacheWrite1h === 0 || priced[3]) &&
      (usage.cacheWrite === 0 || priced[4]) &&
      (usage.output === 0 || priced[5]);
    if (tokensPriced && !usage.units) {
      return undefined;
    }
    const cost = this.prices.cost(this.quote, usage);
    return cost.usd === undefined ? cost.missing : undefined;
  }

  /** The exact cost of tokens, or undefined where there are other units or doubles cannot hold it. */
  public fastCost(usage: Usage): FastCost | undefined {
    const high = total(usage, this.high);
    if (usage.units || high > Number.MAX_SAFE_INTEGER) {
      return undefined;
    }
    return { low: this.isExact && usage.cacheWrite === 0 ? high : total(usage, this.low), high };
  }

  public cost(usage: Usage): Cost {
    return this.prices.cost(this.quote, usage);
  }
}

/** Written out by bucket, because it is done once or twice for each call. */
function total(usage: Usage, rates: readonly number[]): number {
  return (
    usage.input * rates[0]! +
    usage.cacheRead * rates[1]! +
    usage.cacheWrite5m * rates[2]! +
    usage.cacheWrite1h * rates[3]! +
    usage.cacheWrite * rates[4]! +
    usage.output * rates[5]!
  );
}
