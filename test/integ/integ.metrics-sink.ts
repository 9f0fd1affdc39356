import { MetricsSink } from '../../lib';
import { AccountTest } from './account-test';

// CloudWatch takes the policy of the sink.
const account = new AccountTest('MetricsSink');
const { sinkArn } = new MetricsSink(account.stack, 'MetricsSink', { accounts: [account.stack.account], sinkName: 'integ-bedrock' });
account.eventually(undefined, 'oam', 'GetSinkPolicy', { SinkIdentifier: sinkArn }, { SinkArn: sinkArn });
