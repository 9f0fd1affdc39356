import { DashboardSources } from '../../dashboard-sources';

/** Which log group a query reads. */
export enum QuerySource {
  LEDGER = 'ledger',
  INVOCATIONS = 'invocations',
  TRAIL = 'trail',
  SPANS = 'spans',
}

/** A question that needs a query. */
export interface LogQuery {
  /** The name of the widget, or of the saved query where no widget shows it. */
  readonly id: string;
  readonly title: string;
  readonly source: QuerySource;
  readonly lines: readonly string[];
}

/** Every call has one line; lines of records that could not be read are no calls. */
const CALLS = 'filter ledger = 1 and status != "malformed"';

/** The ledger leaves out what is zero. */
const INPUT_TOKENS =
  'tokens.input + coalesce(tokens.cacheRead, 0) + coalesce(tokens.cacheWrite, 0) + coalesce(tokens.cacheWrite5m, 0) + coalesce(tokens.cacheWrite1h, 0)';
const WITH_INPUT = `fields ${INPUT_TOKENS} as inputTokens, coalesce(model, modelId) as calledModel`;

function ledger(id: string, title: string, ...lines: string[]): LogQuery {
  return { id, title, source: QuerySource.LEDGER, lines: [CALLS, ...lines] };
}

/** The queries over the ledger, by the name of the widget or saved query. */
export const LEDGER_QUERIES = {
  stopReasons: ledger(
    'StopReasons',
    'Why answers end, by model',
    'filter ispresent(stopReason)',
    'fields concat(coalesce(model, modelId), ": ", stopReason) as ending',
    'stats count(*) as calls by ending',
    'sort calls desc',
    'limit 25',
  ),
  wastedInput: ledger(
    'WastedInput',
    'Long prompts with short answers (over 2,000 tokens in, under 200 out)',
    WITH_INPUT,
    'filter inputTokens > 2000 and tokens.output < 200',
    'stats count(*) as calls, sum(inputTokens) as tokensIn, sum(tokens.output) as tokensOut, sum(costUsd) as usd by calledModel, operation, caller',
    'sort tokensIn desc',
    'limit 25',
  ),
  latencyByRegion: ledger(
    'LatencyByRegion',
    'Latency by the Region that served the call (ms)',
    'filter ispresent(latencyMs)',
    'fields coalesce(model, modelId) as calledModel, coalesce(inferenceRegion, region) as servedIn',
    'stats count(*) as calls, avg(latencyMs) as mean, pct(latencyMs, 50) as p50, pct(latencyMs, 95) as p95, pct(latencyMs, 99) as p99, stddev(latencyMs) as deviation by calledModel, region, servedIn',
    'sort p95 desc',
    'limit 50',
  ),
  repeatedPrompts: ledger(
    'RepeatedPrompts',
    'Repeated prompts that could be cached (by hash)',
    'filter ispresent(promptHash)',
    WITH_INPUT,
    'stats count(*) as calls, sum(inputTokens) as tokensIn, sum(tokens.cacheRead) as readFromCache, sum(costUsd) as usd by promptHash, calledModel',
    'filter calls > 1',
    'sort tokensIn desc',
    'limit 25',
  ),
  topCallers: ledger(
    'TopCallers',
    'Top ten callers by cost (USD)',
    'stats sum(costUsd) as usd, count(*) as calls, count(costUsd) as pricedCalls, usd / pricedCalls as usdPerCall by caller',
    'sort usd desc',
    'limit 10',
  ),
  latestCalls: ledger(
    'LatestCalls',
    'The latest 200 calls',
    'fields time, coalesce(model, modelId) as calledModel, caller, temperature, maxTokens, tokens.input, tokens.cacheRead, tokens.output, stopReason, errorCode, costUsd',
    'sort @timestamp desc',
    'limit 200',
    'display time, calledModel, caller, temperature, maxTokens, tokens.input, tokens.cacheRead, tokens.output, stopReason, errorCode, costUsd',
  ),
  heaviestCalls: ledger(
    'HeaviestCalls',
    'The ten heaviest calls by tokens',
    'filter ispresent(tokens.input)',
    `fields ${INPUT_TOKENS} + tokens.output as allTokens, coalesce(model, modelId) as calledModel`,
    'sort allTokens desc',
    'limit 10',
    'display time, requestId, calledModel, caller, allTokens, tokens.input, tokens.output, latencyMs, costUsd',
  ),
  errors: ledger(
    'ErrorDetails',
    'Errors by code, model and caller',
    'filter ispresent(errorCode)',
    'stats count(*) as calls, latest(time) as lastSeen, latest(requestId) as lastRequest by errorCode, modelId, caller',
    'sort calls desc',
    'limit 50',
  ),
  whoCalledWhat: ledger(
    'WhoCalledWhat',
    'Who called what',
    'stats count(*) as calls, count(errorCode) as failed, sum(costUsd) as usd, latest(time) as lastSeen by caller, modelId, operation',
    'sort calls desc',
    'limit 100',
  ),
  refusedCalls: ledger(
    'RefusedCalls',
    'Calls that were refused: no permission, or stopped by a guardrail',
    'filter errorCode = "AccessDeniedException" or guardrail = "INTERVENED" or stopReason = "guardrail_intervened"',
    'stats count(*) as calls, latest(time) as lastSeen by caller, modelId, errorCode',
    'sort calls desc',
    'limit 50',
  ),
  unpricedCalls: ledger(
    'UnpricedCalls',
    'Calls without a price, and why',
    'filter status = "unpriced"',
    `fields ${INPUT_TOKENS} as inputTokens`,
    'stats count(*) as calls, sum(inputTokens) as tokensIn, sum(tokens.output) as tokensOut by modelId, reason',
    'sort calls desc',
    'limit 50',
  ),
  pricesUsed: ledger(
    'PricesUsed',
    'Price rows that were used',
    'filter ispresent(priceRow)',
    'stats count(*) as calls, sum(costUsd) as usd by priceRow, priceSource, routing',
    'sort usd desc',
    'limit 100',
  ),
  uncertainCost: ledger(
    'UncertainCost',
    'Cost that may be higher: cache writes of unknown lifetime (USD)',
    'filter ispresent(costHighUsd)',
    'stats count(*) as calls, sum(costUsd) as atLeast, sum(costHighUsd) as atMost by modelId',
    'sort atMost desc',
    'limit 50',
  ),
  dailyCost: ledger(
    'DailyCost',
    'Cost by day and model (USD)',
    'fields datefloor(@timestamp, 1d) as day',
    'stats sum(costUsd) as usd, count(*) as calls by day, modelId',
    'sort day desc',
    'limit 1000',
  ),
} satisfies Record<string, LogQuery>;

/** Cost by the owner that callers name in their request metadata; what nobody owns is shown as such. */
export function costByOwner(ownerMetadataKey: string): LogQuery {
  return ledger(
    'CostByOwner',
    `Cost by ${ownerMetadataKey} (USD)`,
    `fields coalesce(${field(`metadata.${ownerMetadataKey}`)}, "unallocated") as owner`,
    'stats sum(costUsd) as usd by owner',
    'sort usd desc',
    'limit 25',
  );
}

export function tokensByOwner(ownerMetadataKey: string): LogQuery {
  return ledger(
    'TokensByOwner',
    `Tokens and cost by ${ownerMetadataKey}`,
    WITH_INPUT,
    `fields coalesce(${field(`metadata.${ownerMetadataKey}`)}, "unallocated") as owner`,
    'stats count(*) as calls, sum(inputTokens) as tokensIn, sum(tokens.output) as tokensOut, sum(costUsd) as usd by owner, calledModel',
    'sort usd desc',
    'limit 50',
  );
}

/** Queries over the spans of Transaction Search. */
export const SPAN_QUERIES = {
  traces: spans('Traces', 'Traces, and those with errors, by hour', 'stats count_distinct(traceId) as traces by bin(1h), status.code'),
  failingComponents: spans(
    'FailingComponents',
    'Components that fail',
    'filter status.code = "ERROR"',
    'stats count_distinct(traceId) as traces, earliest(status.message) as firstMessage by name, resource.attributes.service.name, attributes.http.response.status_code',
    'sort traces desc',
    'limit 50',
  ),
  componentLatency: spans(
    'ComponentLatency',
    'Latency and time spent by component and hour (ms)',
    'fields durationNano / 1000000 as ms, datefloor(@timestamp, 1h) as hour',
    'stats count(*) as spans, pct(ms, 50) as p50, pct(ms, 95) as p95, pct(ms, 99) as p99, sum(ms) as total by hour, name',
    'sort total desc',
    'limit 100',
  ),
  slowestTraces: spans(
    'SlowestTraces',
    'The slowest requests',
    'filter ispresent(durationNano)',
    'fields durationNano / 1000000 as ms',
    'stats max(ms) as longestSpan, count(*) as spans, sum(attributes.gen_ai.usage.input_tokens) as tokensIn, sum(attributes.gen_ai.usage.output_tokens) as tokensOut by traceId',
    'sort longestSpan desc',
    'limit 50',
  ),
} satisfies Record<string, LogQuery>;

export const TRAIL_QUERIES = {
  loggingChanges: {
    id: 'LoggingChanges',
    title: 'Changes of the invocation logging',
    source: QuerySource.TRAIL,
    lines: [
      'filter eventSource = "bedrock.amazonaws.com" and eventName in ["PutModelInvocationLoggingConfiguration", "DeleteModelInvocationLoggingConfiguration"]',
      'fields eventTime, eventName, userIdentity.arn, sourceIPAddress, errorCode',
      'sort @timestamp desc',
      'limit 50',
    ],
  },
} satisfies Record<string, LogQuery>;

/** Queries that show prompts: saved under a name that says so, and on no dashboard. */
export const PROMPT_QUERIES = {
  oneCall: {
    id: 'OneCall',
    title: 'READS PROMPTS: one call by its request id',
    source: QuerySource.INVOCATIONS,
    lines: ['filter requestId = "put the request id here"', 'fields @timestamp, @message', 'limit 5'],
  },
} satisfies Record<string, LogQuery>;

/** Every query that the sources can answer, for saving. */
export function savedQueries({ ownerMetadataKey, promptsHashed, ...sources }: DashboardSources): LogQuery[] {
  const { repeatedPrompts, ...ledgerQueries } = LEDGER_QUERIES;
  return [
    ...(sources.ledgerLogGroup ? Object.values(ledgerQueries) : []),
    ...(sources.ledgerLogGroup && promptsHashed ? [repeatedPrompts] : []),
    ...(sources.ledgerLogGroup && ownerMetadataKey !== undefined ? [costByOwner(ownerMetadataKey), tokensByOwner(ownerMetadataKey)] : []),
    ...(sources.spansLogGroup ? Object.values(SPAN_QUERIES) : []),
    ...(sources.trailLogGroup ? Object.values(TRAIL_QUERIES) : []),
    ...(sources.invocationLogGroup ? Object.values(PROMPT_QUERIES) : []),
  ];
}

/** Names with anything but letters, digits, dots and @ stand in backticks. */
function field(name: string): string {
  return /^[A-Za-z0-9_.@]+$/.test(name) ? name : `\`${name}\``;
}

function spans(id: string, title: string, ...lines: string[]): LogQuery {
  return { id, title, source: QuerySource.SPANS, lines: ['filter ispresent(traceId)', ...lines] };
}
