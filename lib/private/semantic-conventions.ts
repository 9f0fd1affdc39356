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
  RECORDS_POISON: 'bedrock.records.poison',
} as const;

/** Attribute names: dimensions on CloudWatch, attributes on OTLP. */
export const Attributes = {
  REQUEST_MODEL: 'gen_ai.request.model',
  TOKEN_TYPE: 'gen_ai.token.type',
  OPERATION: 'gen_ai.operation.name',
  PROVIDER: 'gen_ai.provider.name',
  CALLER: 'aws.principal',
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

/** The value that takes the rest once a dimension has reached its cap. */
export const OTHER = 'other';
