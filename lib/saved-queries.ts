import { Names, Token } from 'aws-cdk-lib';
import * as logs from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { DashboardSources } from './dashboard-sources';
import { savedQueries } from './private/dashboards/log-queries';
import { requireSourcesHere } from './private/dashboards/sources-here';

/**
 * Properties for defining SavedQueries.
 */
export interface SavedQueriesProps {
  /**
   * The log groups that can be queried: the ledger, agent lines, spans, a trail and the invocations. Queries over the invocations show prompts, and their names say so.
   */
  readonly sources: DashboardSources;

  /**
   * The folder of the queries in Logs Insights.
   *
   * @default - a folder in 'Amazon Bedrock', named after the construct, because names are unique in a Region
   */
  readonly folder?: string;
}

/**
 * Logs Insights queries that answer common questions, saved in one folder. A saved query costs nothing until it is run.
 */
export class SavedQueries extends Construct {
  /**
   * The saved queries.
   */
  public readonly definitions: logs.CfnQueryDefinition[];

  constructor(scope: Construct, id: string, props: SavedQueriesProps) {
    super(scope, id);

    const { sources, folder = `Amazon Bedrock/${Names.uniqueResourceName(this, { maxLength: 80, separator: '-' })}` } = props;
    if (!Token.isUnresolved(folder) && !/^[^/]+(\/[^/]+)*$/.test(folder)) {
      throw new Error(`'folder' must be names separated by single slashes, got '${folder}'`);
    }
    requireSourcesHere(this, sources);
    const queries = savedQueries(sources);
    if (queries.length === 0) {
      throw new Error(
        "'sources' must have a log group to query, got none: set 'ledgerLogGroup', 'agentLogGroup', 'spanLogGroups', 'trailLogGroup' or 'invocationLogGroup'",
      );
    }
    this.definitions = queries.map(
      ({ id: queryId, title, logGroup, moreLogGroups, lines }) =>
        new logs.CfnQueryDefinition(this, queryId, {
          // Older schemas of the resource do not allow colons.
          name: `${folder}/${title.replaceAll(':', ',')}`,
          logGroupNames: [logGroup, ...moreLogGroups].map(({ logGroupRef }) => logGroupRef.logGroupName),
          queryString: lines.join('\n| '),
        }),
    );
  }
}
