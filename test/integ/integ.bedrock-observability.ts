import { BedrockObservability, ObservabilityLevel } from '../../lib';
import { AccountTest, GONE } from './account-test';

// Everything at once: a call is priced and counted, an alarm has data, dashboards and queries are accepted.
const account = new AccountTest('BedrockObservability');
const bedrock = new BedrockObservability(account.stack, 'BedrockObservability', {
  level: ObservabilityLevel.ADVANCED,
  costMeter: { metricNamespace: 'IntegEverything' },
  removalPolicy: GONE,
});
const priced = account.eventuallyInLedger(account.callModel(), bedrock.costMeter.ledgerLogGroup);
const counted = account.eventuallyMetric(priced, 'IntegEverything', bedrock.costMeter.metrics.metricCalls().metricName);
account.eventuallyEvaluated(counted, bedrock.tieredAlarms.alarms[0]!.alarmName);
bedrock.dashboards.audienceDashboards.forEach(({ dashboard }) => account.hasDashboard(dashboard.dashboardName));
account.answersQueries();
