import * as logs from 'aws-cdk-lib/aws-logs';
import { AgentMeter } from '../../lib';
import { AccountTest, GONE } from './account-test';

// The subscription to spans is accepted, and the join runs without an error.
const account = new AccountTest('AgentMeter');
const { stack } = account;
const spans = new logs.LogGroup(stack, 'Spans', { removalPolicy: GONE, retention: logs.RetentionDays.ONE_DAY });
const meter = new AgentMeter(stack, 'AgentMeter', {
  spanLogGroups: [spans],
  metricNamespace: 'IntegAgentMeter',
  removalPolicy: GONE,
});
account.runs(meter.joinFunction, {});
