import type { Catalogue } from './catalogue';
import { divideHalfEven } from './divide-half-even';
import { readDiscount, readOverride, type Discount } from './override-entries';
import type { PriceRow } from './price-row';
import type { Range } from './range';
import { rateRulesFor, within, type PriceScope, type RateRule } from './rate-rule';
import { rowConflicts } from './row-conflicts';
import type { PicoUsd } from './types';

const LISTS = ['overrides', 'discounts'];

/**
 * The user's own prices: rates that take the place of published ones, and percentages off published ones.
 *
 * An override sets the rates of the kinds it names; the other kinds keep their published, possibly discounted, rate. A
 * discount lowers published rates only, and one for a model takes precedence over one for its provider. Discounted rates
 * are rounded half to even to whole pico-dollars.
 */
export class PriceOverrides {
  /**
   * Reads overrides as they are written in a file or a prop: `{ "overrides": [...], "discounts": [...] }`.
   *
   * @throws with the entry and the field that is wrong
   */
  public static fromJson(text: string, catalogue: Catalogue): PriceOverrides {
    const lists = readLists(text);
    const rows = entriesOf(lists, 'overrides').flatMap((entry, at) => atEntry(`overrides[${at}]`, () => readOverride(entry, catalogue)));
    const discounts = entriesOf(lists, 'discounts').map((entry, at) => atEntry(`discounts[${at}]`, () => readDiscount(entry, catalogue)));
    const rowsByModel = byModel(rows);
    const conflict = [...rowsByModel.values()].flatMap((ofModel) => rowConflicts(ofModel))[0] ?? discountConflict(discounts);
    if (conflict) {
      throw new Error(`overrides contradict each other: ${conflict}; narrow one of them by Region, tier or date`);
    }
    return new PriceOverrides(rowsByModel, discounts);
  }

  private constructor(
    private readonly rowsByModel: ReadonlyMap<string, readonly PriceRow[]>,
    private readonly discounts: readonly Discount[],
  ) {}

  /** The rate rules with overrides and discounts, in order of precedence: overrides, model discount, provider discount, published. */
  public apply(published: readonly RateRule[], scope: PriceScope, model: string, provider: string | undefined): RateRule[] {
    const inOrder = [
      ...this.discounts.filter((discount) => discount.model === model),
      ...this.discounts.filter((discount) => discount.provider !== undefined && discount.provider === provider),
    ];
    const discounted = [...inOrder.flatMap((discount) => present(published.map((rule) => lowered(rule, discount)))), ...published];
    const overrides = rateRulesFor(this.rowsByModel.get(model) ?? [], scope);
    return [
      ...overrides.flatMap((override) => [...present(discounted.map((rule) => overridden(rule, override))), override]),
      ...discounted,
    ];
  }
}

function lowered(rule: RateRule, discount: Discount): RateRule | undefined {
  const rates = Object.create(null) as Record<string, PicoUsd>;
  for (const [kind, rate] of Object.entries(rule.rates)) rates[kind] = divideHalfEven(rate * discount.remaining, discount.whole);
  const row = { ...rule.row, id: `${discount.name}+${rule.row.id}` };
  return within({ ...rule, rates, row, flags: [...rule.flags, 'discount'] }, discount.from, discount.until);
}

/** The rule with the rates of an override, narrowed to the calls for which both hold; undefined where there are none. */
function overridden(rule: RateRule, override: RateRule): RateRule | undefined {
  const context = intersection(rule.context, override.context);
  const otherSpec = Object.entries(rule.spec ?? {}).some(([axis, value]) => value !== (override.spec?.[axis] ?? value));
  if (otherSpec || (context && context.min > context.max)) return undefined;
  const rates = Object.assign(Object.create(null), rule.rates, override.rates) as Record<string, PicoUsd>;
  const spec = rule.spec || override.spec ? { ...rule.spec, ...override.spec } : undefined;
  const row = { ...override.row, id: `${override.row.id}+${rule.row.id}` };
  const flags = [...new Set([...rule.flags, ...override.flags])];
  return within({ ...override, rates, context, spec, row, flags }, rule.from, rule.until);
}

function intersection(one: Range | undefined, other: Range | undefined): Range | undefined {
  if (!one || !other) return one ?? other;
  return { min: Math.max(one.min, other.min), max: Math.min(one.max, other.max) };
}

/** The first two discounts of the same model or provider that hold at the same time, as a message. */
function discountConflict(discounts: readonly Discount[]): string | undefined {
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

function readLists(text: string): Readonly<Record<string, unknown>> {
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
  return json as Record<string, unknown>;
}

function entriesOf(lists: Readonly<Record<string, unknown>>, name: string): unknown[] {
  const { [name]: list = [] } = lists;
  if (!Array.isArray(list)) {
    throw new Error(`'${name}' must be a list, got ${JSON.stringify(list)}`);
  }
  return list;
}

/** Puts the place of an entry before the messages of its errors. */
function atEntry<T>(place: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw new Error(`${place}: ${(error as Error).message}`, { cause: error });
  }
}

function present<T>(items: readonly (T | undefined)[]): T[] {
  return items.filter((item) => item !== undefined);
}
