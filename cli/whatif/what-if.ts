import { contextTokens, TOKEN_BUCKETS } from '../../engine/pricing/token-buckets';
import type { PicoUsd, Quote, Usage } from '../../engine/pricing/types';
import type { RatedCall } from '../../engine/rating/rater';
import { UnitPrices, type Prices } from '../../engine/rating/unit-prices';
import { BoundedGroups } from '../replay/bounded-groups';
import { ExactSum } from '../replay/exact-sum';
import type { Lever } from './levers';

/** What some calls cost, and what they would have cost. */
export class Comparison {
  public calls = 0;
  private readonly nowSum = new ExactSum();
  private readonly thenSum = new ExactSum();

  public add(now: PicoUsd | number, then: PicoUsd | number): void {
    this.calls += 1;
    this.nowSum.add(now);
    this.thenSum.add(then);
  }

  public addAll({ calls, now, then }: Comparison): void {
    this.calls += calls;
    this.nowSum.add(now);
    this.thenSum.add(then);
  }

  public get now(): PicoUsd {
    return this.nowSum.value;
  }

  public get then(): PicoUsd {
    return this.thenSum.value;
  }

  public get saves(): PicoUsd {
    return this.now - this.then;
  }
}

/** What a lever would have changed in the calls of one model, by the rows of the price list that were and would be used. */
export interface ModelComparison {
  readonly model: string;
  readonly rowNow: string;
  readonly rowThen: string;
  readonly comparison: Comparison;
}

/**
 * Prices calls again as they could have been made. A call counts for a lever only if both costs are exact to a row: a price
 * that is not published for the tier, or not known at all, is no answer. Units beside tokens cost the same and are left out.
 */
export class WhatIf {
  private readonly unitPricesByQuote = new WeakMap<Quote, UnitPrices>();
  /** By lever, model and the two rows. */
  private readonly groups = new BoundedGroups(() => new Comparison());

  constructor(
    private readonly prices: Prices,
    private readonly levers: readonly Lever[],
  ) {}

  public add(rated: RatedCall): void {
    const { status, usage, unitPrices } = rated;
    if (status !== 'priced' || !usage || !unitPrices || isHourly(unitPrices.quote)) return;
    const tokens: Usage = { ...usage, units: undefined };
    const now = costOf(unitPrices, tokens);
    if (now === undefined || now === 0) return;
    for (const lever of this.levers) this.compare(lever, rated, tokens, now);
  }

  /** The comparisons of one lever, the largest saving first. */
  public of({ name }: Lever): readonly ModelComparison[] {
    return this.groups.entries
      .flatMap(([[lever, model = '', rowNow = '', rowThen = ''], comparison]) =>
        lever === name ? [{ model, rowNow, rowThen, comparison }] : [],
      )
      .sort(({ comparison: one }, { comparison: other }) => (one.saves < other.saves ? 1 : one.saves > other.saves ? -1 : 0));
  }

  private compare(lever: Lever, rated: RatedCall, tokens: Usage, now: PicoUsd | number): void {
    const { call, unitPrices } = rated;
    const alternative = lever.alternative(rated, tokens);
    if (alternative === undefined) return;
    const { modelId, tier, usage } = alternative;
    const { region, time: timestamp, invokedModel } = call;
    const quote = this.prices.quote({ modelId, region, tier, timestamp, invokedModel, contextTokens: contextTokens(usage) });
    const { row, resolved } = unitPrices!.quote;
    const isSame = quote.row?.id === row?.id && TOKEN_BUCKETS.every((bucket) => usage[bucket] === tokens[bucket]);
    if (isSame || quote.unpriced !== undefined || quote.row?.tier !== tier || isHourly(quote)) return;
    const then = costOf(this.unitPricesFor(quote), usage);
    if (then === undefined) return;
    this.groups.at(lever.name, resolved.model ?? call.modelId, row?.id ?? '', quote.row.id).add(now, then);
  }

  private unitPricesFor(quote: Quote): UnitPrices {
    const known = this.unitPricesByQuote.get(quote) ?? new UnitPrices(this.prices, quote);
    this.unitPricesByQuote.set(quote, known);
    return known;
  }
}

const isHourly = ({ flags }: Quote): boolean => flags.includes('hourlyCapacity');

/** The lowest cost; undefined where a kind of the usage has no price. */
function costOf(unitPrices: UnitPrices, usage: Usage): PicoUsd | number | undefined {
  return unitPrices.missing(usage) ? undefined : (unitPrices.fastCost(usage) ?? unitPrices.cost(usage)).low;
}
