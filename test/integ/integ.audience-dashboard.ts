import { Audience, AudienceDashboard, CostMetrics } from '../../lib';
import { AccountTest } from './account-test';

// CloudWatch stores a dashboard that adds up two Regions.
const account = new AccountTest('AudienceDashboard');
const { dashboard } = new AudienceDashboard(account.stack, 'Dashboard', {
  audience: Audience.EXECUTIVE,
  sources: { costMetrics: CostMetrics.inNamespace('IntegDashboards'), rollUp: [{ region: 'us-east-1' }, { region: 'eu-central-1' }] },
});
account.hasDashboard(dashboard.dashboardName);
