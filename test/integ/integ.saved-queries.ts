import * as logs from 'aws-cdk-lib/aws-logs';
import { CostMetrics, SavedQueries } from '../../lib';
import { AccountTest, GONE } from './account-test';

// Logs Insights carries out each query over ledger, records, spans and trail.
const account = new AccountTest('SavedQueries');
const { stack } = account;
const logGroup = (id: string) => new logs.LogGroup(stack, id, { removalPolicy: GONE, retention: logs.RetentionDays.ONE_DAY });
new SavedQueries(stack, 'SavedQueries', {
  sources: {
    costMetrics: CostMetrics.inNamespace('IntegSavedQueries'),
    ledgerLogGroup: logGroup('Ledger'),
    ownerMetadataKey: 'team',
    promptsHashed: true,
    invocationLogGroup: logGroup('Records'),
    spanLogGroups: [logGroup('Spans')],
    trailLogGroup: logGroup('Trail'),
  },
});
account.answersQueries();
