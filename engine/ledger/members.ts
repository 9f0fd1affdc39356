/** Version of the line's format, and the value of the member `ledger`. */
export const LEDGER_VERSION = 1;

/**
 * The members of a ledger line, under the names that Logs Insights gives them. The writer, every query and every reader take
 * their names from here; docs/ledger.md says what each member holds.
 */
export const Member = {
  ledger: 'ledger',
  time: 'time',
  status: 'status',
  reason: 'reason',
  requestId: 'requestId',
  eventId: 'eventId',
  source: 'source',
  accountId: 'accountId',
  region: 'region',
  inferenceRegion: 'inferenceRegion',
  modelId: 'modelId',
  model: 'model',
  modelName: 'modelName',
  routing: 'routing',
  profile: 'profile',
  operation: 'operation',
  caller: 'caller',
  role: 'role',
  tokens: {
    input: 'tokens.input',
    output: 'tokens.output',
    cacheRead: 'tokens.cacheRead',
    cacheWrite5m: 'tokens.cacheWrite5m',
    cacheWrite1h: 'tokens.cacheWrite1h',
    cacheWrite: 'tokens.cacheWrite',
  },
  /** An object: a query names what is inside, for example `units.image`. */
  units: 'units',
  costUsd: 'costUsd',
  costHighUsd: 'costHighUsd',
  priceRow: 'priceRow',
  priceTier: 'priceTier',
  priceContext: 'priceContext',
  priceBasis: 'priceBasis',
  /** Two objects: a query names what is inside, for example `unitPrices.input`. */
  unitPrices: 'unitPrices',
  unitPricesHigh: 'unitPricesHigh',
  flags: 'flags',
  errorCode: 'errorCode',
  serviceTier: 'serviceTier',
  stopReason: 'stopReason',
  latencyMs: 'latencyMs',
  firstByteMs: 'firstByteMs',
  maxTokens: 'maxTokens',
  temperature: 'temperature',
  guardrail: 'guardrail',
  /** An object: a query names what is inside, for example `metadata.team`. */
  metadata: 'metadata',
  promptHash: 'promptHash',
} as const;

/**
 * What a line without an invocation record is made of, as the member `source` names it. Lines of records have no `source`, so
 * that sums over both can tell them apart.
 */
export const SOURCES = ['batch', 'provisioned', 'reserved', 'customModel', 'guardrail', 'mantle'] as const;
export type Source = (typeof SOURCES)[number];

/** How every ledger line begins. The meter writes metric lines and notices to the same log group. */
export const LEDGER_LINE_START = `{"${Member.ledger}":${LEDGER_VERSION},`;

/** A filter pattern of CloudWatch Logs: ledger lines, and nothing else in their log group. */
export const LEDGER_LINE_PATTERN = `{ $.${Member.ledger} = ${LEDGER_VERSION} }`;

/** A Logs Insights expression: true for ledger lines, and for nothing else in the meter's log group. */
export const IS_LEDGER = `${Member.ledger} = ${LEDGER_VERSION}`;

/** A Logs Insights expression: tokens written to the prompt cache. A line leaves out counts of zero. */
export const CACHE_WRITTEN = [Member.tokens.cacheWrite5m, Member.tokens.cacheWrite1h, Member.tokens.cacheWrite]
  .map((member) => `coalesce(${member}, 0)`)
  .join(' + ');

/** A Logs Insights expression: input tokens without those read from the prompt cache, which cost about a tenth. */
const UNCACHED_INPUT = `coalesce(${Member.tokens.input}, 0) + ${CACHE_WRITTEN}`;

/** A Logs Insights expression: all input tokens, cached or not. */
export const ALL_INPUT = `${UNCACHED_INPUT} + coalesce(${Member.tokens.cacheRead}, 0)`;
