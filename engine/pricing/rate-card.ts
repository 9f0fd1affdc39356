import { holds, type RateRule } from './rate-rule';
import type { PicoUsd, PriceQuery, Quote, ResolvedModel } from './types';

const NO_RATES: Readonly<Record<string, PicoUsd>> = Object.freeze(Object.create(null) as Record<string, PicoUsd>);

/** What a model rules in one Region and tier: the quotes, made once, and the choice among them by time, context and spec. */
export class RateCard {
  private readonly quotes: readonly Quote[];
  private readonly only: Quote | undefined;
  private readonly unpricedByReason = new Map<string, Quote>();

  /**
   * @param fallback what answers when no rule holds: a quote, or the reason why there is none
   */
  constructor(
    private readonly resolved: ResolvedModel,
    private readonly rules: readonly RateRule[],
    private readonly fallback: Quote | string | undefined,
  ) {
    this.quotes = rules.map(({ rates, row, flags }) => ({ resolved, rates, row, flags: unique([...resolved.flags, ...flags]) }));
    const [first] = rules;
    const always = first && first.from === -Infinity && first.until === Infinity && !first.context && !first.spec;
    this.only = always ? this.quotes[0] : undefined;
  }

  public quote(query: PriceQuery): Quote {
    if (this.only) return this.only;
    for (let at = 0; at < this.rules.length; at += 1) {
      if (holds(this.rules[at]!, query)) return this.quotes[at]!;
    }
    return typeof this.fallback === 'object' ? this.fallback : this.unpriced(this.fallback ?? this.reason(query));
  }

  private reason(query: PriceQuery): string {
    const { timestamp } = query;
    const now = this.rules.filter((rule) => timestamp >= rule.from && timestamp < rule.until);
    if (now.length === 0) {
      const first = Math.min(...this.rules.map((rule) => rule.from));
      return timestamp < first
        ? `no price is known for that time: the first is of ${new Date(first).toISOString().slice(0, 10)}`
        : 'no price is known for that time';
    }
    const axes = unique(now.flatMap((rule) => Object.keys(rule.spec ?? {})));
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
