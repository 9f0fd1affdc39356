import { Catalogue } from './catalogue';
import { cost } from './cost';
import { WORK_KINDS } from './kinds';
import { resolveModel, type ProfileLookup } from './model-id';
import { offersOf, type Offer } from './rate-rule';
import type { PriceOverrides } from './overrides';
import { Shelf } from './rate-card';
import type { Cost, PicoUsd, PriceQuery, Quote, ResolvedModel, Tier, Usage } from './types';

export interface PriceEngineOptions {
  /** The published prices; the built-in ones by default. */
  readonly catalogue?: Catalogue;
  readonly overrides?: PriceOverrides;
  /** Tells the model or profile behind an ARN that does not. Asked again until it knows. */
  readonly profiles?: ProfileLookup;
}

/** Hostile logs can name any number of models; beyond this many the cache starts anew, and quotes are made again. */
const MAX_SHELVES = 10_000;

/** Partitions that are billed in a currency that must not be added to USD, by the beginning of their Regions' names. */
const OTHER_CURRENCIES: Readonly<Record<string, string>> = { 'cn-': 'CNY', 'eusc-': 'EUR' };

/** Tiers whose capacity is billed by the hour, so that their tokens cost nothing. */
const HOURLY: ReadonlySet<Tier> = new Set<Tier>(['provisioned', 'reserved']);

const FREE: Readonly<Record<string, PicoUsd>> = Object.freeze(
  Object.assign(Object.create(null), Object.fromEntries(WORK_KINDS.map((kind) => [kind, 0n]))) as Record<string, PicoUsd>,
);

/**
 * Prices calls: finds the row of the price list that answers, and says why when none does.
 */
export class PriceEngine {
  private readonly given: Catalogue | undefined;
  private readonly overrides: PriceOverrides | undefined;
  private readonly profiles: ProfileLookup | undefined;
  // Nested, so that a known model costs three look-ups and no string is built.
  private readonly shelves = new Map<string, Map<string, Map<Tier, Shelf>>>();
  private readonly unresolved = new Set<string>();
  private size = 0;

  constructor(options: PriceEngineOptions = {}) {
    this.given = options.catalogue;
    this.overrides = options.overrides;
    this.profiles = options.profiles;
  }

  /** The rates that answer a query. Equal queries get the same object. */
  public quote(query: PriceQuery): Quote {
    if (this.unresolved.size > 0 && this.unresolved.has(query.modelId) && this.profiles?.(query.modelId) !== undefined) {
      this.unresolved.delete(query.modelId);
      this.shelves.delete(query.modelId);
    }
    const shelf =
      this.shelves.get(query.modelId)?.get(query.region)?.get(query.tier) ?? this.stock(query.modelId, query.region, query.tier);
    return shelf.quote(query);
  }

  /** What a usage costs at a quote. */
  public cost(quote: Quote, usage: Usage): Cost {
    return cost(quote, usage);
  }

  /** The built-in catalogue is a file that is read for the first quote, not when a handler loads. */
  private get catalogue(): Catalogue {
    return this.given ?? Catalogue.builtIn();
  }

  private stock(modelId: string, region: string, tier: Tier): Shelf {
    if (this.size >= MAX_SHELVES) {
      this.shelves.clear();
      this.unresolved.clear();
      this.size = 0;
    }
    const resolved = resolveModel(modelId, this.catalogue, this.profiles);
    if (this.profiles && modelId.startsWith('arn:') && this.profiles(modelId) === undefined) this.unresolved.add(modelId);

    const shelf = this.shelf(resolved, region, resolved.hourly ? 'provisioned' : tier);
    const regions = this.shelves.get(modelId) ?? new Map<string, Map<Tier, Shelf>>();
    const tiers = regions.get(region) ?? new Map<Tier, Shelf>();
    this.shelves.set(modelId, regions.set(region, tiers.set(tier, shelf)));
    this.size += 1;
    return shelf;
  }

  private shelf(resolved: ResolvedModel, region: string, asked: Tier): Shelf {
    const tier = resolved.flags.includes('customDeployment') && !resolved.hourly ? 'custom' : asked;
    const exact = this.offers(resolved, region, tier);
    if (HOURLY.has(tier)) {
      const flags = [...new Set([...resolved.flags, 'hourlyCapacity'])];
      const offers = exact.map((offer) => ({
        ...offer,
        rates: Object.assign(Object.create(null), FREE, offer.rates) as Offer['rates'],
        flags: [...offer.flags, ...flags],
      }));
      return new Shelf(resolved, offers, { resolved, rates: FREE, flags });
    }
    const standard = tier === 'standard' ? [] : this.offers(resolved, region, 'standard');
    const offers = [...exact, ...standard.map((offer) => ({ ...offer, flags: [...offer.flags, 'tierFallback'] }))];
    return new Shelf(resolved, offers, offers.length === 0 ? this.whyNone(resolved, region) : undefined);
  }

  /** What the price list, the overrides and the discounts offer, the first of which that holds is the price. */
  private offers(resolved: ResolvedModel, region: string, tier: Tier): Offer[] {
    const market = { region, routing: resolved.routing, tier };
    const published = resolved.model && !currencyOf(region) ? offersOf(this.catalogue.rows(resolved.model), market) : [];
    if (!this.overrides) return published;
    const key = resolved.model ?? resolved.modelId;
    return this.overrides.apply(published, market, key, this.catalogue.model(key)?.provider);
  }

  private whyNone(resolved: ResolvedModel, region: string): string {
    if (resolved.unpriced) return resolved.unpriced;
    const currency = currencyOf(region);
    if (currency) return `prices in ${region} are in ${currency}, which does not add up with USD: set an override in USD`;
    const rows = this.catalogue.rows(resolved.model!);
    if (rows.length === 0) return 'no price of the model is published';
    return `no ${resolved.routing} price of the model is known in ${region}`;
  }
}

function currencyOf(region: string): string | undefined {
  return Object.entries(OTHER_CURRENCIES).find(([prefix]) => region.startsWith(prefix))?.[1];
}
