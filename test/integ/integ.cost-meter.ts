import { CostMeter, InvocationLogging, MeterDimension } from '../../lib';
import { AccountTest, GONE } from './account-test';

// A call has a line in the ledger with its price, and the metric lines of the function are taken by CloudWatch. The layer exists.
const account = new AccountTest('CostMeter');
const { logGroup } = new InvocationLogging(account.stack, 'Logging', { removalPolicy: GONE });
const meter = new CostMeter(account.stack, 'CostMeter', {
  logGroup,
  dimensions: [MeterDimension.CALLER],
  metricNamespace: 'IntegCostMeter',
  removalPolicy: GONE,
});
const priced = account.eventuallyInLedger(account.callModel(), meter.ledgerLogGroup);
account.eventuallyMetric(priced, 'IntegCostMeter', meter.metrics.metricCost().metricName);
