import { Catalogue } from './catalogue';
import { cost } from './cost';
import { WORK_KINDS } from './kinds';
import { asksProfiles, isPromptRouter, resolveModel, type ProfileLookup } from './model-id';
import type { PriceOverrides } from './price-overrides';
import { RateCard, type RateLayer } from './rate-card';
import { RateCards } from './rate-cards';
import { rateRulesFor, type PriceScope, type RateRule } from './rate-rule';
import type { Cost, PicoUsd, PriceQuery, Quote, ResolvedModel, Tier, Usage } from './types';

export interface PriceEngineOptions {
  /** The published prices; the built-in ones by default. */
  readonly catalogue?: Catalogue;
  readonly overrides?: PriceOverrides;
  /** Finds the model behind an ARN that does not name it. Asked at each quote until it is known, then never again. */
  readonly profiles?: ProfileLookup;
}

/** The longest `modelId` that the Bedrock API takes. Longer ones are not kept, because records can name any number of them. */
const MAX_ID = 2048;
const OVERLONG: ResolvedModel = {
  modelId: '',
  routing: 'regional',
  hourly: false,
  unpriced: `the model id is longer than ${MAX_ID} characters, and Bedrock knows none so long`,
  flags: [],
};
const OVERLONG_CARD = new RateCard(OVERLONG, [], OVERLONG.unpriced!);

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
  private readonly rateCards = new RateCards();
  /** The ARNs whose model was not known when their rate cards were made. */
  private readonly unresolved = new Set<string>();

  constructor(options: PriceEngineOptions = {}) {
    this.givenCatalogue = options.catalogue;
    this.overrides = options.overrides;
    this.profiles = options.profiles;
  }

  /** The rates for a query. Equal queries get the same object. */
  public quote(query: PriceQuery): Quote {
    const { modelId, region, tier, invokedModel } = query;
    if (modelId.length > MAX_ID || (invokedModel?.length ?? 0) > MAX_ID) return OVERLONG_CARD.quote(query);
    if (invokedModel !== undefined && isPromptRouter(modelId)) return this.routerCard(query, invokedModel).quote(query);

    if (this.unresolved.size > 0 && this.unresolved.has(modelId) && this.profiles?.(modelId) !== undefined) {
      this.unresolved.delete(modelId);
      this.rateCards.delete(modelId);
    }
    const rateCard = this.rateCards.get(modelId, region, tier) ?? this.rateCardFor(modelId, modelId, query, this.profiles);
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

  /** A router answers with several models, so its rate cards are kept by router and model. */
  private routerCard(query: PriceQuery, invokedModel: string): RateCard {
    const key = `${query.modelId} ${invokedModel}`;
    return this.rateCards.get(key, query.region, query.tier) ?? this.rateCardFor(key, query.modelId, query, () => invokedModel);
  }

  private rateCardFor(key: string, modelId: string, { region, tier }: PriceQuery, profiles: ProfileLookup | undefined): RateCard {
    if (this.rateCards.isFull) {
      this.rateCards.clear();
      this.unresolved.clear();
    }
    const resolved = resolveModel(modelId, this.catalogue, profiles, this.overrides?.newModels);
    if (profiles && asksProfiles(modelId) && profiles(modelId) === undefined) this.unresolved.add(modelId);

    const rateCard = new RateCard(resolved, this.layersOf(resolved, region, tier), this.unpricedReason(resolved, region));
    this.rateCards.set(key, region, tier, rateCard);
    return rateCard;
  }

  private layersOf(resolved: ResolvedModel, region: string, tier: Tier): RateLayer[] {
    const scope = { region, routing: resolved.routing };
    const onlyTier = onlyTierOf(resolved);
    const layer = this.layer(resolved, { ...scope, tier: onlyTier ?? tier }, onlyTier && [onlyTier, tier, 'standard']);
    if (HOURLY_TIERS.has(onlyTier ?? tier)) return [hourlyLayer(layer)];
    return tier === 'standard' && !onlyTier ? [layer] : [layer, fallback(this.layer(resolved, { ...scope, tier: 'standard' }))];
  }

  /** @param tiersOfArn the tiers whose overrides count if they name the very ARN; by default that of the scope */
  private layer(resolved: ResolvedModel, scope: PriceScope, tiersOfArn: readonly Tier[] = [scope.tier]): RateLayer {
    const { model, modelId } = resolved;
    const { overrides, catalogue } = this;
    const published = model !== undefined && !currencyOf(scope.region) ? rateRulesFor(catalogue.rows(model), scope) : [];
    if (!overrides) return { overrides: [], published };

    const ofArn = model === modelId ? [] : [...new Set(tiersOfArn)].flatMap((tier) => overrides.rules(modelId, { ...scope, tier }));
    if (model === undefined) return { overrides: ofArn, published };
    return {
      overrides: [...ofArn, ...overrides.rules(model, scope)],
      published: overrides.discount(published, model, catalogue.model(model)?.provider),
    };
  }

  private unpricedReason(resolved: ResolvedModel, region: string): string {
    if (resolved.unpriced) return resolved.unpriced;
    const currency = currencyOf(region);
    if (currency) return `prices in ${region} are in ${currency}, which does not add up with USD: set an override in USD`;
    if (resolved.model === undefined || this.catalogue.rows(resolved.model).length === 0) return 'no price of the model is published';
    return `no ${resolved.routing} price of the model is known in ${region}`;
  }
}

/** The tier of resources that have one price for all their calls, whatever tier a call asks for. */
function onlyTierOf({ hourly, flags }: ResolvedModel): Tier | undefined {
  if (hourly) return 'provisioned';
  return flags.includes('customDeployment') ? 'custom' : undefined;
}

/** The prices of the capacity itself, and zero for what calls consume of it. */
function hourlyLayer({ overrides, published }: RateLayer): RateLayer {
  const hours = published.map((rule) => ({
    ...rule,
    rates: Object.assign(Object.create(null), FREE, rule.rates) as RateRule['rates'],
    flags: [...rule.flags, 'hourlyCapacity'],
  }));
  const always = { rates: FREE, from: -Infinity, until: Infinity, flags: ['hourlyCapacity'] };
  return { overrides, published: [...hours, always] };
}

function fallback({ overrides, published }: RateLayer): RateLayer {
  const flagged = (rule: RateRule): RateRule => ({ ...rule, flags: [...rule.flags, 'tierFallback'] });
  return { overrides: overrides.map(flagged), published: published.map(flagged) };
}

function currencyOf(region: string): string | undefined {
  return Object.entries(OTHER_CURRENCIES).find(([prefix]) => region.startsWith(prefix))?.[1];
}
