import * as logs from 'aws-cdk-lib/aws-logs';
import { DashboardSources } from '../../dashboard-sources';
import { ledgerQueries } from './ledger-queries';
import { LogQuery } from './log-query';
import { PROMPT_QUERIES } from './prompt-queries';
import { SPAN_QUERIES } from './span-queries';
import { TRAIL_QUERIES } from './trail-queries';

/** A query and the log group that it reads. */
interface SavedQuery extends LogQuery {
  readonly logGroup: logs.ILogGroupRef;
}

/** Every query whose log group is given. All of them are saved; those with a widget are on dashboards too. */
export function savedQueries(sources: DashboardSources): SavedQuery[] {
  const place = (logGroup: logs.ILogGroupRef | undefined, queries: readonly LogQuery[]): SavedQuery[] =>
    logGroup ? queries.map((query) => ({ ...query, logGroup })) : [];
  return [
    ...place(sources.ledgerLogGroup, ledgerQueries(sources)),
    ...place(sources.spansLogGroup, SPAN_QUERIES),
    ...place(sources.trailLogGroup, TRAIL_QUERIES),
    ...place(sources.invocationLogGroup, PROMPT_QUERIES),
  ];
}
