import { Catalogue } from './catalogue';
import { cost } from './cost';
import { WORK_KINDS } from './kinds';
import { resolveModel, type ProfileLookup } from './model-id';
import type { PriceOverrides } from './price-overrides';
import { RateCard } from './rate-card';
import { rateRulesFor, type RateRule } from './rate-rule';
import type { Cost, PicoUsd, PriceQuery, Quote, ResolvedModel, Tier, Usage } from './types';

export interface PriceEngineOptions {
  /** The published prices; the built-in ones by default. */
  readonly catalogue?: Catalogue;
  readonly overrides?: PriceOverrides;
  /** Finds the model behind an ARN that does not name it. Asked at each quote until it is known, then never again. */
  readonly profiles?: ProfileLookup;
}

/** Logs can name any number of models. When there are this many rate cards, all are dropped and made again when needed. */
const MAX_RATE_CARDS = 10_000;

/** Partitions that are billed in another currency than USD, by the beginning of their Region names. */
const OTHER_CURRENCIES: Readonly<Record<string, string>> = { 'cn-': 'CNY', 'eusc-': 'EUR' };

/** Tiers of which the capacity is billed by the hour, so that tokens cost nothing. */
const HOURLY_TIERS: ReadonlySet<Tier> = new Set<Tier>(['provisioned', 'reserved']);

const FREE: Readonly<Record<string, PicoUsd>> = Object.freeze(
  Object.assign(Object.create(null), Object.fromEntries(WORK_KINDS.map((kind) => [kind, 0n]))) as Record<string, PicoUsd>,
);

/** Prices calls: finds the rate rule that sets the price of a call, or the reason why there is no price. */
export class PriceEngine {
  private readonly givenCatalogue: Catalogue | undefined;
  private readonly overrides: PriceOverrides | undefined;
  private readonly profiles: ProfileLookup | undefined;
  /** By model id, Region and tier. Nested, because building one key of three strings for each call takes longer. */
  private readonly rateCards = new Map<string, Map<string, Map<Tier, RateCard>>>();
  /** The ARNs whose model was not known when their rate cards were made. */
  private readonly unresolved = new Set<string>();
  private rateCardCount = 0;

  constructor(options: PriceEngineOptions = {}) {
    this.givenCatalogue = options.catalogue;
    this.overrides = options.overrides;
    this.profiles = options.profiles;
  }

  /** The rates for a query. Equal queries get the same object. */
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

  /** The built-in catalogue is read at the first quote, not when a handler loads. */
  private get catalogue(): Catalogue {
    return this.givenCatalogue ?? Catalogue.builtIn();
  }

  private rateCardFor(modelId: string, region: string, tier: Tier): RateCard {
    if (this.rateCardCount >= MAX_RATE_CARDS) {
      this.rateCards.clear();
      this.unresolved.clear();
      this.rateCardCount = 0;
    }
    const resolved = resolveModel(modelId, this.catalogue, this.profiles);
    if (this.profiles && modelId.startsWith('arn:') && this.profiles(modelId) === undefined) this.unresolved.add(modelId);

    const rateCard = this.newRateCard(resolved, region, resolved.hourly ? 'provisioned' : tier);
    const regions = this.rateCards.get(modelId) ?? new Map<string, Map<Tier, RateCard>>();
    const tiers = regions.get(region) ?? new Map<Tier, RateCard>();
    this.rateCards.set(modelId, regions.set(region, tiers.set(tier, rateCard)));
    this.rateCardCount += 1;
    return rateCard;
  }

  private newRateCard(resolved: ResolvedModel, region: string, requestedTier: Tier): RateCard {
    const tier = resolved.flags.includes('customDeployment') && !resolved.hourly ? 'custom' : requestedTier;
    const ofTier = this.rateRules(resolved, region, tier);
    if (HOURLY_TIERS.has(tier)) return hourlyRateCard(resolved, ofTier);

    const standard = tier === 'standard' ? [] : this.rateRules(resolved, region, 'standard');
    const rules = [...ofTier, ...standard.map((rule) => ({ ...rule, flags: [...rule.flags, 'tierFallback'] }))];
    return new RateCard(resolved, rules, rules.length === 0 ? this.unpricedReason(resolved, region) : undefined);
  }

  /**
   * Rate rules in order of precedence: overrides, model discount, provider discount, published. The first whose conditions
   * hold sets the price.
   */
  private rateRules(resolved: ResolvedModel, region: string, tier: Tier): RateRule[] {
    const scope = { region, routing: resolved.routing, tier };
    const published = resolved.model && !currencyOf(region) ? rateRulesFor(this.catalogue.rows(resolved.model), scope) : [];
    if (!this.overrides) return published;
    // The user may set a price for an id that is not in the catalogue.
    const model = resolved.model ?? resolved.modelId;
    return this.overrides.apply(published, scope, model, this.catalogue.model(model)?.provider);
  }

  private unpricedReason(resolved: ResolvedModel, region: string): string {
    if (resolved.unpriced) return resolved.unpriced;
    const currency = currencyOf(region);
    if (currency) return `prices in ${region} are in ${currency}, which does not add up with USD: set an override in USD`;
    const rows = this.catalogue.rows(resolved.model!);
    if (rows.length === 0) return 'no price of the model is published';
    return `no ${resolved.routing} price of the model is known in ${region}`;
  }
}

/** The price of the capacity itself, and zero for what calls consume of it. */
function hourlyRateCard(resolved: ResolvedModel, rulesOfTier: readonly RateRule[]): RateCard {
  const flags = [...new Set([...resolved.flags, 'hourlyCapacity'])];
  const rules = rulesOfTier.map((rule) => ({
    ...rule,
    rates: Object.assign(Object.create(null), FREE, rule.rates) as RateRule['rates'],
    flags: [...rule.flags, ...flags],
  }));
  return new RateCard(resolved, rules, { resolved, rates: FREE, flags });
}

function currencyOf(region: string): string | undefined {
  return Object.entries(OTHER_CURRENCIES).find(([prefix]) => region.startsWith(prefix))?.[1];
}
