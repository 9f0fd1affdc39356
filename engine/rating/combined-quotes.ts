import type { PicoUsd, Quote } from '../pricing/types';

type Rates = Quote['rates'];

/**
 * Quotes made of two others. Each pair gives one object, as the engine gives equal queries the same quote, so that unit prices
 * are worked out once for it.
 */
export class CombinedQuotes {
  private readonly ranges = new PairMap();
  private readonly sums = new PairMap();
  private readonly flagged = new WeakMap<Quote, Map<string, Quote>>();

  /**
   * From the lower to the higher rate of each kind: for a call of which the record leaves open at which of two prices it was
   * served. A kind that only the first quote prices keeps that rate: what a caller claims never takes a price away.
   */
  public range(billed: Quote, claimed: Quote): Quote {
    if (billed === claimed || billed.unpriced !== undefined || claimed.unpriced !== undefined) return billed;
    return this.ranges.get(billed, claimed, () => ({
      ...billed,
      rates: each(billed.rates, (rate, kind) => least(rate, claimed.rates[kind] ?? rate)),
      highRates: each(highest(billed), (rate, kind) => most(rate, highest(claimed)[kind] ?? rate)),
      flags: union(billed.flags, claimed.flags),
    }));
  }

  /** The rates of both: for a call that used a guardrail beside its model. The model's row stays the row of the quote. */
  public sum(ofModel: Quote, other: Quote): Quote {
    if (ofModel.unpriced !== undefined) return ofModel;
    return this.sums.get(ofModel, other, () => ({
      ...ofModel,
      rates: merge(ofModel.rates, other.rates),
      ...(ofModel.highRates && { highRates: merge(ofModel.highRates, other.rates) }),
      flags: union(ofModel.flags, other.flags),
    }));
  }

  public withFlag(quote: Quote, flag: string): Quote {
    const known = this.flagged.get(quote) ?? new Map<string, Quote>();
    const flagged = known.get(flag) ?? { ...quote, flags: union(quote.flags, [flag]) };
    this.flagged.set(quote, known.set(flag, flagged));
    return flagged;
  }
}

/** Neither quote of a pair is kept alive by the map. */
class PairMap {
  private readonly quotes = new WeakMap<Quote, WeakMap<Quote, Quote>>();

  public get(first: Quote, second: Quote, make: () => Quote): Quote {
    let ofFirst = this.quotes.get(first);
    if (!ofFirst) {
      this.quotes.set(first, (ofFirst = new WeakMap<Quote, Quote>()));
    }
    let quote = ofFirst.get(second);
    if (!quote) {
      ofFirst.set(second, (quote = make()));
    }
    return quote;
  }
}

const highest = ({ rates, highRates = rates }: Quote): Rates => highRates;
const least = (a: PicoUsd, b: PicoUsd): PicoUsd => (a < b ? a : b);
const most = (a: PicoUsd, b: PicoUsd): PicoUsd => (a > b ? a : b);
const union = (a: readonly string[], b: readonly string[]): readonly string[] => [...new Set([...a, ...b])];

/** Rates have no prototype, so that no name of a record finds one. */
const merge = (a: Rates, b: Rates): Rates => Object.assign(Object.create(null), a, b) as Rates;
const each = (rates: Rates, rate: (rate: PicoUsd, kind: string) => PicoUsd): Rates =>
  merge(Object.fromEntries(Object.entries(rates).map(([kind, value]) => [kind, rate(value, kind)])), {});
