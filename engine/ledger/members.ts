/** Version of the line's format, and the value of the member `ledger`. */
export const LEDGER_VERSION = 1;

/**
 * The members of a ledger line, as Logs Insights names them. Whoever writes or asks for one takes its name from here;
 * docs/ledger.md describes each.
 */
export const Member = {
  LEDGER: 'ledger',
  TIME: 'time',
  STATUS: 'status',
  REASON: 'reason',
  REQUEST_ID: 'requestId',
  ACCOUNT_ID: 'accountId',
  REGION: 'region',
  INFERENCE_REGION: 'inferenceRegion',
  MODEL_ID: 'modelId',
  MODEL: 'model',
  ROUTING: 'routing',
  OPERATION: 'operation',
  CALLER: 'caller',
  TOKENS_INPUT: 'tokens.input',
  TOKENS_OUTPUT: 'tokens.output',
  TOKENS_CACHE_READ: 'tokens.cacheRead',
  TOKENS_CACHE_WRITE_5M: 'tokens.cacheWrite5m',
  TOKENS_CACHE_WRITE_1H: 'tokens.cacheWrite1h',
  TOKENS_CACHE_WRITE: 'tokens.cacheWrite',
  UNITS: 'units',
  COST_USD: 'costUsd',
  COST_HIGH_USD: 'costHighUsd',
  PRICE_ROW: 'priceRow',
  FLAGS: 'flags',
  ERROR_CODE: 'errorCode',
  SERVICE_TIER: 'serviceTier',
  STOP_REASON: 'stopReason',
  LATENCY_MS: 'latencyMs',
  FIRST_BYTE_MS: 'firstByteMs',
  MAX_TOKENS: 'maxTokens',
  TEMPERATURE: 'temperature',
  GUARDRAIL: 'guardrail',
  METADATA: 'metadata',
  PROMPT_HASH: 'promptHash',
} as const;

/** Members that hold objects: a query names what is inside, for example `metadata.team`. */
export const OBJECT_MEMBERS: readonly string[] = [Member.UNITS, Member.METADATA];

/** A Logs Insights expression that keeps ledger lines and nothing else of the meter's log group. */
export const IS_LEDGER = `${Member.LEDGER} = ${LEDGER_VERSION}`;

/** A Logs Insights expression: tokens that were written to the prompt cache. A line leaves out counts of zero. */
const CACHE_WRITTEN = [Member.TOKENS_CACHE_WRITE_5M, Member.TOKENS_CACHE_WRITE_1H, Member.TOKENS_CACHE_WRITE]
  .map((member) => `coalesce(${member}, 0)`)
  .join(' + ');

/** A Logs Insights expression: input tokens without those read from the prompt cache, which cost about a tenth. */
export const UNCACHED_INPUT = `coalesce(${Member.TOKENS_INPUT}, 0) + ${CACHE_WRITTEN}`;

/** A Logs Insights expression: all input tokens, cached or not. */
export const ALL_INPUT = `${UNCACHED_INPUT} + coalesce(${Member.TOKENS_CACHE_READ}, 0)`;
