import * as logs from 'aws-cdk-lib/aws-logs';
import { CostMetrics, Dashboards } from '../../lib';
import { AccountTest, GONE } from './account-test';

// CloudWatch stores each dashboard, and Logs Insights carries out each query, saved or on a dashboard.
const account = new AccountTest('Dashboards');
const { stack } = account;
const boards = new Dashboards(stack, 'Dashboards', {
  sources: {
    costMetrics: CostMetrics.inNamespace('IntegDashboards'),
    ledgerLogGroup: new logs.LogGroup(stack, 'Ledger', { removalPolicy: GONE, retention: logs.RetentionDays.ONE_DAY }),
    signalsPublished: true,
  },
});
boards.audienceDashboards.forEach(({ dashboard }) => account.hasDashboard(dashboard.dashboardName));
account.answersQueries();
