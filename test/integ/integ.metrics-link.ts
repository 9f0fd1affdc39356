import { MetricsLink } from '../../lib';
import { AccountTest } from './account-test';

// A link needs a sink of another account, which this test does not have: write its ARN here to run it.
const account = new AccountTest('MetricsLink');
new MetricsLink(account.stack, 'MetricsLink', { sinkArns: { 'us-east-1': 'arn:aws:oam:us-east-1:999999999999:sink/a1b2c3d4' } });
