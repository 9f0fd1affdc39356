import * as lambda from 'aws-cdk-lib/aws-lambda';
import { CostMeter, InvocationLogging, UsageDigest } from '../../lib';
import { AccountTest, GONE } from './account-test';

// EventBridge Scheduler takes the schedule, and the function may read and write what a digest needs.
const account = new AccountTest('UsageDigest');
const { stack } = account;
const { logGroup } = new InvocationLogging(stack, 'Logging', { removalPolicy: GONE });
const costMeter = new CostMeter(stack, 'CostMeter', { logGroup, metricNamespace: 'IntegUsageDigest', removalPolicy: GONE });
const digest = new UsageDigest(stack, 'UsageDigest', { costMeter });
account.runs(digest.node.findChild('Function') as lambda.Function, { days: 1 });
