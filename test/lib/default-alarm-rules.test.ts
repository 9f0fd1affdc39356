import { existsSync, readFileSync } from 'node:fs';
import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { BedrockObservability, CostMetrics, DefaultAlarmRules, DefaultAlarmRulesOptions, TieredAlarms } from '../../lib';
import { alarmSet } from './alarm-set';

const metrics = CostMetrics.inNamespace();
const rules = (options?: DefaultAlarmRulesOptions) => DefaultAlarmRules.forMetrics(metrics, options);
const names = (options?: DefaultAlarmRulesOptions) => rules(options).map((rule) => rule.props.name);

const CRITICAL = ['ErrorRate', 'Latency', 'DailyCost', 'ModelUnavailable', 'AgentErrorRate', 'ComponentErrors', 'LogDeliveryFailing'];
const WARNING = [
  'TokensWeekOverWeek',
  'LatencyDegrading',
  'CacheHitRateFalling',
  'UnusualRequests',
  'CompletionRate',
  'ComponentLatency',
  'HourlyCost',
  'ModelShare',
  'TokenSpike',
  'CallerCost',
  'InputOutputRatio',
  'LargeCall',
  'WastedTokens',
  'CrossRegionLatency',
  'UnpricedCalls',
  'QuotaUsage',
];
const META = ['MeterErrors', 'MeterThrottles', 'MeterDelay', 'DeadLetters', 'MetricsRejected', 'SignalsMissing', 'LoggingChanged'];
const PRICES = ['PricesStale', 'PriceRefreshFailed', 'PriceRowsUnclassified', 'PricesChanged'];

test('has all seven critical and sixteen warning conditions, and watches itself', () => {
  expect(alarmSet(true).rules.map((rule) => rule.props.name)).toEqual([...CRITICAL, ...WARNING, ...META, ...PRICES]);
});

test('makes at most 35 alarms of the four lines, composites and maintenance included', () => {
  const stack = new Stack(new App(), 'Test');
  new BedrockObservability(stack, 'BedrockObservability');
  const template = Template.fromStack(stack);
  const count = ['Alarm', 'CompositeAlarm'].map((type) => Object.keys(template.findResources(`AWS::CloudWatch::${type}`)).length);
  expect(count).toEqual([33, 2]);
});

test.each(alarmSet(true).rules)('$props.name has a description that helps, and a runbook with the same sections', (rule) => {
  const path = rule.runbook.replace(' of cdk-bedrock-observability', '');
  expect(existsSync(path)).toBe(true);
  const text = readFileSync(path, 'utf8');
  expect(text).toMatch(new RegExp(`^# ${rule.props.name}\n\n\\*\\*Tier\\*\\* ${rule.props.tier} `));
  expect(text.match(/^## .+/gm)).toEqual(['## What it means', '## Likely causes', '## First five minutes', '## Silence and tune']);
});

test('leaves out what has no source', () => {
  expect(names()).toEqual([
    'ErrorRate',
    'Latency',
    'AgentErrorRate',
    'LogDeliveryFailing',
    'UnusualRequests',
    'CompletionRate',
    'UnpricedCalls',
  ]);
  expect(names({ textLogged: false })).not.toContain('CompletionRate');
});

test('takes thresholds by name, and tells them in the description', () => {
  const [rule] = rules({ thresholds: { ErrorRate: 12 } });
  expect(rule?.props).toMatchObject({ threshold: 12, summary: 'more than 12 % of the model calls fail' });
});

test('drops rules by name', () => {
  expect(names({ without: ['Latency', 'UnusualRequests'] })).toEqual([
    'ErrorRate',
    'AgentErrorRate',
    'LogDeliveryFailing',
    'CompletionRate',
    'UnpricedCalls',
  ]);
});

test('watches ratios with a volume floor, from the account total', () => {
  const stack = new Stack(new App(), 'Test');
  new TieredAlarms(stack, 'Alarms', { rules: rules({ minimumCalls: 50 }) });
  const alarms = Template.fromStack(stack).findResources('AWS::CloudWatch::Alarm');
  const [, errorRate] = Object.entries(alarms).find(([id]) => id.includes('ErrorRate'))!;
  const parts = (errorRate.Properties as { Metrics: { Expression?: string; MetricStat?: { Metric: { Dimensions?: unknown } } }[] }).Metrics;
  expect(parts.flatMap((part) => part.Expression ?? [])).toEqual([
    'IF(calls >= 50, 100 * errors / calls, 0)',
    'MAX([FILL(invocations, 0), errors])',
    'FILL(client, 0) + FILL(server, 0)',
  ]);
  expect(parts.flatMap((part) => part.MetricStat?.Metric.Dimensions ?? [])).toEqual([]);
});

test.each<[string, DefaultAlarmRulesOptions, string]>([
  [
    'an error rate above 100 %',
    { thresholds: { ErrorRate: 101 } },
    "the threshold of 'ErrorRate' in 'thresholds' must be from 0 to 100, got 101",
  ],
  ['a latency of nothing', { thresholds: { Latency: 0 } }, "the threshold of 'Latency' in 'thresholds' must be at least 1, got 0"],
  [
    'a threshold for a yes or no',
    { thresholds: { LogDeliveryFailing: 3 } },
    "the threshold of 'LogDeliveryFailing' in 'thresholds' must be 0, got 3",
  ],
  ['a threshold that is no number', { thresholds: { Latency: Number.NaN } }, "'thresholds' must be at least 1, got NaN"],
  ['the threshold of an unknown rule', { thresholds: { Errors: 1 } }, "'thresholds' must hold names of default rules (ErrorRate, Latency,"],
  ['dropping an unknown rule', { without: ['Errors'] }, "got 'Errors'"],
  ['no minimum of calls', { minimumCalls: 0 }, "'minimumCalls' must be at least 1, got 0"],
])('fails on %s', (_, options, message) => {
  expect(() => rules(options)).toThrow(message);
});
