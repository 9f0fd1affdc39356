import { Catalogue } from './catalogue';
import { cost } from './cost';
import { WORK_KINDS } from './kinds';
import { resolveModel, type ProfileLookup } from './model-id';
import { rateRulesFor, type RateRule } from './rate-rule';
import type { PriceOverrides } from './overrides';
import { RateCard } from './rate-card';
import type { Cost, PicoUsd, PriceQuery, Quote, ResolvedModel, Tier, Usage } from './types';

export interface PriceEngineOptions {
  /** The published prices; the built-in ones by default. */
  readonly catalogue?: Catalogue;
  readonly overrides?: PriceOverrides;
  /** Tells the model or profile behind an ARN that does not. Asked again until it knows. */
  readonly profiles?: ProfileLookup;
}

/** Hostile logs can name any number of models; beyond this many the cache starts anew, and quotes are made again. */
const MAX_RATE_CARDS = 10_000;

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
  private readonly rateCards = new Map<string, Map<string, Map<Tier, RateCard>>>();
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
      this.rateCards.delete(query.modelId);
    }
    const rateCard =
      this.rateCards.get(query.modelId)?.get(query.region)?.get(query.tier) ?? this.rateCardFor(query.modelId, query.region, query.tier);
    return rateCard.quote(query);
  }

  /** What a usage costs at a quote. */
  public cost(quote: Quote, usage: Usage): Cost {
    return cost(quote, usage);
  }

  /** The built-in catalogue is a file that is read for the first quote, not when a handler loads. */
  private get catalogue(): Catalogue {
    return this.given ?? Catalogue.builtIn();
  }

  private rateCardFor(modelId: string, region: string, tier: Tier): RateCard {
    if (this.size >= MAX_RATE_CARDS) {
      this.rateCards.clear();
      this.unresolved.clear();
      this.size = 0;
    }
    const resolved = resolveModel(modelId, this.catalogue, this.profiles);
    if (this.profiles && modelId.startsWith('arn:') && this.profiles(modelId) === undefined) this.unresolved.add(modelId);

    const rateCard = this.newRateCard(resolved, region, resolved.hourly ? 'provisioned' : tier);
    const regions = this.rateCards.get(modelId) ?? new Map<string, Map<Tier, RateCard>>();
    const tiers = regions.get(region) ?? new Map<Tier, RateCard>();
    this.rateCards.set(modelId, regions.set(region, tiers.set(tier, rateCard)));
    this.size += 1;
    return rateCard;
  }

  private newRateCard(resolved: ResolvedModel, region: string, asked: Tier): RateCard {
    const tier = resolved.flags.includes('customDeployment') && !resolved.hourly ? 'custom' : asked;
    const exact = this.rateRules(resolved, region, tier);
    if (HOURLY.has(tier)) {
      const flags = [...new Set([...resolved.flags, 'hourlyCapacity'])];
      const rules = exact.map((rule) => ({
        ...rule,
        rates: Object.assign(Object.create(null), FREE, rule.rates) as RateRule['rates'],
        flags: [...rule.flags, ...flags],
      }));
      return new RateCard(resolved, rules, { resolved, rates: FREE, flags });
    }
    const standard = tier === 'standard' ? [] : this.rateRules(resolved, region, 'standard');
    const rules = [...exact, ...standard.map((rule) => ({ ...rule, flags: [...rule.flags, 'tierFallback'] }))];
    return new RateCard(resolved, rules, rules.length === 0 ? this.whyNone(resolved, region) : undefined);
  }

  /** What the price list, the overrides and the discounts rule, the first of which that holds is the price. */
  private rateRules(resolved: ResolvedModel, region: string, tier: Tier): RateRule[] {
    const scope = { region, routing: resolved.routing, tier };
    const published = resolved.model && !currencyOf(region) ? rateRulesFor(this.catalogue.rows(resolved.model), scope) : [];
    if (!this.overrides) return published;
    const key = resolved.model ?? resolved.modelId;
    return this.overrides.apply(published, scope, key, this.catalogue.model(key)?.provider);
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
