import { MemberLogging } from '../../lib';
import { AccountTest } from './account-test';

// The setting is put by code that is in the template, and a call has a record in the log group of the member.
const account = new AccountTest('MemberLogging');
const { logGroup } = new MemberLogging(account.stack, 'MemberLogging');
account.eventuallyRecorded(account.callModel(), logGroup);
