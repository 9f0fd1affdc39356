import { holds, type RateRule } from './rate-rule';
import type { PicoUsd, PriceQuery, Quote, ResolvedModel } from './types';

const NO_RATES: Readonly<Record<string, PicoUsd>> = Object.freeze(Object.create(null) as Record<string, PicoUsd>);

/** Rules of one tier. */
export interface RateLayer {
  /** The most specific first. Each that holds sets the rates of the kinds it names, unless one before it did. */
  readonly overrides: readonly RateRule[];
  /** In order of precedence: model discount, provider discount, published. Only the first that holds counts. */
  readonly published: readonly RateRule[];
}

/**
 * The rates of a model in one Region and tier. Overrides are merged kind by kind over the first published rule that holds; a
 * further layer, of the standard tier, counts where the first one publishes nothing for a call.
 *
 * Each combination of rules is made a quote once, so that equal queries get the same object.
 */
export class RateCard {
  private readonly rules: readonly RateRule[];
  /** By the rule, or by the positions of several. */
  private readonly quotes = new Map<RateRule | string, Quote>();
  /** Of a card all of whose rules that count hold for every call, as most do. */
  private readonly only: Quote | undefined;
  private readonly unpricedByReason = new Map<string, Quote>();

  /** @param noRules why there is no price, where there are no rules; otherwise the reason is worked out from the rules */
  constructor(
    private readonly resolved: ResolvedModel,
    private readonly layers: readonly RateLayer[],
    private readonly noRules: string,
  ) {
    this.rules = layers.flatMap(({ overrides, published }) => [...overrides, ...published]);
    const counted = this.rulesFor(() => true);
    this.only = counted.length > 0 && counted.every(holdsAlways) ? mergedQuote(resolved, counted) : undefined;
  }

  public quote(query: PriceQuery): Quote {
    if (this.only) return this.only;
    const counted = this.rulesFor((rule) => holds(rule, query));
    if (counted.length === 0) return this.unpriced(this.rules.length === 0 ? this.noRules : this.unpricedReason(query));
    const key = counted.length === 1 ? counted[0]! : counted.map((rule) => this.rules.indexOf(rule)).join();
    let quote = this.quotes.get(key);
    if (!quote) {
      quote = mergedQuote(this.resolved, counted);
      this.quotes.set(key, quote);
    }
    return quote;
  }

  /** The rules that count for the calls for which `applies` is true, in order of precedence. */
  private rulesFor(applies: (rule: RateRule) => boolean): RateRule[] {
    const counted: RateRule[] = [];
    for (const { overrides, published } of this.layers) {
      for (const rule of overrides) {
        if (applies(rule)) counted.push(rule);
      }
      const first = published.find(applies);
      if (first) return [...counted, first];
    }
    return counted;
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

/** The rates of rules in order of precedence, and what is to be said about those rules from which a rate is taken. */
function mergedQuote(resolved: ResolvedModel, rules: readonly RateRule[]): Quote {
  const rates = Object.create(null) as Record<string, PicoUsd>;
  const used: RateRule[] = [];
  for (const rule of rules) {
    const kinds = Object.keys(rule.rates).filter((kind) => !(kind in rates));
    if (kinds.length > 0) used.push(rule);
    for (const kind of kinds) rates[kind] = rule.rates[kind]!;
  }
  const rows = used.flatMap(({ row }) => row ?? []);
  const row = rows[0] && { ...rows[0], id: rows.map(({ id }) => id).join('+') };
  return { resolved, rates, ...(row && { row }), flags: unique([...resolved.flags, ...used.flatMap(({ flags }) => flags)]) };
}

function holdsAlways(rule: RateRule): boolean {
  return rule.from === -Infinity && rule.until === Infinity && !rule.context && !rule.spec;
}

function unique(items: readonly string[]): string[] {
  return [...new Set(items)];
}
