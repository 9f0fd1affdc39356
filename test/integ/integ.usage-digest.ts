import { CostMeter, InvocationLogging, UsageDigest } from '../../lib';
import { AccountTest, GONE } from './account-test';

// EventBridge Scheduler takes the schedule, and the function may read and write what a digest needs: the digest of the day is in the bucket.
const account = new AccountTest('UsageDigest');
const { stack } = account;
const { logGroup } = new InvocationLogging(stack, 'Logging', { removalPolicy: GONE });
const costMeter = new CostMeter(stack, 'CostMeter', { logGroup, metricNamespace: 'IntegUsageDigest', removalPolicy: GONE });
const digest = new UsageDigest(stack, 'UsageDigest', { costMeter, removalPolicy: GONE });
const made = account.runs(digest.digestFunction, { days: 1 });
const { bucketName } = digest.bucket.bucketRef;
account.eventually(made, 's3', 'ListObjectsV2', { Bucket: bucketName, Prefix: 'daily/' }, { KeyCount: 1 });
