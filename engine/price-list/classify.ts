import { KINDS } from '../pricing/kinds';
import { formatRate, parseUsd } from '../pricing/pico-usd';
import type { Tier } from '../pricing/types';
import { EXCLUSIONS } from './exclusions';
import type { ModelNames } from './model-names';
import type { OfferRow, PriceStep } from './offer-row';
import { readUsageType, type UsageFacts } from './usage-type';

/** One rate as the price list publishes it, in the catalogue's terms. */
export interface PublishedRate {
  readonly model: string;
  readonly routing: 'regional' | 'global';
  readonly tier: Tier;
  readonly longContext: boolean;
  readonly spec?: Readonly<Record<string, string>>;
  readonly kind: string;
  /** USD per million tokens, or per unit, as the catalogue writes it. */
  readonly rate: string;
  readonly effective: string;
  readonly mantle: boolean;
  readonly usagetype: string;
}

/** Every row ends in exactly one of these. */
export type Classified =
  | { readonly state: 'priced'; readonly rate: PublishedRate }
  | { readonly state: 'excluded'; readonly rule: string }
  | { readonly state: 'unclassified'; readonly reason: string; readonly tokens: boolean };

/** How many of a unit are a million tokens. Offer files say `1M tokens` where the query API says `Units`. */
const TOKEN_UNITS: Readonly<Record<string, bigint>> = { '1k tokens': 1000n, '1m tokens': 1n };
const MARKETPLACE_UNIT = 'units';
const OTHER_UNITS: Readonly<Record<string, readonly string[]>> = {
  modelUnitHour: ['hour', 'hrs', 'units'],
  modelMonth: ['model/month'],
};
const MILLION = 1_000_000n;

export function classify(row: OfferRow, names: ModelNames, region: string): Classified {
  const excluded = EXCLUSIONS.find(({ applies }) => applies(row, region));
  if (excluded) return { state: 'excluded', rule: excluded.rule };

  const usagetype = row.attributes.usagetype ?? '';
  const [step, ...more] = row.steps;
  const tokens = /token/i.test(`${step?.unit} ${usagetype}`);
  const unclassified = (reason: string): Classified => ({ state: 'unclassified', reason: `${usagetype || row.sku}: ${reason}`, tokens });
  if (!step || more.length > 0 || step.beginRange !== '0') return unclassified('its price depends on the quantity');

  const facts = readUsageType(usagetype);
  if (!facts) return unclassified('its words are not known');
  const model = names.find(row.attributes, facts.model);
  if (model === undefined) return unclassified(`no model is known as '${nameOf(row, facts)}'`);
  const kind = kindOf(facts, model);
  if (kind === undefined) return unclassified('its words do not make a kind of consumption');
  const rate = rateOf(kind, step, usagetype.includes('MP:'));
  if (rate === undefined) return unclassified(`the amount '${step.pricePerUnit.USD}' per '${step.unit}' is not a price of ${kind}`);

  return {
    state: 'priced',
    rate: {
      model,
      routing: facts.routing ?? 'regional',
      tier: facts.tier ?? 'standard',
      longContext: facts.longContext ?? false,
      ...(facts.commitment && { spec: { commitment: facts.commitment } }),
      kind,
      rate,
      effective: row.effective,
      mantle: facts.mantle ?? false,
      usagetype,
    },
  };
}

function nameOf({ attributes }: OfferRow, facts: UsageFacts): string {
  return attributes.model ?? attributes.titanModel ?? facts.model ?? attributes.servicename ?? '';
}

function kindOf(facts: UsageFacts, model: string): string | undefined {
  const { direction, cache, ttl, modality, kind, tier, commitment } = facts;
  if (kind !== undefined) {
    const complete = (kind === 'modelUnitHour') === (tier === 'provisioned') && (kind === 'modelUnitHour') === (commitment !== undefined);
    return complete && !direction && !cache ? kind : undefined;
  }
  if (tier === 'provisioned' || commitment !== undefined || (ttl !== undefined && cache !== 'write')) return undefined;
  if (cache !== undefined) {
    if (direction === 'output' || modality) return undefined;
    if (cache === 'read') return 'cacheRead';
    // OpenAI has one write rate, whatever its usage types call the lifetime.
    return model.startsWith('openai.') ? 'cacheWrite30m' : `cacheWrite${ttl ?? '5m'}`;
  }
  if (direction === undefined || modality === undefined) return direction;
  const combined = `${modality}${direction === 'input' ? 'Input' : 'Output'}`;
  return Object.hasOwn(KINDS, combined) ? combined : undefined;
}

function rateOf(kind: string, { unit, pricePerUnit }: PriceStep, marketplace: boolean): string | undefined {
  const named = unit.toLowerCase();
  try {
    const amount = parseUsd(pricePerUnit.USD ?? '');
    if (KINDS[kind] !== 'token') {
      return OTHER_UNITS[kind]?.includes(named) ? formatRate(kind, amount) : undefined;
    }
    const scale = marketplace && named === MARKETPLACE_UNIT ? 1n : TOKEN_UNITS[named];
    const million = scale === undefined ? undefined : amount * scale;
    return million === undefined || million % MILLION !== 0n ? undefined : formatRate(kind, million / MILLION);
  } catch {
    return undefined;
  }
}
