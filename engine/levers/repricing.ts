import { TOKEN_BUCKETS } from '../pricing/token-buckets';
import type { PicoUsd } from '../pricing/types';
import type { Prices } from '../rating/unit-prices';
import type { Alternative } from './levers';
import { costOfTokens, type PricedCalls } from './priced-calls';
import { UnitPricesByQuote } from './unit-prices-by-quote';

/** What calls cost, and what they would have cost. Doubles where they are exact. */
export interface Repriced {
  readonly now: PicoUsd | number;
  readonly then: PicoUsd | number;
  /** The rows of the price list that were and would be used. */
  readonly rowNow: string;
  readonly rowThen: string;
}

/**
 * Prices calls again as they could have been made. Both costs are exact to a row, or there is no answer: a price that is not
 * published for the tier does not stand in for one that is.
 */
export class Repricing {
  private readonly unitPrices: UnitPricesByQuote;

  constructor(private readonly prices: Prices) {
    this.unitPrices = new UnitPricesByQuote(prices);
  }

  /** Undefined where a price is missing, or nothing about the price would change. */
  public of(calls: PricedCalls, { modelId, tier, usage }: Alternative): Repriced | undefined {
    const { region, time: timestamp, invokedModel, contextTokens, unitPrices } = calls;
    const { row } = unitPrices.quote;
    const quote = this.prices.quote({ modelId, region, tier, timestamp, invokedModel, contextTokens });
    const isSame = quote.row?.id === row?.id && TOKEN_BUCKETS.every((bucket) => usage[bucket] === calls.usage[bucket]);
    if (isSame || quote.unpriced !== undefined || quote.row?.tier !== tier || quote.flags.includes('hourlyCapacity')) return undefined;
    const now = costOfTokens(unitPrices, calls.usage);
    const then = costOfTokens(this.unitPrices.of(quote), usage);
    if (now === undefined || now === 0 || then === undefined) return undefined;
    return { now, then, rowNow: row?.id ?? '', rowThen: quote.row.id };
  }
}
