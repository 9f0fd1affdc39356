import { KINDS } from '../pricing/kinds';
import { formatRate, parseUsd } from '../pricing/usd-text';
import type { Tier } from '../pricing/types';
import { EXCLUSIONS } from './exclusions';
import { kindOf } from './kind-rules';
import { nameIn, type ModelNames } from './model-names';
import type { OfferRow, PriceStep } from './offer-row';
import { readUsageType, type UsageFacts } from './usage-type';

/** One rate as the Price List publishes it, in the catalogue's terms. */
export interface PublishedRate {
  readonly model: string;
  readonly routing: 'regional' | 'global';
  readonly tier: Tier;
  readonly longContext: boolean;
  readonly spec?: Readonly<Record<string, string>>;
  readonly kind: string;
  /** USD per million tokens, or per unit of anything else, as the catalogue writes it. */
  readonly rate: string;
  /** The day from which it holds. */
  readonly effective: string;
  /** Whether it is for the mantle endpoint. */
  readonly mantle: boolean;
  readonly usagetype: string;
}

/** A row that could not be read. */
export interface UnclassifiedRow {
  /** What the row is for, as it calls itself: the same in every version of the library. */
  readonly key: string;
  readonly reason: string;
  /** Whether it prices tokens. */
  readonly tokens: boolean;
}

/** Every row ends in exactly one of these states. */
export type Classified =
  | { readonly state: 'priced'; readonly rate: PublishedRate }
  | { readonly state: 'excluded'; readonly rule: string }
  | ({ readonly state: 'unclassified' } & UnclassifiedRow);

/** How many of a unit make a million tokens. */
const TOKEN_UNITS: ReadonlyMap<string, bigint> = new Map([
  ['1k tokens', 1000n],
  ['1m tokens', 1n],
]);
/** Usage types of the Marketplace: the query API says `Units` where the offer files say `1M tokens`. */
const MARKETPLACE_TOKEN_UNITS: ReadonlyMap<string, bigint> = new Map([...TOKEN_UNITS, ['units', 1n]]);
const OTHER_UNITS: Readonly<Record<string, readonly string[]>> = {
  modelUnitHour: ['hour', 'hrs', 'units'],
  modelMonth: ['model/month'],
  searchUnit: ['searchunit', 'searchunits', 'search unit', 'search units'],
};
const MILLION = 1_000_000n;

export function classify(row: OfferRow, names: ModelNames, region: string): Classified {
  const excluded = EXCLUSIONS.find(({ applies }) => applies(row, region));
  if (excluded) return { state: 'excluded', rule: excluded.rule };
  const rate = rateIn(row, names);
  return typeof rate === 'string' ? unclassified(row, rate) : { state: 'priced', rate };
}

function unclassified({ sku, attributes, steps }: OfferRow, reason: string): Classified {
  const { usagetype = '' } = attributes;
  return {
    state: 'unclassified',
    key: [usagetype || sku, nameIn(attributes)].filter(Boolean).join(' of '),
    reason: `${usagetype || sku}: ${reason}`,
    tokens: /token/i.test(`${steps[0]?.unit} ${usagetype}`),
  };
}

/** The rate that a row publishes, or the reason why it cannot be read. */
function rateIn(row: OfferRow, names: ModelNames): PublishedRate | string {
  const { usagetype = '' } = row.attributes;
  const step = onlyStep(row);
  if (!step) return 'its price depends on the quantity';
  const facts = readUsageType(usagetype);
  if (!facts) return 'its words are not known';
  const named = names.find(row.attributes, facts.model);
  if (named === undefined) return `no model is known as '${nameIn(row.attributes) ?? facts.model ?? row.attributes.servicename ?? ''}'`;
  const { model, tier = facts.tier } = named;
  if (facts.tier !== undefined && facts.tier !== tier) return `its usage type and its name '${nameIn(row.attributes)}' say different tiers`;
  const kind = kindOf(facts, model);
  if (kind === undefined) return 'its words do not make a kind of consumption';
  const rate = readRate(kind, step, usagetype.includes('MP:'));
  if (rate === undefined) return `the amount '${step.pricePerUnit.USD}' per '${step.unit}' is not a price of ${kind}`;
  return { model, ...axesOf({ ...facts, tier }), kind, rate, effective: row.effective, mantle: facts.mantle ?? false, usagetype };
}

/** The price of a row that has one for every quantity. */
function onlyStep({ steps }: OfferRow): PriceStep | undefined {
  const [first, ...others] = steps;
  return others.length === 0 && first?.beginRange === '0' ? first : undefined;
}

function axesOf({ routing, tier, longContext, commitment }: UsageFacts): Pick<PublishedRate, 'routing' | 'tier' | 'longContext' | 'spec'> {
  return {
    routing: routing ?? 'regional',
    tier: tier ?? 'standard',
    longContext: longContext ?? false,
    ...(commitment && { spec: { commitment } }),
  };
}

/** The rate as the catalogue writes it, or undefined if the amount is not a price of the kind per a unit that is known. */
function readRate(kind: string, { unit, pricePerUnit }: PriceStep, isMarketplace: boolean): string | undefined {
  const unitName = unit.toLowerCase();
  const amount = readUsd(pricePerUnit.USD);
  if (amount === undefined) return undefined;
  if (KINDS[kind] !== 'token') {
    return OTHER_UNITS[kind]?.includes(unitName) ? formatRate(kind, amount) : undefined;
  }
  const unitsPerMillion = (isMarketplace ? MARKETPLACE_TOKEN_UNITS : TOKEN_UNITS).get(unitName);
  if (unitsPerMillion === undefined) return undefined;
  const perMillion = amount * unitsPerMillion;
  // A rate of less than a pico-dollar a token cannot be stored.
  return perMillion % MILLION === 0n ? formatRate(kind, perMillion / MILLION) : undefined;
}

function readUsd(text: string | undefined): bigint | undefined {
  try {
    return parseUsd(text ?? '');
  } catch {
    return undefined;
  }
}
