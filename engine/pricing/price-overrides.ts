import { includesCalls } from './call-set';
import type { Catalogue } from './catalogue';
import { bySpecificity, discountContradiction, includesPeriod, overrideContradiction } from './contradictions';
import { discounted, readDiscount, type Discount } from './discount';
import { readOverride, type Override } from './override';
import type { PriceScope, RateRule } from './rate-rule';

const LISTS = ['overrides', 'discounts'];

/**
 * The user's own prices: rates that take the place of published ones, and percentages off published ones.
 *
 * An override sets the rates of the kinds it names; the other kinds keep what they had. Of several overrides that name a kind,
 * the one for the fewest calls sets its rate. A discount lowers published rates only; one for a model takes precedence over
 * one for its provider, and a period inside another over that one. Discounted rates are rounded half to even to whole
 * pico-dollars.
 */
export class PriceOverrides {
  /**
   * Reads overrides as they are written in a file or a prop: `{ "overrides": [...], "discounts": [...] }`.
   *
   * @throws with the entry and the field that is wrong, or with two entries that contradict each other
   */
  public static fromJson(text: string, catalogue: Catalogue): PriceOverrides {
    const lists = readLists(text);
    const overrides = entriesOf(lists, 'overrides').map((entry, at) => atEntry(`overrides[${at}]`, () => readOverride(entry, catalogue)));
    const discounts = entriesOf(lists, 'discounts').map((entry, at) => atEntry(`discounts[${at}]`, () => readDiscount(entry, catalogue)));
    const contradiction = overrideContradiction(overrides) ?? discountContradiction(discounts);
    if (contradiction !== undefined) throw new Error(contradiction);
    return new PriceOverrides(overrides, discounts);
  }

  /** The ids and ARNs with a price that may be missing from the catalogue. */
  public readonly newModels: ReadonlySet<string>;
  private readonly overridesByModel: ReadonlyMap<string, readonly Override[]>;
  private readonly discounts: readonly Discount[];

  private constructor(overrides: readonly Override[], discounts: readonly Discount[]) {
    this.newModels = new Set(overrides.filter(({ isNew }) => isNew).map(({ model }) => model));
    const byModel = new Map<string, Override[]>();
    for (const override of overrides) byModel.set(override.model, [...(byModel.get(override.model) ?? []), override]);
    const includes = (outer: Override, inner: Override): boolean => includesCalls(outer.calls, inner.calls);
    this.overridesByModel = new Map([...byModel].map(([model, ofModel]) => [model, bySpecificity(ofModel, includes)]));
    this.discounts = bySpecificity(discounts, includesPeriod);
  }

  /** The overrides of a model, or of an ARN, the most specific first. */
  public rules(model: string, { region, routing, tier }: PriceScope): RateRule[] {
    const ofModel = this.overridesByModel.get(model) ?? [];
    return ofModel
      .filter(({ calls }) => calls.tier === tier && calls.routings.includes(routing) && (calls.regions?.includes(region) ?? true))
      .map(({ rule }) => rule);
  }

  /** Published rules with those of discounts before them: of the model first, then of its provider. */
  public discount(published: readonly RateRule[], model: string, provider: string | undefined): RateRule[] {
    const inOrder = [
      ...this.discounts.filter((discount) => discount.model === model),
      ...this.discounts.filter((discount) => discount.provider !== undefined && discount.provider === provider),
    ];
    const lowered = inOrder.flatMap((discount) => published.map((rule) => discounted(rule, discount)));
    return [...lowered.filter((rule) => rule !== undefined), ...published];
  }
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
