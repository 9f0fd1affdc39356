import * as lambda from 'aws-cdk-lib/aws-lambda';
import { BillReconciliation, CostMeter, InvocationLogging } from '../../lib';
import { AccountTest, GONE } from './account-test';

// EventBridge Scheduler takes the schedule, and the function may ask Cost Explorer and the ledger.
const account = new AccountTest('BillReconciliation');
const { stack } = account;
const { logGroup } = new InvocationLogging(stack, 'Logging', { removalPolicy: GONE });
const costMeter = new CostMeter(stack, 'CostMeter', { logGroup, metricNamespace: 'IntegBillReconciliation', removalPolicy: GONE });
const bill = new BillReconciliation(stack, 'Bill', { costMeter });
account.runs(bill.node.findChild('Function') as lambda.Function, {});
