import * as logs from 'aws-cdk-lib/aws-logs';
import { DashboardSources } from '../../dashboard-sources';
import { AGENT_JOIN_QUERIES, AGENT_QUERIES } from './agent-queries';
import { ledgerQueries } from './ledger-queries';
import { LogQuery } from './log-query';
import { PROMPT_QUERIES } from './prompt-queries';
import { SPAN_QUERIES } from './span-queries';
import { TRAIL_QUERIES } from './trail-queries';

/** A query and the log group that it reads. */
interface SavedQuery extends LogQuery {
  readonly logGroup: logs.ILogGroupRef;

  /** Further log groups that it reads: spans can be in several, and some queries join the lines of two. */
  readonly moreLogGroups: readonly logs.ILogGroupRef[];
}

/** Every query whose log group is given. All of them are saved; those with a widget are on dashboards too. */
export function savedQueries(sources: DashboardSources): SavedQuery[] {
  const { agentLogGroup, ledgerLogGroup, spanLogGroups = [] } = sources;
  const place = (
    logGroup: logs.ILogGroupRef | undefined,
    queries: readonly LogQuery[],
    moreLogGroups: readonly logs.ILogGroupRef[] = [],
  ): SavedQuery[] => (logGroup ? queries.map((query) => ({ ...query, logGroup, moreLogGroups })) : []);
  return [
    ...place(ledgerLogGroup, ledgerQueries(sources)),
    ...place(agentLogGroup, AGENT_QUERIES),
    ...(agentLogGroup ? place(ledgerLogGroup, AGENT_JOIN_QUERIES, [agentLogGroup]) : []),
    ...place(spanLogGroups[0], agentLogGroup ? SPAN_QUERIES.map(besideAgents) : SPAN_QUERIES, spanLogGroups.slice(1)),
    ...place(sources.trailLogGroup, TRAIL_QUERIES),
    ...place(sources.invocationLogGroup, PROMPT_QUERIES),
  ];
}

/** What the lines of an agent meter answer too, for a fraction of the bytes. Such queries over spans are saved, and on no dashboard beside them. */
const ANSWERED_BY_AGENT_LINES: readonly string[] = ['Traces', 'ComponentLatency', 'SlowestTraces'];

const besideAgents = (query: LogQuery): LogQuery => (ANSWERED_BY_AGENT_LINES.includes(query.id) ? { ...query, widget: undefined } : query);
