import * as kinesis from 'aws-cdk-lib/aws-kinesis';
import { CostMeter, InvocationLogging, RecordDestination, RecordSource } from '../../lib';
import * as logs from 'aws-cdk-lib/aws-logs';
import { AccountTest, GONE } from './account-test';

// CloudWatch Logs takes the destination, and a call that a subscription puts into the stream has a line in the ledger with its price.
const account = new AccountTest('RecordDestination');
const stream = new kinesis.Stream(account.stack, 'Records', { streamMode: kinesis.StreamMode.ON_DEMAND, removalPolicy: GONE });
const destination = new RecordDestination(account.stack, 'Destination', { stream, accounts: [account.stack.account] });
const { logGroup } = new InvocationLogging(account.stack, 'Logging', { removalPolicy: GONE });
const subscription = new logs.CfnSubscriptionFilter(account.stack, 'Subscription', {
  logGroupName: logGroup.logGroupName,
  destinationArn: destination.destinationArn,
  filterPattern: '',
});
subscription.node.addDependency(destination);
const meter = new CostMeter(account.stack, 'CostMeter', { source: RecordSource.stream(stream), removalPolicy: GONE });
account.eventuallyInLedger(account.callModel(), meter.ledgerLogGroup);
