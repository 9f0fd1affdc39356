import * as lambda from 'aws-cdk-lib/aws-lambda';
import { CostMeter, InvocationLogging, Ledger, LedgerTable } from '../../lib';
import { AccountTest, GONE } from './account-test';

// Athena makes the table and its views, Firehose takes it and writes the row of a call, and the function that keeps it runs with its permissions.
const account = new AccountTest('LedgerTable');
const { stack } = account;
const table = new LedgerTable(stack, 'Table', { removalPolicy: GONE });
const { logGroup } = new InvocationLogging(stack, 'Logging', { removalPolicy: GONE });
new CostMeter(stack, 'CostMeter', {
  logGroup,
  ledger: Ledger.perCall({ table }),
  metricNamespace: 'IntegLedgerTable',
  removalPolicy: GONE,
});
account.eventuallyMetric(account.callModel(), 'AWS/Firehose', 'DeliveryToIceberg.SuccessfulRowCount', [
  { Name: 'DeliveryStreamName', Value: table.deliveryStream.ref },
]);
account.runs(table.node.findChild('Upkeep') as lambda.Function, {});
