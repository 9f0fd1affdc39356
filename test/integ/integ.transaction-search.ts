import { ExpectedResult } from '@aws-cdk/integ-tests-alpha';
import { TransactionSearch } from '../../lib';
import { AccountTest } from './account-test';

// X-Ray takes the policy and the destination, with the permissions of the function, and makes the log group.
const { stack, test } = new AccountTest('TransactionSearch');
new TransactionSearch(stack, 'TransactionSearch', { applicationSignals: true });
test.assertions
  .awsApiCall('xray', 'GetTraceSegmentDestination')
  .expect(ExpectedResult.objectLike({ Destination: 'CloudWatchLogs', Status: 'ACTIVE' }));
test.assertions
  .awsApiCall('cloudwatch-logs', 'DescribeLogGroups', { logGroupNamePrefix: 'aws/spans' })
  .assertAtPath('logGroups.0.logGroupName', ExpectedResult.stringLikeRegexp('^aws/spans$'));
