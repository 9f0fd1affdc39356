/**
 * Every name under which telemetry leaves this library, for handlers and constructs alike. No other module spells one out, but
 * for agent-names.ts, which has the metrics of agents.
 *
 * Names follow the OpenTelemetry semantic conventions for generative AI, v1.41.1, the last release that has them; they are
 * not stable yet. Cost has no standard name and is `llm.cost.usd`.
 */
export const DEFAULT_NAMESPACE = 'BedrockObservability';

/** Metric names, in the namespace of the meter. */
export const Metrics = {
  /** USD, estimated from the price list. Calls without a price add nothing. */
  COST: 'llm.cost.usd',
  /** USD by which the cost could be higher, where a record does not say how long a cache write lives. */
  COST_UNCERTAINTY: 'llm.cost.uncertainty.usd',
  /** Tokens, each in one type. */
  TOKENS: 'gen_ai.client.token.usage',
  /** Seconds from request to last token, where the logged body has it. */
  DURATION: 'gen_ai.client.operation.duration',
  /** Calls, failed ones included. */
  CALLS: 'bedrock.calls',
  /** Calls that ended with an error code. */
  ERRORS: 'bedrock.errors',
  /** Calls whose stop reason says that the answer is complete. */
  COMPLETED: 'bedrock.completed',
  /** Calls cut off by the token limit. */
  TRUNCATED: 'bedrock.truncated',
  /** Records by the state in which each ends: the four add up to the records received. */
  RECORDS_PRICED: 'bedrock.records.priced',
  RECORDS_UNPRICED: 'bedrock.records.unpriced',
  RECORDS_IGNORED: 'bedrock.records.ignored',
  RECORDS_MALFORMED: 'bedrock.records.malformed',
  /** Values of dimensions that had no metric of their own and were added up as `other`. Published where there are any. */
  VALUES_FOLDED: 'bedrock.dimension.values.folded',
  /** Optional look-ups that failed: profiles, refreshed prices, the key of the prompt hash. Published where there are any. */
  LOOK_UPS_FAILED: 'bedrock.lookups.failed',
} as const;

/**
 * Metrics of the alarm signals, in the namespace of the meter: what no alarm can compute by itself, because it needs a week
 * of history, a search over models, or single calls.
 */
export const Signals = {
  /** Runs without a failure, by schedule. Alarms watch for their absence, because then the signals are stale. */
  RUNS: 'bedrock.signal.runs',
  /** USD since midnight. */
  COST_TODAY: 'bedrock.signal.cost.today.usd',
  /** The cost of today in percent of the average day of the last seven. */
  COST_TODAY_PERCENT: 'bedrock.signal.cost.today.percent',
  /** The last hour as a multiple of the same hour of the last seven days, in cost and in tokens. */
  COST_HOUR_RATIO: 'bedrock.signal.cost.hour.ratio',
  TOKENS_HOUR_RATIO: 'bedrock.signal.tokens.hour.ratio',
  /** Growth of the last seven days against the seven before, in percent. Less is negative. */
  TOKENS_WEEK_GROWTH: 'bedrock.signal.tokens.week.growth.percent',
  /** p95 latency of yesterday as a multiple of that of the seven days before. */
  LATENCY_DAY_RATIO: 'bedrock.signal.latency.day.ratio',
  /** Percentage points by which the cache hit rate of the last 24 hours is below that of the seven days before. */
  CACHE_HIT_DROP: 'bedrock.signal.cache.hit.drop',
  /** Models of which every recent call failed. */
  MODELS_UNAVAILABLE: 'bedrock.signal.models.unavailable',
  /** The share of the most expensive model in the cost of 24 hours, in percent. */
  MODEL_SHARE: 'bedrock.signal.model.share.percent',
  /** The cost of 24 hours as a multiple of the average day, of the caller where it is highest. */
  CALLER_DAY_RATIO: 'bedrock.signal.caller.day.ratio',
  /** Input tokens for each output token of the last hour. */
  INPUT_OUTPUT_RATIO: 'bedrock.signal.input.output.ratio',
  /** Tokens of the largest call of the last hour, without those read from the cache. */
  LARGEST_CALL: 'bedrock.signal.call.largest.tokens',
  /** Tokens that one caller sent in 24 hours in large prompts with tiny answers, of the caller with most of them. */
  WASTED_TOKENS: 'bedrock.signal.caller.wasted.tokens',
  /** p95 latency of the slowest cross-Region profile, in milliseconds. */
  CROSS_REGION_LATENCY: 'bedrock.signal.cross.region.latency.ms',
  /** Of components in spans, in 15 minutes: the errors of the worst, and the p95 latency of the slowest in milliseconds. */
  COMPONENT_ERRORS: 'bedrock.signal.component.errors',
  COMPONENT_LATENCY: 'bedrock.signal.component.latency.ms',
  /** Tokens a minute in percent of the quota, of the model closest to it. */
  QUOTA_USAGE: 'bedrock.signal.quota.usage.percent',
  /** Models in use whose quota is unknown. */
  QUOTA_UNKNOWN: 'bedrock.signal.quota.unknown',
  /** Changes of the account's logging configuration by roles that are not expected to, and records that go elsewhere. */
  LOGGING_CHANGED: 'bedrock.signal.logging.changed',
  /** USD of a budget's day or month so far, and what the whole will come to. */
  BUDGET_SPENT: 'bedrock.budget.spent.usd',
  BUDGET_FORECAST: 'bedrock.budget.forecast.usd',
} as const;

/**
 * Metrics of what no invocation record describes, in the namespace of the meter, each in total and by source. They are in no metric
 * of the meter.
 */
export const UnrecordedMetrics = {
  /** USD, estimated from the price list, at the lowest where only bounds are known. What has no price adds nothing. */
  COST: 'llm.cost.unrecorded.usd',
  /** USD by which the cost could be higher. */
  COST_UNCERTAINTY: 'llm.cost.unrecorded.uncertainty.usd',
  /** Ledger lines with a price, and without one. */
  PRICED: 'bedrock.unrecorded.priced',
  UNPRICED: 'bedrock.unrecorded.unpriced',
  /** Questions to AWS that failed: what they are about is in no figure of their hour. */
  FAILED: 'bedrock.unrecorded.failed',
} as const;

/** The schedules of the alarm signals. Those of Quarter are the quotas, those of HalfDay read a week of the ledger. */
export const SignalSchedules = { FIVE_MINUTES: 'FiveMinutes', QUARTER: 'Quarter', HOUR: 'Hour', HALF_DAY: 'HalfDay' } as const;

/** Metrics of the daily refresh of the prices, in the namespace of the meter. */
export const PriceMetrics = {
  /** Hours since the prices in use were refreshed: 0 right after a refresh. */
  AGE: 'bedrock.prices.age.hours',
  /** 1 for a refresh that failed or was refused, else 0. */
  FAILED: 'bedrock.prices.refresh.failed',
  /** Rows of the price list by the state in which each ends. */
  ROWS_PRICED: 'bedrock.prices.rows.priced',
  ROWS_EXCLUDED: 'bedrock.prices.rows.excluded',
  ROWS_UNCLASSIFIED: 'bedrock.prices.rows.unclassified',
  /** The unclassified rows that price tokens. */
  ROWS_UNCLASSIFIED_TOKENS: 'bedrock.prices.rows.unclassified.tokens',
  /** Those of them that the last refresh did not have; 0 on the first. */
  ROWS_UNCLASSIFIED_NEW: 'bedrock.prices.rows.unclassified.new',
  /** Prices that are different since the last refresh; 0 on the first, which has nothing to compare with. */
  CHANGED: 'bedrock.prices.changed',
  /** Prices that differ and are not applied: they moved too far, contradict each other, or the catalogue says why it keeps its own. */
  QUARANTINED: 'bedrock.prices.quarantined',
  /** Those of them that the last refresh did not have; 0 on the first. */
  QUARANTINED_NEW: 'bedrock.prices.quarantined.new',
  /** Models that can be called in the Region and have no price there. */
  GAPS: 'bedrock.prices.gaps',
} as const;

/** Metrics of the daily reconciliation with the bill, in the namespace of the meter. */
export const BillMetrics = {
  /** What our figures put wrong of what is billed for recorded calls, model by model, in percent. Absent where it is unknown. */
  DRIFT: 'llm.cost.drift.percent',
  /** USD billed in the days that were compared, and our figure for the same days. */
  BILLED: 'bedrock.bill.billed.usd',
  OURS: 'bedrock.bill.ours.usd',
  /** USD of these that Bedrock bills without an invocation record. */
  UNSEEN: 'bedrock.bill.unseen.usd',
  /** Hours from the end of the last day on the bill until it was read. */
  LAG: 'bedrock.bill.lag.hours',
  /** Comparisons with a bill that was there. Alarms watch for their absence, because then the drift is unknown. */
  RUNS: 'bedrock.bill.reconciliations',
} as const;
/** The price of a token, or of a unit, in USD: over OTLP only, and where it is asked for. */
export const MODEL_PRICE = 'gen_ai_model_price';

/**
 * Cost by another attribute than the model, over OTLP. Backends add up all series of a name: with the total and each breakdown
 * under one name every dollar would be counted several times.
 */
export const costBy = (attribute: string): string => `${Metrics.COST}.by.${attribute}`;

/** Accounts and Regions of an organization whose records are metered in one account. */
export const MemberMetrics = {
  /** Members of which calls or records are known. */
  WATCHED: 'bedrock.members.watched',
  /** Of these, members that call models and of which no record arrives, and of which fewer arrive than there are calls. */
  SILENT: 'bedrock.members.silent',
  INCOMPLETE: 'bedrock.members.incomplete',
  /** Over all members, in the last hour that is complete: calls that succeeded, and those that failed for a reason of Bedrock. */
  CALLS: 'bedrock.members.calls',
  ERRORS: 'bedrock.members.errors',
  THROTTLES: 'bedrock.members.throttles',
} as const;

/** Attribute names, which are dimensions in CloudWatch. */
export const Attributes = {
  REQUEST_MODEL: 'gen_ai.request.model',
  TOKEN_TYPE: 'gen_ai.token.type',
  OPERATION: 'gen_ai.operation.name',
  PROVIDER: 'gen_ai.provider.name',
  AGENT: 'gen_ai.agent.name',
  TOOL: 'gen_ai.tool.name',
  CALLER: 'aws.principal',
  /** The role behind the caller, without the name of its session. */
  ROLE: 'aws.principal.role',
  APPLICATION_PROFILE: 'aws.bedrock.application_inference_profile',
  /** The account that called, and the Region that was called: names of the OpenTelemetry conventions for resources. */
  ACCOUNT: 'cloud.account.id',
  REGION: 'cloud.region',
  /** What a metric of unrecorded usage is made of: a source of the ledger. */
  SOURCE: 'bedrock.source',
  /** What a price is for, in the words of the catalogue, and the service tier at which it holds. */
  PRICE_KIND: 'bedrock.price.kind',
  PRICE_TIER: 'bedrock.price.tier',
  /** The name of the budget of a running total. */
  BUDGET: 'bedrock.budget',
  /** The schedule of a run of the alarm signals: one of SignalSchedules. */
  SCHEDULE: 'bedrock.schedule',
  /** What comes before the key of an allow-listed entry of the request metadata. */
  REQUEST_METADATA_PREFIX: 'aws.bedrock.request_metadata.',
} as const;

/**
 * Values of `gen_ai.token.type`. The convention has `input` and `output`. Bedrock bills cache reads and writes at prices of
 * their own, so they have types of their own here, `input` leaves them out, and the sum of all types is what was billed.
 */
export const TokenTypes = {
  INPUT: 'input',
  OUTPUT: 'output',
  CACHE_READ: 'cache_read',
  CACHE_WRITE: 'cache_write',
  /** Images, seconds, search units and the like. They have a cost and no tokens. */
  UNITS: 'units',
} as const;

/**
 * How many values of a dimension have metrics of their own at a time; further ones become `other`. SUM is the most that the
 * model and all further dimensions may have together, with `other` in each.
 */
export const DIMENSION_CAP = { DEFAULT: 50, MAX: 500, SUM: 1990 } as const;

/** The largest cap with which the values of the model and of some further dimensions, and `other` in each, keep to the sum. */
export const capForDimensions = (dimensions: number): number =>
  Math.min(DIMENSION_CAP.MAX, Math.floor(DIMENSION_CAP.SUM / (dimensions + 1)) - 1);

/** Sets of attributes that a metric may have in a minute: those of DIMENSION_CAP.SUM, the total, and one for each type of tokens. */
export const MAX_ATTRIBUTE_SETS = 2000;

/** The value that stands for all others once a dimension has reached its cap. */
export const OTHER = 'other';
