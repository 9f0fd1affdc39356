import * as logs from 'aws-cdk-lib/aws-logs';
import { Audience } from '../../audience';
import { DashboardSources } from '../../dashboard-sources';
import { DashboardWidgetProps } from '../../dashboard-widget';
import { WidgetShape } from '../../widget-shape';
import { costByOwner, LEDGER_QUERIES, LogQuery, SPAN_QUERIES, tokensByOwner, TRAIL_QUERIES } from './log-queries';

const { FINOPS, DEVOPS, DEVELOPER, SECURITY, AGENTS } = Audience;
const { TABLE, QUERY_BARS, QUERY_LINES, QUERY_PIE } = WidgetShape;

/** What needs a query. Every view of a dashboard pays for each of these: at most four to an audience. */
export function tableWidgets(sources: DashboardSources): DashboardWidgetProps[] {
  const { ledgerLogGroup: ledger, spansLogGroup, trailLogGroup, ownerMetadataKey } = sources;
  return [
    ...(ledger
      ? [
          {
            ...table([DEVOPS], 'why do answers end, by model', QUERY_BARS, LEDGER_QUERIES.stopReasons, ledger),
            needsLoggedText: true,
          },
          table([DEVOPS], 'who wastes tokens', TABLE, LEDGER_QUERIES.wastedInput, ledger),
          {
            ...table([DEVOPS], 'which Region serves slowly', TABLE, LEDGER_QUERIES.latencyByRegion, ledger),
            needsLoggedText: true,
          },
          table([FINOPS], 'who spends most', TABLE, LEDGER_QUERIES.topCallers, ledger),
          table([FINOPS, DEVELOPER], 'which calls are the heaviest', TABLE, LEDGER_QUERIES.heaviestCalls, ledger),
          table([FINOPS, DEVELOPER], 'what were the latest calls like', TABLE, LEDGER_QUERIES.latestCalls, ledger),
          table([DEVELOPER], 'what exactly fails', TABLE, LEDGER_QUERIES.errors, ledger),
          table([SECURITY], 'who called what', TABLE, LEDGER_QUERIES.whoCalledWhat, ledger),
          table([SECURITY], 'who was refused', TABLE, LEDGER_QUERIES.refusedCalls, ledger),
        ]
      : []),
    ...(ledger && sources.promptsHashed
      ? [table([DEVOPS], 'which prompts should be cached', TABLE, LEDGER_QUERIES.repeatedPrompts, ledger)]
      : []),
    ...(ledger && ownerMetadataKey !== undefined
      ? [
          table([FINOPS], 'whose cost is it, and how much has no owner', QUERY_PIE, costByOwner(ownerMetadataKey), ledger),
          table([DEVELOPER], 'which feature uses the tokens', TABLE, tokensByOwner(ownerMetadataKey), ledger),
        ]
      : []),
    ...(trailLogGroup ? [table([SECURITY], 'who changed the logging', TABLE, TRAIL_QUERIES.loggingChanges, trailLogGroup)] : []),
    ...(spansLogGroup
      ? [
          table([AGENTS], 'how many requests have errors', QUERY_LINES, SPAN_QUERIES.traces, spansLogGroup),
          table([AGENTS], 'which component fails', TABLE, SPAN_QUERIES.failingComponents, spansLogGroup),
          table([AGENTS], 'where does the time go', TABLE, SPAN_QUERIES.componentLatency, spansLogGroup),
          table([AGENTS], 'which requests are slow', TABLE, SPAN_QUERIES.slowestTraces, spansLogGroup),
        ]
      : []),
  ];
}

function table(
  audiences: Audience[],
  question: string,
  shape: WidgetShape,
  query: LogQuery,
  logGroup: logs.ILogGroup,
): DashboardWidgetProps {
  return { id: query.id, audiences, question, title: query.title, shape, queryLines: [...query.lines], logGroup };
}
