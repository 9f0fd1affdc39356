import type { Quote } from '../pricing/types';
import { type Prices, UnitPrices } from '../rating/unit-prices';

/** The unit prices of each quote, made once: equal queries get the same quote. */
export class UnitPricesByQuote {
  private readonly known = new WeakMap<Quote, UnitPrices>();

  constructor(private readonly prices: Prices) {}

  public of(quote: Quote): UnitPrices {
    const known = this.known.get(quote);
    if (known) return known;
    const made = new UnitPrices(this.prices, quote);
    this.known.set(quote, made);
    return made;
  }
}
