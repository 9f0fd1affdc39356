import { Audience } from '../../audience';
import { DashboardSources } from '../../dashboard-sources';
import { WidgetShape } from '../../widget-shape';
import { CALL, CALL_OF_LINE, oneRowPerCall } from '../../../engine/ledger/calls';
import { ALL_INPUT, IS_LEDGER, Member } from '../../../engine/ledger/members';
import { COST, COST_QUERIES, costBy, SENT, TOKENS } from './ledger-cost-queries';
import { field, LogQuery } from './log-query';

const { DEVELOPER, DEVOPS, FINOPS, SECURITY } = Audience;
const { TABLE, QUERY_BARS, QUERY_PIE } = WidgetShape;

const { caller, costUsd, errorCode, guardrail, inferenceRegion, latencyMs, maxTokens, metadata, model, modelId } = Member;
const { operation, promptHash, region, requestId, status, stopReason, temperature, time, tokens } = Member;

/** The ledger has one line for each call, and lines for records that could not be read, which are not calls. */
const CALLS = `filter ${IS_LEDGER} and ${status} != "malformed"`;

/** The id in the request, where the catalogue does not know the model. */
const CALLED_MODEL = `coalesce(${model}, ${modelId}) as calledModel`;

/** One row for each call, with the name of its model: the lines of a call can differ in whether they have a price. */
function callsByModel({ computed, keys = [], values }: Parameters<typeof oneRowPerCall>[0]): string[] {
  return [
    ...oneRowPerCall({ computed, keys: [modelId, ...keys], values: [`sortsLast(${model}) as pricedModel`, ...values] }),
    `fields coalesce(pricedModel, ${modelId}) as calledModel`,
  ];
}

/**
 * The queries over the ledger. A further saved query is one more entry, and so is a further table on a dashboard, which has a
 * widget too; widgets have the order of the list. Each view of a widget runs its query, and CloudWatch bills the bytes it
 * scans: an audience should have at most four. Each call counts once, however many lines it has.
 */
const QUERIES: readonly LogQuery[] = [
  {
    id: 'StopReasons',
    title: 'Why answers end, by model',
    widget: { audiences: [DEVOPS], question: 'why do answers end, by model', shape: QUERY_BARS, needsLoggedText: true },
    lines: [
      `filter ispresent(${stopReason})`,
      ...callsByModel({ values: [`sortsLast(${stopReason}) as lastReason`] }),
      'fields concat(calledModel, ": ", lastReason) as ending',
      'stats count(*) as calls by ending',
      'sort calls desc',
      'limit 25',
    ],
  },
  {
    id: 'WastedInput',
    title: 'Long prompts with short answers (over 2,000 tokens in, under 200 out)',
    widget: { audiences: [DEVOPS], question: 'who wastes tokens', shape: TABLE },
    lines: [
      ...callsByModel({ computed: [SENT], keys: [operation, caller], values: [...TOKENS, COST] }),
      'filter inputTokens > 2000 and outputTokens < 200',
      `stats count(*) as calls, sum(inputTokens) as tokensIn, sum(outputTokens) as tokensOut, sum(cost) as usd by calledModel, ${operation}, ${caller}`,
      'sort tokensIn desc',
      'limit 25',
    ],
  },
  {
    id: 'LatencyByRegion',
    title: 'Latency by the Region that served the call (ms)',
    widget: { audiences: [DEVOPS], question: 'which Region serves slowly', shape: TABLE, needsLoggedText: true },
    lines: [
      `filter ispresent(${latencyMs})`,
      ...callsByModel({ keys: [region], values: [`max(${latencyMs}) as latency`, `sortsLast(${inferenceRegion}) as otherRegion`] }),
      `fields coalesce(otherRegion, ${region}) as servedIn`,
      `stats count(*) as calls, avg(latency) as mean, pct(latency, 50) as p50, pct(latency, 95) as p95, pct(latency, 99) as p99, stddev(latency) as deviation by calledModel, ${region}, servedIn`,
      'sort p95 desc',
      'limit 50',
    ],
  },
  {
    id: 'TopCallers',
    title: 'Top ten callers by cost (USD)',
    widget: { audiences: [FINOPS], question: 'who spends most', shape: TABLE },
    lines: [...costBy([caller]), 'limit 10'],
  },
  {
    id: 'HeaviestCalls',
    title: 'The ten heaviest calls by tokens',
    widget: { audiences: [FINOPS, DEVELOPER], question: 'which calls are the heaviest', shape: TABLE },
    lines: [
      `filter ispresent(${tokens.input})`,
      `fields ${time}, ${requestId}, ${CALLED_MODEL}, ${caller}, ${ALL_INPUT} + ${tokens.output} as allTokens, ${tokens.input}, ${tokens.output}, ${latencyMs}, ${costUsd}`,
      'sort allTokens desc',
      `dedup ${requestId}`,
      'limit 10',
    ],
  },
  {
    id: 'LatestCalls',
    title: 'The latest 200 calls',
    widget: { audiences: [FINOPS, DEVELOPER], question: 'what were the latest calls like', shape: TABLE },
    lines: [
      `fields ${time}, ${CALLED_MODEL}, ${caller}, ${temperature}, ${maxTokens}, ${tokens.input}, ${tokens.cacheRead}, ${tokens.output}, ${stopReason}, ${errorCode}, ${costUsd}, ${requestId}`,
      'sort @timestamp desc',
      `dedup ${requestId}`,
      'limit 200',
    ],
  },
  {
    id: 'ErrorDetails',
    title: 'Errors by code, model and caller',
    widget: { audiences: [DEVELOPER], question: 'what exactly fails', shape: TABLE },
    lines: [
      `filter ispresent(${errorCode})`,
      `fields ${CALL_OF_LINE}`,
      `stats count_distinct(${CALL}) as calls, sortsLast(${time}) as lastSeen, latest(${requestId}) as lastRequest by ${errorCode}, ${modelId}, ${caller}`,
      'sort calls desc',
      'limit 50',
    ],
  },
  {
    id: 'WhoCalledWhat',
    title: 'Who called what',
    widget: { audiences: [SECURITY], question: 'who called what', shape: TABLE },
    lines: [
      ...oneRowPerCall({
        keys: [caller, modelId, operation],
        values: [`sortsLast(${errorCode}) as error`, COST, `sortsLast(${time}) as calledAt`],
      }),
      `stats count(*) as calls, count(error) as failed, sum(cost) as usd, sortsLast(calledAt) as lastSeen by ${caller}, ${modelId}, ${operation}`,
      'sort calls desc',
      'limit 100',
    ],
  },
  {
    id: 'RefusedCalls',
    title: 'Calls that were refused: no permission, or stopped by a guardrail',
    widget: { audiences: [SECURITY], question: 'who was refused', shape: TABLE },
    lines: [
      `filter ${errorCode} = "AccessDeniedException" or ${guardrail} = "INTERVENED" or ${stopReason} = "guardrail_intervened"`,
      `fields ${CALL_OF_LINE}`,
      `stats count_distinct(${CALL}) as calls, sortsLast(${time}) as lastSeen by ${caller}, ${modelId}, ${errorCode}`,
      'sort calls desc',
      'limit 50',
    ],
  },
];

const REPEATED_PROMPTS: LogQuery = {
  id: 'RepeatedPrompts',
  title: 'Repeated prompts that could be cached (by hash)',
  widget: { audiences: [DEVOPS], question: 'which prompts should be cached', shape: TABLE },
  lines: [
    `filter ispresent(${promptHash})`,
    ...callsByModel({
      computed: [SENT],
      keys: [promptHash],
      values: ['max(sent) as inputTokens', `max(${tokens.cacheRead}) as cachedTokens`, COST],
    }),
    `stats count(*) as calls, sum(inputTokens) as tokensIn, sum(cachedTokens) as readFromCache, sum(cost) as usd by ${promptHash}, calledModel`,
    'filter calls > 1',
    'sort tokensIn desc',
    'limit 25',
  ],
};

/** Owners are named by callers in their request metadata; calls without a name are shown as unallocated. */
function queriesByOwner(ownerMetadataKey: string): LogQuery[] {
  const owner = `coalesce(${field(`${metadata}.${ownerMetadataKey}`)}, "unallocated") as owner`;
  return [
    {
      id: 'CostByOwner',
      title: `Cost by ${ownerMetadataKey} (USD)`,
      widget: { audiences: [FINOPS], question: 'whose cost is it, and how much has no owner', shape: QUERY_PIE },
      lines: [
        ...oneRowPerCall({ computed: [owner], keys: ['owner'], values: [COST] }),
        'stats sum(cost) as usd by owner',
        'sort usd desc',
        'limit 25',
      ],
    },
    {
      id: 'TokensByOwner',
      title: `Tokens and cost by ${ownerMetadataKey}`,
      widget: { audiences: [DEVELOPER], question: 'which feature uses the tokens', shape: TABLE },
      lines: [
        ...callsByModel({ computed: [SENT, owner], keys: ['owner'], values: [...TOKENS, COST] }),
        'stats count(*) as calls, sum(inputTokens) as tokensIn, sum(outputTokens) as tokensOut, sum(cost) as usd by owner, calledModel',
        'sort usd desc',
        'limit 50',
      ],
    },
  ];
}

/** The queries that the ledger can answer with what it holds. */
export function ledgerQueries({ ownerMetadataKey, promptsHashed }: DashboardSources): LogQuery[] {
  const queries = [
    ...QUERIES,
    ...COST_QUERIES,
    ...(promptsHashed ? [REPEATED_PROMPTS] : []),
    ...(ownerMetadataKey !== undefined ? queriesByOwner(ownerMetadataKey) : []),
  ];
  return queries.map(({ lines, ...query }) => ({ ...query, lines: [CALLS, ...lines] }));
}
