import { ExpectedResult, Match } from '@aws-cdk/integ-tests-alpha';
import { AccountDataProtection } from '../../lib';
import { AccountTest } from './account-test';

// CloudFormation takes the document, and the policy is that of the account.
const { stack, test } = new AccountTest('AccountDataProtection');
const { policyName } = new AccountDataProtection(stack, 'DataProtection');
test.assertions
  .awsApiCall('cloudwatch-logs', 'DescribeAccountPolicies', { policyType: 'DATA_PROTECTION_POLICY' })
  .expect(ExpectedResult.objectLike({ accountPolicies: [Match.objectLike({ policyName, scope: 'ALL' })] }));
