import { Token } from 'aws-cdk-lib';
import * as logs from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { DashboardSources } from './dashboard-sources';
import { savedQueries } from './private/dashboards/log-queries';

/**
 * Properties for defining SavedQueries.
 */
export interface SavedQueriesProps {
  /**
   * What can be queried: the ledger, spans, a trail. With the log group of invocations there are queries that show prompts; their names say so.
   */
  readonly sources: DashboardSources;

  /**
   * The folder in which Logs Insights lists the queries.
   *
   * @default 'Amazon Bedrock'
   */
  readonly folder?: string;
}

/**
 * The questions that need a query, saved in one folder of Logs Insights. They cost nothing until somebody runs one.
 */
export class SavedQueries extends Construct {
  /**
   * The saved queries.
   */
  public readonly definitions: logs.CfnQueryDefinition[];

  constructor(scope: Construct, id: string, props: SavedQueriesProps) {
    super(scope, id);

    const { sources, folder = 'Amazon Bedrock' } = props;
    if (!Token.isUnresolved(folder) && !/^[^/]+(\/[^/]+)*$/.test(folder)) {
      throw new Error(`'folder' must be names parted by single slashes, got '${folder}'`);
    }
    const queries = savedQueries(sources);
    if (queries.length === 0) {
      throw new Error(
        "'sources' must have a log group to query: 'ledgerLogGroup', 'spansLogGroup', 'trailLogGroup' or 'invocationLogGroup'",
      );
    }
    this.definitions = queries.map(
      ({ id: queryId, title, logGroup, lines }) =>
        new logs.CfnQueryDefinition(this, queryId, {
          name: `${folder}/${title}`,
          logGroupNames: [logGroup.logGroupName],
          queryString: lines.join('\n| '),
        }),
    );
  }
}
