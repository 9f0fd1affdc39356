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

  /** A second log group, for a query that joins the lines of two. */
  readonly otherLogGroup?: logs.ILogGroupRef;
}

/** Every query whose log group is given. All of them are saved; those with a widget are on dashboards too. */
export function savedQueries(sources: DashboardSources): SavedQuery[] {
  const place = (logGroup: logs.ILogGroupRef | undefined, queries: readonly LogQuery[]): SavedQuery[] =>
    logGroup ? queries.map((query) => ({ ...query, logGroup })) : [];
  return [
    ...place(sources.ledgerLogGroup, ledgerQueries(sources)),
    ...place(sources.agentLogGroup, AGENT_QUERIES),
    ...place(sources.agentLogGroup && sources.ledgerLogGroup, AGENT_JOIN_QUERIES).map((query) => ({
      ...query,
      otherLogGroup: sources.agentLogGroup,
    })),
    ...place(sources.spansLogGroup, SPAN_QUERIES),
    ...place(sources.trailLogGroup, TRAIL_QUERIES),
    ...place(sources.invocationLogGroup, PROMPT_QUERIES),
  ];
}
