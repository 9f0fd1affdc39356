/** A whole number of pico-dollars (10^-12 USD). Integers, so that sums are exact in any order and grouping. */
export type PicoUsd = bigint;

/** Service tiers for which AWS publishes prices. `custom` is on-demand inference with a custom model. */
export const TIERS = ['standard', 'batch', 'flex', 'priority', 'latency', 'ultrafast', 'provisioned', 'reserved', 'custom'] as const;
export type Tier = (typeof TIERS)[number];

/** What one call consumed. The token counts are disjoint: no token is counted in two of them. */
export interface Usage {
  /** Input tokens that were neither read from nor written to the prompt cache. */
  readonly input: number;
  readonly cacheRead: number;
  readonly cacheWrite5m: number;
  readonly cacheWrite1h: number;
  /** Cache writes of which the record does not say how long they live (5 minutes, 30 minutes or 1 hour). */
  readonly cacheWrite: number;
  readonly output: number;
  /** Everything else, by the kind of the catalogue: image, second, searchUnit, speechInput, cacheWrite30m … */
  readonly units?: Readonly<Record<string, number>>;
}

/** What decides the price of a call. */
export interface PriceQuery {
  /** As the caller passed it: bare id, profile id or ARN. */
  readonly modelId: string;
  /** The Region that was called. Bedrock bills its prices, even where another Region served the call. */
  readonly region: string;
  readonly tier: Tier;
  /** Event time in milliseconds: prices change. */
  readonly timestamp: number;
  /** Input and cached tokens: some models have other prices for long prompts. */
  readonly contextTokens: number;
  /** Further price axes, for example `{ size: '1024x1024', quality: 'standard' }` or `{ commitment: 'none' }`. */
  readonly spec?: Readonly<Record<string, string>>;
  /** The model that a prompt router invoked, as Bedrock's trace names it. Ignored where `modelId` is no prompt router. */
  readonly invokedModel?: string;
}

/** What a model id stands for. */
export interface ResolvedModel {
  /** As the caller passed it; empty where that is longer than any id. */
  readonly modelId: string;
  /** The foundation-model id that carries the price, if it is known. */
  readonly model?: string;
  /** The name of that model as people say it. Absent where the catalogue does not have the model. */
  readonly title?: string;
  /** Only `global.` profiles have prices of their own; every other geography is billed at the regional ones. */
  readonly routing: 'regional' | 'global';
  /** The routing prefix of the profile, for example `us` or `global`. */
  readonly geography?: string;
  /** True where the capacity is billed by the hour, so that tokens cost nothing. */
  readonly hourly: boolean;
  /** Whether the model produces tokens: embeddings and images do not. Absent where the catalogue has no rates of the model. */
  readonly hasOutput?: boolean;
  /** Why the id has no price, in words for the user. Absent where it can have one. */
  readonly unpriced?: string;
  readonly flags: readonly string[];
}

/** The rates for a query. Quotes are cached and immutable: equal queries get the same object, so it can be the key of a map. */
export interface Quote {
  readonly resolved: ResolvedModel;
  /** Pico-dollars per token or unit, by kind. Empty when there is no price. */
  readonly rates: Readonly<Record<string, PicoUsd>>;
  /** The highest rates, by kind, where the record leaves open which of two prices holds; `rates` are then the lowest. */
  readonly highRates?: Readonly<Record<string, PicoUsd>>;
  /** Why there is no price at all, in words for the user. Absent when there is one. */
  readonly unpriced?: string;
  /** The row of the catalogue or of the overrides from which the rates are. */
  readonly row?: QuotedRow;
  /** Everything that makes the price less than exact, for example `tierFallback`. */
  readonly flags: readonly string[];
}

export interface QuotedRow {
  readonly id: string;
  readonly source: string;
  readonly grade: string;
  readonly asOf: string;
  /** The tier of the row, which differs from the query's after a `tierFallback`. */
  readonly tier: Tier;
  /** Tokens of context for which the row holds, for example `272001-`. Absent where it holds for any number. */
  readonly context?: string;
}

/** What a usage costs at a quote. */
export interface Cost {
  /** Equal to `low`. Absent where any part of the usage has no price: unknown is never zero. */
  readonly usd?: PicoUsd;
  /** The sum of the parts that have a price, at the lowest rate where the record leaves open which one holds. */
  readonly low: PicoUsd;
  /** As `low`, at the highest rate. */
  readonly high: PicoUsd;
  readonly byKind: Readonly<Record<string, PicoUsd>>;
  /** Kinds that were used and have no price. */
  readonly missing: readonly string[];
}
