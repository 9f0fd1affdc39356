import * as lambda from 'aws-cdk-lib/aws-lambda';
import { CostMeter, InvocationLogging, MemberWatch } from '../../lib';
import { AccountTest, GONE } from './account-test';

// The function may search the metrics of the account and ask the ledger. Without links its only member is the account itself.
const account = new AccountTest('MemberWatch');
const { stack } = account;
const { logGroup } = new InvocationLogging(stack, 'Logging', { removalPolicy: GONE });
const costMeter = new CostMeter(stack, 'CostMeter', { logGroup, metricNamespace: 'IntegMemberWatch', removalPolicy: GONE });
const watch = new MemberWatch(stack, 'Watch', { costMeter, regions: ['us-east-1'] });
account.runs(watch.node.findChild('Function') as lambda.Function, {});
