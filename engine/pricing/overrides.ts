import type { Catalogue } from './catalogue';
import { conflicts } from './conflicts';
import { rateRulesFor, within, type PriceScope, type RateRule } from './rate-rule';
import { readDiscount, readOverride, type Discount } from './override-entries';
import { divideHalfEven } from './pico-usd';
import type { PriceRow } from './price-row';
import type { Range } from './range';
import type { PicoUsd } from './types';

const LISTS = ['overrides', 'discounts'];

/**
 * The user's own prices: rates that beat the published ones, and percentages off them.
 *
 * An override gives its rates by kind; kinds it does not name keep the published rate. A discount lowers published rates
 * only, and one for a model beats one for its provider. Discounted rates are rounded to whole pico-dollars, half to even.
 */
export class PriceOverrides {
  /**
   * Reads overrides as they are written in a file or a prop: `{ "overrides": [...], "discounts": [...] }`.
   *
   * @throws with the entry and the field that is wrong
   */
  public static fromJson(text: string, catalogue: Catalogue): PriceOverrides {
    let json: unknown;
    try {
      json = JSON.parse(text);
    } catch (error) {
      throw new Error(`overrides are not JSON: ${(error as Error).message}`, { cause: error });
    }
    if (typeof json !== 'object' || json === null || Array.isArray(json)) {
      throw new Error('overrides must be an object with the lists overrides and discounts');
    }
    const unknown = Object.keys(json).find((key) => !LISTS.includes(key));
    if (unknown !== undefined) {
      throw new Error(`'${unknown}' is not known in overrides: use ${LISTS.join(' or ')}`);
    }
    const { overrides = [], discounts = [] } = json as Record<string, unknown>;
    const rows = entries('overrides', overrides).flatMap((entry, at) => named(`overrides[${at}]`, () => readOverride(entry, catalogue)));
    const cuts = entries('discounts', discounts).map((entry, at) => named(`discounts[${at}]`, () => readDiscount(entry, catalogue)));
    const clash = [...byModel(rows).values()].flatMap((ofModel) => conflicts(ofModel))[0] ?? overlapping(cuts);
    if (clash) {
      throw new Error(`overrides contradict each other: ${clash}; narrow one of them by Region, tier or date`);
    }
    return new PriceOverrides(byModel(rows), cuts);
  }

  private constructor(
    private readonly rows: ReadonlyMap<string, readonly PriceRow[]>,
    private readonly discounts: readonly Discount[],
  ) {}

  /** The published rules as the user pays them. */
  public apply(published: readonly RateRule[], scope: PriceScope, model: string, provider: string | undefined): RateRule[] {
    const byModelThenProvider = [
      ...this.discounts.filter((discount) => discount.model === model),
      ...this.discounts.filter((discount) => discount.provider !== undefined && discount.provider === provider),
    ];
    const discounted = [
      ...byModelThenProvider.flatMap((discount) => present(published.map((rule) => lower(rule, discount)))),
      ...published,
    ];
    const own = rateRulesFor(this.rows.get(model) ?? [], scope);
    return [...own.flatMap((rule) => [...present(discounted.map((base) => replace(base, rule))), rule]), ...discounted];
  }
}

function lower(rule: RateRule, discount: Discount): RateRule | undefined {
  const rates = Object.create(null) as Record<string, PicoUsd>;
  for (const [kind, rate] of Object.entries(rule.rates)) rates[kind] = divideHalfEven(rate * discount.remaining, discount.whole);
  const row = { ...rule.row, id: `${discount.name}+${rule.row.id}` };
  return within({ ...rule, rates, row, flags: [...rule.flags, 'discount'] }, discount.from, discount.until);
}

/** What remains of a published rule under the user's own: his rates for the kinds he names, where both hold. */
function replace(base: RateRule, own: RateRule): RateRule | undefined {
  const context = intersection(base.context, own.context);
  const others = Object.entries(base.spec ?? {}).some(([axis, value]) => value !== (own.spec?.[axis] ?? value));
  if (others || (context && context.min > context.max)) return undefined;
  const rates = Object.assign(Object.create(null), base.rates, own.rates) as Record<string, PicoUsd>;
  const spec = base.spec || own.spec ? { ...base.spec, ...own.spec } : undefined;
  const row = { ...own.row, id: `${own.row.id}+${base.row.id}` };
  const flags = [...new Set([...base.flags, ...own.flags])];
  return within({ ...own, rates, context, spec, row, flags }, base.from, base.until);
}

function intersection(one: Range | undefined, other: Range | undefined): Range | undefined {
  if (!one || !other) return one ?? other;
  return { min: Math.max(one.min, other.min), max: Math.min(one.max, other.max) };
}

function overlapping(discounts: readonly Discount[]): string | undefined {
  for (const [at, one] of discounts.entries()) {
    const other = discounts
      .slice(at + 1)
      .find((next) => next.model === one.model && next.provider === one.provider && one.from < next.until && next.from < one.until);
    if (other) return `'${one.name}' and '${other.name}' hold at the same time`;
  }
  return undefined;
}

function byModel(rows: readonly PriceRow[]): Map<string, PriceRow[]> {
  const grouped = new Map<string, PriceRow[]>();
  for (const row of rows) grouped.set(row.raw.price, [...(grouped.get(row.raw.price) ?? []), row]);
  return grouped;
}

function entries(list: string, value: unknown): unknown[] {
  if (!Array.isArray(value)) {
    throw new Error(`'${list}' must be a list, got ${JSON.stringify(value)}`);
  }
  return value;
}

function named<T>(entry: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw new Error(`${entry}: ${(error as Error).message}`, { cause: error });
  }
}

function present<T>(items: readonly (T | undefined)[]): T[] {
  return items.filter((item) => item !== undefined);
}
