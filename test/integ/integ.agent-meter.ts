import * as logs from 'aws-cdk-lib/aws-logs';
import { AgentMeter } from '../../lib';
import { AccountTest, GONE } from './account-test';

// The subscriptions to spans and to usage logs are accepted, and the join runs without an error.
const account = new AccountTest('AgentMeter');
const { stack } = account;
const spans = new logs.LogGroup(stack, 'Spans', { removalPolicy: GONE, retention: logs.RetentionDays.ONE_DAY });
const usage = new logs.LogGroup(stack, 'Usage', { removalPolicy: GONE, retention: logs.RetentionDays.ONE_DAY });
const meter = new AgentMeter(stack, 'AgentMeter', {
  spanLogGroups: [spans],
  usageLogGroups: [usage],
  metricNamespace: 'IntegAgentMeter',
  removalPolicy: GONE,
});
account.runs(meter.joinFunction, {});
