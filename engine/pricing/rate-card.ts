import { holds, type RateRule } from './rate-rule';
import type { PicoUsd, PriceQuery, Quote, ResolvedModel } from './types';

const NO_RATES: Readonly<Record<string, PicoUsd>> = Object.freeze(Object.create(null) as Record<string, PicoUsd>);

/**
 * The rates of a model in one Region and tier: rate rules in order of precedence, the first of which that holds for a call
 * sets its price. Each rule is made a quote once, so that equal queries get the same object.
 */
export class RateCard {
  private readonly quotes: readonly Quote[];
  /** Of a card whose first rule holds for every call, as most do. */
  private readonly only: Quote | undefined;
  private readonly unpricedByReason = new Map<string, Quote>();

  /**
   * @param fallback for calls for which no rule holds: a quote, or the reason why there is no price; by default the reason
   *   is worked out from the rules
   */
  constructor(
    private readonly resolved: ResolvedModel,
    private readonly rules: readonly RateRule[],
    private readonly fallback: Quote | string | undefined,
  ) {
    this.quotes = rules.map(({ rates, row, flags }) => ({ resolved, rates, row, flags: unique([...resolved.flags, ...flags]) }));
    const [first] = rules;
    const holdsAlways = first && first.from === -Infinity && first.until === Infinity && !first.context && !first.spec;
    this.only = holdsAlways ? this.quotes[0] : undefined;
  }

  public quote(query: PriceQuery): Quote {
    if (this.only) return this.only;
    for (let at = 0; at < this.rules.length; at += 1) {
      if (holds(this.rules[at]!, query)) return this.quotes[at]!;
    }
    return typeof this.fallback === 'object' ? this.fallback : this.unpriced(this.fallback ?? this.unpricedReason(query));
  }

  private unpricedReason({ timestamp }: PriceQuery): string {
    const current = this.rules.filter((rule) => timestamp >= rule.from && timestamp < rule.until);
    if (current.length === 0) {
      const first = Math.min(...this.rules.map((rule) => rule.from));
      return timestamp < first
        ? `no price is known for that time: the first is of ${new Date(first).toISOString().slice(0, 10)}`
        : 'no price is known for that time';
    }
    const axes = unique(current.flatMap((rule) => Object.keys(rule.spec ?? {})));
    return axes.length > 0
      ? `the price depends on ${axes.join(' and ')}, and none is known for what was given`
      : 'no price is known for a context that long';
  }

  private unpriced(reason: string): Quote {
    let quote = this.unpricedByReason.get(reason);
    if (!quote) {
      quote = { resolved: this.resolved, rates: NO_RATES, unpriced: reason, flags: this.resolved.flags };
      this.unpricedByReason.set(reason, quote);
    }
    return quote;
  }
}

function unique(items: readonly string[]): string[] {
  return [...new Set(items)];
}
