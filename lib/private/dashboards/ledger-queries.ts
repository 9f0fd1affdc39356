import { Audience } from '../../audience';
import { DashboardSources } from '../../dashboard-sources';
import { WidgetShape } from '../../widget-shape';
import { ALL_INPUT, IS_LEDGER, Member } from '../../../engine/ledger/members';
import { field, LogQuery } from './log-query';

const { DEVELOPER, DEVOPS, FINOPS, SECURITY } = Audience;
const { TABLE, QUERY_BARS, QUERY_PIE } = WidgetShape;

const { caller, costHighUsd, costUsd, errorCode, guardrail, inferenceRegion, latencyMs, maxTokens, metadata, model } = Member;
const { modelId, operation, priceRow, promptHash, reason, region, requestId, routing, status, stopReason } = Member;
const { temperature, time, tokens } = Member;

/** The ledger has one line for each call, and lines for records that could not be read, which are not calls. */
const CALLS = `filter ${IS_LEDGER} and ${status} != "malformed"`;

/** The id in the request, where the catalogue does not know the model. */
const CALLED_MODEL = `coalesce(${model}, ${modelId})`;

const INPUT_AND_MODEL = `fields ${ALL_INPUT} as inputTokens, ${CALLED_MODEL} as calledModel`;

/**
 * The queries over the ledger. A further saved query is one more entry, and so is a further table on a dashboard, which has a
 * widget too; widgets have the order of the list. Each view of a widget runs its query, and CloudWatch bills the bytes it
 * scans: an audience should have at most four.
 */
const QUERIES: readonly LogQuery[] = [
  {
    id: 'StopReasons',
    title: 'Why answers end, by model',
    widget: { audiences: [DEVOPS], question: 'why do answers end, by model', shape: QUERY_BARS, needsLoggedText: true },
    lines: [
      `filter ispresent(${stopReason})`,
      `fields concat(${CALLED_MODEL}, ": ", ${stopReason}) as ending`,
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
      INPUT_AND_MODEL,
      `filter inputTokens > 2000 and ${tokens.output} < 200`,
      `stats count(*) as calls, sum(inputTokens) as tokensIn, sum(${tokens.output}) as tokensOut, sum(${costUsd}) as usd by calledModel, ${operation}, ${caller}`,
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
      `fields ${CALLED_MODEL} as calledModel, coalesce(${inferenceRegion}, ${region}) as servedIn`,
      `stats count(*) as calls, avg(${latencyMs}) as mean, pct(${latencyMs}, 50) as p50, pct(${latencyMs}, 95) as p95, pct(${latencyMs}, 99) as p99, stddev(${latencyMs}) as deviation by calledModel, ${region}, servedIn`,
      'sort p95 desc',
      'limit 50',
    ],
  },
  {
    id: 'TopCallers',
    title: 'Top ten callers by cost (USD)',
    widget: { audiences: [FINOPS], question: 'who spends most', shape: TABLE },
    lines: [
      `stats sum(${costUsd}) as usd, count(*) as calls, count(${costUsd}) as pricedCalls, usd / pricedCalls as usdPerCall by ${caller}`,
      'sort usd desc',
      'limit 10',
    ],
  },
  {
    id: 'HeaviestCalls',
    title: 'The ten heaviest calls by tokens',
    widget: { audiences: [FINOPS, DEVELOPER], question: 'which calls are the heaviest', shape: TABLE },
    lines: [
      `filter ispresent(${tokens.input})`,
      `fields ${ALL_INPUT} + ${tokens.output} as allTokens, ${CALLED_MODEL} as calledModel`,
      'sort allTokens desc',
      'limit 10',
      `display ${time}, ${requestId}, calledModel, ${caller}, allTokens, ${tokens.input}, ${tokens.output}, ${latencyMs}, ${costUsd}`,
    ],
  },
  {
    id: 'LatestCalls',
    title: 'The latest 200 calls',
    widget: { audiences: [FINOPS, DEVELOPER], question: 'what were the latest calls like', shape: TABLE },
    lines: [
      `fields ${time}, ${CALLED_MODEL} as calledModel, ${caller}, ${temperature}, ${maxTokens}, ${tokens.input}, ${tokens.cacheRead}, ${tokens.output}, ${stopReason}, ${errorCode}, ${costUsd}`,
      'sort @timestamp desc',
      'limit 200',
      `display ${time}, calledModel, ${caller}, ${temperature}, ${maxTokens}, ${tokens.input}, ${tokens.cacheRead}, ${tokens.output}, ${stopReason}, ${errorCode}, ${costUsd}`,
    ],
  },
  {
    id: 'ErrorDetails',
    title: 'Errors by code, model and caller',
    widget: { audiences: [DEVELOPER], question: 'what exactly fails', shape: TABLE },
    lines: [
      `filter ispresent(${errorCode})`,
      `stats count(*) as calls, latest(${time}) as lastSeen, latest(${requestId}) as lastRequest by ${errorCode}, ${modelId}, ${caller}`,
      'sort calls desc',
      'limit 50',
    ],
  },
  {
    id: 'WhoCalledWhat',
    title: 'Who called what',
    widget: { audiences: [SECURITY], question: 'who called what', shape: TABLE },
    lines: [
      `stats count(*) as calls, count(${errorCode}) as failed, sum(${costUsd}) as usd, latest(${time}) as lastSeen by ${caller}, ${modelId}, ${operation}`,
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
      `stats count(*) as calls, latest(${time}) as lastSeen by ${caller}, ${modelId}, ${errorCode}`,
      'sort calls desc',
      'limit 50',
    ],
  },
  {
    id: 'UnpricedCalls',
    title: 'Calls without a price, and why',
    lines: [
      `filter ${status} = "unpriced"`,
      `fields ${ALL_INPUT} as inputTokens`,
      `stats count(*) as calls, sum(inputTokens) as tokensIn, sum(${tokens.output}) as tokensOut by ${modelId}, ${reason}`,
      'sort calls desc',
      'limit 50',
    ],
  },
  {
    id: 'PricesUsed',
    title: 'Price rows that were used',
    lines: [
      `filter ispresent(${priceRow})`,
      `stats count(*) as calls, sum(${costUsd}) as usd by ${priceRow}, ${routing}`,
      'sort usd desc',
      'limit 100',
    ],
  },
  {
    id: 'UncertainCost',
    title: 'Cost that may be higher: cache writes of unknown lifetime (USD)',
    lines: [
      `filter ispresent(${costHighUsd})`,
      `stats count(*) as calls, sum(${costUsd}) as atLeast, sum(${costHighUsd}) as atMost by ${modelId}`,
      'sort atMost desc',
      'limit 50',
    ],
  },
  {
    id: 'DailyCost',
    title: 'Cost by day and model (USD)',
    lines: [
      'fields datefloor(@timestamp, 1d) as day',
      `stats sum(${costUsd}) as usd, count(*) as calls by day, ${modelId}`,
      'sort day desc',
      'limit 1000',
    ],
  },
];

const REPEATED_PROMPTS: LogQuery = {
  id: 'RepeatedPrompts',
  title: 'Repeated prompts that could be cached (by hash)',
  widget: { audiences: [DEVOPS], question: 'which prompts should be cached', shape: TABLE },
  lines: [
    `filter ispresent(${promptHash})`,
    INPUT_AND_MODEL,
    `stats count(*) as calls, sum(inputTokens) as tokensIn, sum(${tokens.cacheRead}) as readFromCache, sum(${costUsd}) as usd by ${promptHash}, calledModel`,
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
      lines: [`fields ${owner}`, `stats sum(${costUsd}) as usd by owner`, 'sort usd desc', 'limit 25'],
    },
    {
      id: 'TokensByOwner',
      title: `Tokens and cost by ${ownerMetadataKey}`,
      widget: { audiences: [DEVELOPER], question: 'which feature uses the tokens', shape: TABLE },
      lines: [
        INPUT_AND_MODEL,
        `fields ${owner}`,
        `stats count(*) as calls, sum(inputTokens) as tokensIn, sum(${tokens.output}) as tokensOut, sum(${costUsd}) as usd by owner, calledModel`,
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
    ...(promptsHashed ? [REPEATED_PROMPTS] : []),
    ...(ownerMetadataKey !== undefined ? queriesByOwner(ownerMetadataKey) : []),
  ];
  return queries.map(({ lines, ...query }) => ({ ...query, lines: [CALLS, ...lines] }));
}
