import { Audience } from '../../audience';
import { DashboardSources } from '../../dashboard-sources';
import { WidgetShape } from '../../widget-shape';
import { CALL, CALL_OF_LINE, PRINCIPAL } from '../../../engine/ledger/calls';
import { ALL_INPUT, IS_LEDGER, Member } from '../../../engine/ledger/members';
import { callsByModel, COST, costBy, MODEL_NAME, SENT, TOKENS } from './ledger-cost-queries';
import { LogQuery } from './log-query';
import { namedQueries } from './named-queries';
import { optionalQueries } from './optional-queries';
import { cents, columns, fineUsd, moment, quoted, showing, whole } from './query-columns';

const { DEVELOPER, DEVOPS, FINOPS, SECURITY } = Audience;
const { TABLE, QUERY_BARS } = WidgetShape;

const { caller, costUsd, errorCode, guardrail, inferenceRegion, latencyMs, maxTokens } = Member;
const { operation, region, requestId, status, stopReason, temperature, time, tokens } = Member;

/** The ledger has one line for each call, and lines for records that could not be read, which are not calls. */
const CALLS = `filter ${IS_LEDGER} and ${status} != "malformed"`;

/**
 * The queries over the ledger. A further saved query is one more entry, and so is a further table on a dashboard, which has a
 * widget too; widgets have the order of the list. Each view of a widget runs its query, and CloudWatch bills the bytes it
 * scans: an audience should have at most four. Each call counts once, however many lines it has. Charts end with `stats`, which
 * CloudWatch needs to draw them; tables end with their columns under heads in words.
 */
const QUERIES: readonly LogQuery[] = [
  {
    id: 'StopReasons',
    title: 'Why answers end, by model (calls)',
    widget: { audiences: [DEVOPS], question: 'why do answers end, by model', shape: QUERY_BARS, needsLoggedText: true, width: 10 },
    lines: [
      `filter ispresent(${stopReason})`,
      ...callsByModel({ values: [`sortsLast(${stopReason}) as lastReason`] }),
      'fields concat(calledModel, ": ", lastReason) as ending',
      'stats count(*) as Calls by ending',
      'sort Calls desc',
      'limit 8',
    ],
  },
  {
    id: 'WastedInput',
    title: 'Long prompts with short answers (over 2,000 tokens in, under 200 out)',
    widget: { audiences: [DEVOPS], question: 'who wastes tokens', shape: TABLE, width: 11 },
    lines: [
      ...callsByModel({ computed: [SENT, PRINCIPAL], keys: [operation, 'principal'], values: [...TOKENS, COST] }),
      'filter inputTokens > 2000 and outputTokens < 200',
      `stats count(*) as calls, sum(inputTokens) as tokensIn, sum(outputTokens) as tokensOut, sum(cost) as usd by calledModel, ${operation}, principal`,
      'sort tokensIn desc',
      'limit 25',
      ...showing(
        ['Model', 'calledModel'],
        ['Role', 'principal'],
        ['Operation', operation],
        ['Calls', 'calls'],
        ['Tokens in', 'tokensIn'],
        ['Tokens out', 'tokensOut'],
        ['Cost (USD)', cents('usd')],
      ),
    ],
  },
  {
    id: 'LatencyByRegion',
    title: 'Latency by the Region that served the call (ms)',
    widget: { audiences: [DEVOPS], question: 'which Region serves slowly', shape: TABLE, needsLoggedText: true, width: 13 },
    lines: [
      `filter ispresent(${latencyMs})`,
      ...callsByModel({ keys: [region], values: [`max(${latencyMs}) as latency`, `sortsLast(${inferenceRegion}) as otherRegion`] }),
      `fields coalesce(otherRegion, ${region}) as servedIn`,
      `stats count(*) as calls, avg(latency) as mean, pct(latency, 50) as p50, pct(latency, 95) as p95, pct(latency, 99) as p99, stddev(latency) as deviation by calledModel, ${region}, servedIn`,
      'sort p95 desc',
      'limit 50',
      ...showing(
        ['Model', 'calledModel'],
        ['Called in', region],
        ['Served in', 'servedIn'],
        ['Calls', 'calls'],
        ['Mean', whole('mean')],
        ['Median', whole('p50')],
        ['p95', whole('p95')],
        ['p99', whole('p99')],
        ['Deviation', whole('deviation')],
      ),
    ],
  },
  {
    id: 'TopCallers',
    title: 'Top ten roles by cost',
    widget: { audiences: [FINOPS], question: 'who spends most', shape: TABLE, width: 12 },
    lines: costBy([['Role', 'principal']], 10, [PRINCIPAL]),
  },
  {
    id: 'HeaviestCalls',
    title: 'The ten heaviest calls by tokens',
    widget: { audiences: [FINOPS], question: 'which calls are the heaviest', shape: TABLE },
    lines: [
      `filter ispresent(${tokens.input})`,
      columns(
        ['Time (UTC)', moment(time)],
        ['Model', MODEL_NAME],
        ['Caller', caller],
        ['All tokens', `${ALL_INPUT} + ${tokens.output}`],
        ['Uncached in', tokens.input],
        ['Out', tokens.output],
        ['Latency (ms)', latencyMs],
        ['Cost (USD)', cents(costUsd)],
        ['Request id', requestId],
      ),
      `sort ${quoted('All tokens')} desc`,
      `dedup ${quoted('Request id')}`,
      'limit 10',
    ],
  },
  {
    id: 'LatestCalls',
    title: 'The latest 200 calls',
    widget: { audiences: [DEVELOPER], question: 'what were the latest calls like', shape: TABLE },
    lines: [
      columns(
        ['Time (UTC)', moment(time)],
        ['Model', MODEL_NAME],
        ['Caller', caller],
        ['Temperature', temperature],
        ['Token limit', maxTokens],
        ['Uncached in', tokens.input],
        ['Cache reads', tokens.cacheRead],
        ['Out', tokens.output],
        ['End', stopReason],
        ['Error', errorCode],
        ['Cost (USD)', fineUsd(costUsd)],
        ['Request id', requestId],
      ),
      'sort @timestamp desc',
      `dedup ${quoted('Request id')}`,
      'limit 200',
    ],
  },
  {
    id: 'ErrorDetails',
    title: 'Errors by code, model and caller',
    widget: { audiences: [DEVELOPER], question: 'what exactly fails', shape: TABLE },
    lines: [
      `filter ispresent(${errorCode})`,
      `fields ${CALL_OF_LINE}, ${MODEL_NAME} as calledModel`,
      `stats count_distinct(${CALL}) as calls, sortsLast(${time}) as lastSeen, latest(${requestId}) as lastRequest by ${errorCode}, calledModel, ${caller}`,
      'sort calls desc',
      'limit 50',
      ...showing(
        ['Error', errorCode],
        ['Model', 'calledModel'],
        ['Caller', caller],
        ['Calls', 'calls'],
        ['Last seen (UTC)', moment('lastSeen')],
        ['Last request id', 'lastRequest'],
      ),
    ],
  },
  {
    id: 'WhoCalledWhat',
    title: 'Who called what',
    widget: { audiences: [SECURITY], question: 'who called what', shape: TABLE },
    lines: [
      ...callsByModel({
        keys: [caller, operation],
        values: [`sortsLast(${errorCode}) as error`, COST, `sortsLast(${time}) as calledAt`],
      }),
      `stats count(*) as calls, count(error) as failed, sum(cost) as usd, sortsLast(calledAt) as lastSeen by ${caller}, calledModel, ${operation}`,
      'sort calls desc',
      'limit 100',
      ...showing(
        ['Caller', caller],
        ['Model', 'calledModel'],
        ['Operation', operation],
        ['Calls', 'calls'],
        ['Of which failed', 'failed'],
        ['Cost (USD)', cents('usd')],
        ['Last seen (UTC)', moment('lastSeen')],
      ),
    ],
  },
  {
    id: 'RefusedCalls',
    title: 'Calls that were refused: no permission, or stopped by a guardrail',
    widget: { audiences: [SECURITY], question: 'who was refused', shape: TABLE },
    lines: [
      `filter ${errorCode} = "AccessDeniedException" or ${guardrail} = "INTERVENED" or ${stopReason} = "guardrail_intervened"`,
      `fields ${CALL_OF_LINE}, ${MODEL_NAME} as calledModel`,
      `stats count_distinct(${CALL}) as calls, sortsLast(${time}) as lastSeen by ${caller}, calledModel, ${errorCode}`,
      'sort calls desc',
      'limit 50',
      ...showing(
        ['Caller', caller],
        ['Model', 'calledModel'],
        ['Error', errorCode],
        ['Calls', 'calls'],
        ['Last seen (UTC)', moment('lastSeen')],
      ),
    ],
  },
];

/** The queries that the ledger can answer with what it holds. */
export function ledgerQueries(sources: DashboardSources): LogQuery[] {
  const queries = [...QUERIES, ...namedQueries(), ...optionalQueries(sources)];
  return queries.map(({ lines, ...query }) => ({ ...query, lines: [CALLS, ...lines] }));
}
