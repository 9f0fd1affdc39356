import { Match } from '@aws-cdk/integ-tests-alpha';
import { MemberLogging } from '../../lib';
import { AccountTest } from './account-test';

// The setting is put by code that is in the template, and a call has a record in the log group of the member.
const account = new AccountTest('MemberLogging');
const { logGroup } = new MemberLogging(account.stack, 'MemberLogging');
const parameters = { logGroupName: logGroup.logGroupName, filterPattern: '"ModelInvocationLog"', limit: 1 };
account.eventually(account.callModel(), 'cloudwatch-logs', 'FilterLogEvents', parameters, {
  events: Match.arrayWith([Match.objectLike({ message: Match.stringLikeRegexp('requestId') })]),
});
