/**
 * Every name under which telemetry leaves this library, for handlers and constructs alike.
 *
 * Names follow the OpenTelemetry GenAI semantic conventions v1.41.1, the last release that carries them; they still move,
 * so nothing else in the code base spells one out. Cost has no standard name yet and is `llm.cost.usd`.
 */
export const DEFAULT_NAMESPACE = 'BedrockObservability';

/** Metric names, in the namespace of the meter. */
export const Metrics = {
  /** USD, estimated from the price list. Unpriced calls add nothing. */
  COST: 'llm.cost.usd',
  /** USD that the cost could be higher, where a record does not tell which cache lifetime was written. */
  COST_UNCERTAINTY: 'llm.cost.uncertainty.usd',
  /** Tokens, in disjoint kinds. */
  TOKENS: 'gen_ai.client.token.usage',
  /** Seconds from request to last token, where the logged body tells it. */
  DURATION: 'gen_ai.client.operation.duration',
  /** Calls, failed ones included. */
  CALLS: 'bedrock.calls',
  /** Calls that ended with an error code. */
  ERRORS: 'bedrock.errors',
  /** Calls whose stop reason says the answer is whole. */
  COMPLETED: 'bedrock.completed',
  /** Calls cut off by the token limit. */
  TRUNCATED: 'bedrock.truncated',
  /** Records by the one state in which each of them ends; the four add up to the records received. */
  RECORDS_PRICED: 'bedrock.records.priced',
  RECORDS_UNPRICED: 'bedrock.records.unpriced',
  RECORDS_IGNORED: 'bedrock.records.ignored',
  RECORDS_MALFORMED: 'bedrock.records.malformed',
} as const;

/**
 * Metrics that the alarm signals publish: answers that no alarm can compute by itself, because they need a week of history,
 * a search over models, or single calls. In the namespace of the meter.
 */
export const Signals = {
  /** Count of runs: its absence tells that the signals are stale. */
  RUNS: 'bedrock.signal.runs',
  /** USD since midnight. */
  COST_TODAY: 'bedrock.signal.cost.today.usd',
  /** Today's cost in percent of the average of the last seven days. */
  COST_TODAY_PERCENT: 'bedrock.signal.cost.today.percent',
  /** The last hour against the same hour of the last seven days. */
  COST_HOUR_RATIO: 'bedrock.signal.cost.hour.ratio',
  TOKENS_HOUR_RATIO: 'bedrock.signal.tokens.hour.ratio',
  /** The last seven days against the seven before, in percent; may be negative. */
  TOKENS_WEEK_GROWTH: 'bedrock.signal.tokens.week.growth.percent',
  /** p95 latency of yesterday against the seven days before. */
  LATENCY_DAY_RATIO: 'bedrock.signal.latency.day.ratio',
  /** Percentage points that the cache hit rate of the last 24 hours lies below that of the last seven days. */
  CACHE_HIT_DROP: 'bedrock.signal.cache.hit.drop',
  /** Models that only fail. */
  MODELS_UNAVAILABLE: 'bedrock.signal.models.unavailable',
  /** The most expensive model's percentage of the cost of 24 hours. */
  MODEL_SHARE: 'bedrock.signal.model.share.percent',
  /** The caller whose cost of 24 hours is furthest above its own average. */
  CALLER_DAY_RATIO: 'bedrock.signal.caller.day.ratio',
  INPUT_OUTPUT_RATIO: 'bedrock.signal.input.output.ratio',
  /** Tokens of the largest call, cached ones left out. */
  LARGEST_CALL: 'bedrock.signal.call.largest.tokens',
  /** Tokens that the most wasteful caller sent in 24 hours for almost no answer. */
  WASTED_TOKENS: 'bedrock.signal.caller.wasted.tokens',
  /** Milliseconds: p95 of the slowest cross-Region profile. */
  CROSS_REGION_LATENCY: 'bedrock.signal.cross.region.latency.ms',
  /** Errors of the worst component in 15 minutes, and the p95 milliseconds of the slowest. */
  COMPONENT_ERRORS: 'bedrock.signal.component.errors',
  COMPONENT_LATENCY: 'bedrock.signal.component.latency.ms',
  /** Tokens a minute of the model closest to its quota, in percent of it. */
  QUOTA_USAGE: 'bedrock.signal.quota.usage.percent',
  /** Models in use whose quota could not be told. */
  QUOTA_UNKNOWN: 'bedrock.signal.quota.unknown',
  /** Changes of the account's logging configuration that this stack did not make. */
  LOGGING_CHANGED: 'bedrock.signal.logging.changed',
  /** USD of a budget's day or month so far, and what the month will come to. */
  BUDGET_SPENT: 'bedrock.budget.spent.usd',
  BUDGET_FORECAST: 'bedrock.budget.forecast.usd',
  /** Set by whoever starts a maintenance; nobody is paged for an hour. */
  MAINTENANCE: 'bedrock.maintenance',
} as const;

/** Metrics of the daily refresh of the prices. In the namespace of the meter. */
export const PriceMetrics = {
  /** Hours since the prices in use were refreshed; 0 right after a refresh. */
  AGE: 'bedrock.prices.age.hours',
  /** 1 for a refresh that failed or was refused, 0 for one that did its work. */
  FAILED: 'bedrock.prices.refresh.failed',
  /** Rows of the price list, by the one state in which each of them ends. */
  ROWS_PRICED: 'bedrock.prices.rows.priced',
  ROWS_EXCLUDED: 'bedrock.prices.rows.excluded',
  ROWS_UNCLASSIFIED: 'bedrock.prices.rows.unclassified',
  /** Those unclassified rows that price tokens. */
  ROWS_UNCLASSIFIED_TOKENS: 'bedrock.prices.rows.unclassified.tokens',
  /** Prices that are different since the last refresh. */
  CHANGED: 'bedrock.prices.changed',
  /** Prices that differ and were not applied: moved too far, contradictory, or overruled by a written reason. */
  QUARANTINED: 'bedrock.prices.quarantined',
  /** Models that can be called in the Region and have no price there. */
  GAPS: 'bedrock.prices.gaps',
} as const;

/** Attribute names: dimensions on CloudWatch, attributes on OTLP. */
export const Attributes = {
  REQUEST_MODEL: 'gen_ai.request.model',
  TOKEN_TYPE: 'gen_ai.token.type',
  OPERATION: 'gen_ai.operation.name',
  PROVIDER: 'gen_ai.provider.name',
  CALLER: 'aws.principal',
  /** Which budget a running total belongs to. */
  BUDGET: 'bedrock.budget',
  /** Before the key of an allow-listed request metadata entry. */
  REQUEST_METADATA_PREFIX: 'aws.bedrock.request_metadata.',
} as const;

/**
 * Values of `gen_ai.token.type`. The convention knows `input` and `output`; Bedrock bills cache reads and writes apart, so
 * `input` here is the uncached part and the kinds are disjoint: their sum is what was billed.
 */
export const TokenTypes = {
  INPUT: 'input',
  OUTPUT: 'output',
  CACHE_READ: 'cache_read',
  CACHE_WRITE: 'cache_write',
  /** Not tokens: images, seconds, search units. Carries cost only. */
  UNITS: 'units',
} as const;

/** How many values a dimension has in an hour before further ones become `other`. */
export const DIMENSION_CAP = { DEFAULT: 50, MAX: 500 } as const;

/** The value that stands for all others once a dimension has reached its cap. */
export const OTHER = 'other';
