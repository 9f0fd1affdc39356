import { Member } from './members';

/** Types of the table, in the words of Athena. The first four are those of single values. */
export type ColumnType =
  'string' | 'bigint' | 'double' | 'timestamp' | 'array<string>' | 'map<string,string>' | 'map<string,double>' | 'map<string,bigint>';

/** A column of the ledger as a table. */
export interface LedgerColumn {
  /** In lower case, which Glue and Firehose need. */
  readonly name: string;
  readonly type: ColumnType;
  /** What it is, in Markdown: docs/ledger.md shows it as it is, the table has it without links. */
  readonly comment: string;
  /** The names in a line of JSON, from the outer to the inner. Absent where no line has it. */
  readonly path?: readonly string[];
}

type Names<T> = { [K in keyof T]: T[K] extends string ? K : Names<T[K]> };
type Column = readonly [name: string, type: ColumnType, comment: string];
/** A column for each member, nested as the members are: a member without one does not compile. */
type ColumnsOf<T> = { readonly [K in keyof T]: T[K] extends string ? Column : ColumnsOf<T[K]> };

/**
 * Every member of a ledger line as a column: the one place where its type stands. What callers choose is a double, because a
 * number that does not fit its type would cost the row.
 */
const COLUMNS: ColumnsOf<Names<typeof Member>> = {
  ledger: ['ledger', 'bigint', 'version of this format: 1. Only ledger lines have it'],
  time: ['time', 'timestamp', 'when the call happened, ISO 8601 in UTC. The timestamp of the log event is when the line was written'],
  status: ['status', 'string', '`priced`, `unpriced`, `ignored` or `malformed`'],
  reason: ['reason', 'string', 'why the call has no price, see [records](records.md)'],
  requestId: ['request_id', 'string', 'of the call: the same as in CloudTrail and in the header of the response'],
  eventId: ['event_id', 'string', 'of the log event that held the record, where the record has no request id or a masked one'],
  source: [
    'source',
    'string',
    'what the line is made of where there is no invocation record: `batch`, `provisioned`, `reserved`, `customModel`, `guardrail` or `mantle`, see [unrecorded usage](unrecorded-usage.md). Lines of records have none',
  ],
  accountId: ['account_id', 'string', 'the account that called'],
  region: ['region', 'string', 'the Region that was called'],
  inferenceRegion: ['inference_region', 'string', 'the Region that ran the call, for cross-Region inference'],
  modelId: ['model_id', 'string', 'the model, profile or ARN as it was called'],
  model: ['model', 'string', 'the foundation model whose price was used'],
  modelName: ['model_name', 'string', 'the name of that model as people say it, which dashboards show. Calls that failed have it, too'],
  routing: ['routing', 'string', '`regional` or `global`'],
  profile: ['profile', 'string', 'the ARN of the application inference profile that was called'],
  operation: ['operation', 'string', '`Converse`, `InvokeModel` …'],
  caller: ['caller', 'string', '`identity.arn` of the record: for a role, with the name of the session'],
  role: ['role', 'string', '`caller` without the name of the session. Of a user, and of every other principal, the same as `caller`'],
  tokens: {
    input: [
      'input_tokens',
      'bigint',
      'input tokens that were neither read from nor written to the prompt cache. There wherever tokens are known',
    ],
    output: ['output_tokens', 'bigint', 'output tokens. There wherever tokens are known'],
    cacheRead: ['cache_read_tokens', 'bigint', 'input tokens read from the prompt cache, where not 0. The same holds for the following'],
    cacheWrite5m: ['cache_write_5m_tokens', 'bigint', 'input tokens written to the prompt cache for 5 minutes'],
    cacheWrite1h: ['cache_write_1h_tokens', 'bigint', 'input tokens written to the prompt cache for an hour'],
    cacheWrite: ['cache_write_tokens', 'bigint', 'input tokens written to the prompt cache, where the record does not say for how long'],
  },
  units: [
    'units',
    'map<string,double>',
    'what is billed and is not one of these tokens, by kind: `image`, `second`, `searchUnit`, `topicPolicyUnit` of a guardrail …',
  ],
  costUsd: ['cost_pico', 'bigint', 'USD, where the call has a price. In the table a whole number of 10⁻¹² USD'],
  costHighUsd: [
    'cost_high_pico',
    'bigint',
    'USD, where the record leaves open which price holds: the cost is between `costUsd` and this. In the table a whole number of 10⁻¹² USD',
  ],
  priceRow: ['price_row', 'string', 'the row of the price list that was used; `npx cdk-bedrock-observability price` explains it'],
  priceTier: ['price_tier', 'string', 'the tier of that row. This and the following four only where there is a table'],
  priceContext: ['price_context', 'string', 'the tokens of context for which that row holds, where it does not hold for any number'],
  priceBasis: ['price_basis', 'string', 'whose price it is: `published`, or your `discount` or `override`'],
  unitPrices: [
    'unit_prices',
    'map<string,bigint>',
    'what one token or unit cost, by kind, in 10⁻¹² USD: the lowest where it is open which price holds',
  ],
  unitPricesHigh: ['unit_prices_high', 'map<string,bigint>', 'the highest of them, where it differs'],
  flags: ['flags', 'array<string>', 'what makes the line less than certain: see [flags](records.md#flags)'],
  errorCode: ['error_code', 'string', 'of a call that failed'],
  serviceTier: ['service_tier', 'string', 'the tier of the price, where it is not `standard`'],
  stopReason: ['stop_reason', 'string', 'why the answer ended. This and the following only where bodies are logged'],
  latencyMs: ['latency_ms', 'double', 'milliseconds from request to last token'],
  firstByteMs: ['first_byte_ms', 'double', 'milliseconds from request to first token'],
  maxTokens: ['max_tokens', 'double', 'the limit of output tokens in the request'],
  temperature: ['temperature', 'double', 'the temperature in the request'],
  guardrail: ['guardrail', 'string', 'what a guardrail did: `INTERVENED`, `NONE` or `other`'],
  metadata: ['metadata', 'map<string,string>', 'the allow-listed keys of the request metadata'],
  promptHash: ['prompt_hash', 'string', 'HMAC-SHA-256 of the prompt, where a key was given'],
};

/**
 * When the row was made, by the clock of the function. The table is partitioned by its day, and not by that of the call: records
 * that come late, and callers whose clock is wrong, then open no partitions, and what is too old to keep is whole partitions.
 */
const WRITTEN_AT: LedgerColumn = {
  name: 'written_at',
  type: 'timestamp',
  comment: 'when the row was written. The table is partitioned by its day',
};

function columnsBelow(columns: object, path: readonly string[]): LedgerColumn[] {
  return Object.entries(columns).flatMap(([key, value]: [string, Column | object]) => {
    const below = [...path, key];
    if (!Array.isArray(value)) return columnsBelow(value, below);
    const [name, type, comment] = value as unknown as Column;
    return [{ name, type, comment, path: below }];
  });
}

/** The columns of the table, in their order. */
export const LEDGER_COLUMNS: readonly LedgerColumn[] = [...columnsBelow(COLUMNS, []), WRITTEN_AT];

/** The text of a comment: without links, and without quotes, which would end it. */
export const plainComment = ({ comment }: LedgerColumn): string =>
  comment
    .replaceAll(/\[([^\]]+)\]\([^)]*\)/g, '$1')
    .replaceAll('`', '')
    .replaceAll("'", '’');
