/** Integer pico-dollars (10^-12 USD). Sums are exact, whatever the order or grouping. */
export type PicoUsd = bigint;

/** Service tiers for which AWS publishes prices. `custom` is on-demand inference of a fine-tuned model. */
export const TIERS = ['standard', 'batch', 'flex', 'priority', 'latency', 'ultrafast', 'provisioned', 'reserved', 'custom'] as const;
export type Tier = (typeof TIERS)[number];

/**
 * What one call consumed. The token counts are disjoint: no token is counted in two of them.
 */
export interface Usage {
  /** Input tokens that were neither read from nor written to the prompt cache. */
  readonly input: number;
  readonly cacheRead: number;
  readonly cacheWrite5m: number;
  readonly cacheWrite1h: number;
  /** Cache-write tokens whose lifetime (5 minutes, 30 minutes, 1 hour) the record does not tell. */
  readonly cacheWrite: number;
  readonly output: number;
  /** Everything that is not one of the above, by the catalogue's kind: image, second, searchUnit, speechInput, cacheWrite30m … */
  readonly units?: Readonly<Record<string, number>>;
}

/** What must be known to look up a price. */
export interface PriceQuery {
  /** As the caller passed it: bare id, profile id or any ARN form. */
  readonly modelId: string;
  /** The Region that was called; never the Region that served the call. */
  readonly region: string;
  readonly tier: Tier;
  /** Event time in milliseconds: prices change. */
  readonly timestamp: number;
  /** Input plus cached tokens: some models price long prompts in another band. */
  readonly contextTokens: number;
  /** Further price axes, for example `{ size: '1024x1024', quality: 'standard' }` or `{ commitment: 'none' }`. */
  readonly spec?: Readonly<Record<string, string>>;
}

/** A model id taken apart. */
export interface ResolvedModel {
  /** As called. */
  readonly modelId: string;
  /** The foundation-model id that carries the price, if it is known. */
  readonly model?: string;
  /** Only `global.` profiles have prices of their own; every other geography bills the regional row. */
  readonly routing: 'regional' | 'global';
  /** The routing prefix of the profile, for example `us` or `global`. */
  readonly geography?: string;
  /** True where capacity is billed by the hour and the tokens themselves cost nothing. */
  readonly hourly: boolean;
  /** Why the id carries no price of its own, in words for the user. */
  readonly unpriced?: string;
  readonly flags: readonly string[];
}

/**
 * The rates that answer a query. Quotes are cached and immutable: equal queries get the same object, so it can key a map.
 */
export interface Quote {
  readonly resolved: ResolvedModel;
  /** Pico-dollars per token or unit, by kind. Empty when there is no price. */
  readonly rates: Readonly<Record<string, PicoUsd>>;
  /** Why there is no price at all, in words for the user. Absent when there is one. */
  readonly unpriced?: string;
  /** The row of the catalogue, or of the override, that answered. */
  readonly row?: QuotedRow;
  /** Everything that makes the answer less than exact, for example `tierFallback`. */
  readonly flags: readonly string[];
}

export interface QuotedRow {
  readonly id: string;
  readonly source: string;
  readonly grade: string;
  readonly asOf: string;
  /** The tier of the row, which differs from the query's after a `tierFallback`. */
  readonly tier: Tier;
  /** Tokens of context for which the row holds, for example `272001-`. Absent when all. */
  readonly context?: string;
}

/** What a usage costs at a quote. */
export interface Cost {
  /** Absent when any part of the usage has no price: unknown is never zero. */
  readonly usd?: PicoUsd;
  /** The sum of the parts that have a price, at the lower rate where the lifetime of a cache write is unknown. */
  readonly low: PicoUsd;
  /** As `low`, at the higher rate. */
  readonly high: PicoUsd;
  readonly byKind: Readonly<Record<string, PicoUsd>>;
  /** Kinds that were used and have no price. */
  readonly missing: readonly string[];
}
