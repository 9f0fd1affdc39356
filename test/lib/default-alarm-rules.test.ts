import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as sns from 'aws-cdk-lib/aws-sns';
import {
  AlarmSignals,
  AlarmSource,
  AlarmTopic,
  BedrockObservability,
  CostMetrics,
  DefaultAlarmRules,
  ObservabilityLevel,
  DefaultAlarmRulesProps,
  TieredAlarms,
} from '../../lib';
import { alarmSet } from './alarm-set';

const metrics = CostMetrics.inNamespace();
const rules = (options?: DefaultAlarmRulesProps) => DefaultAlarmRules.forMetrics(metrics, options);
const names = (options?: DefaultAlarmRulesProps) => rules(options).map(({ name }) => name);

/** The rules by tier and category. */
const RULES = {
  'critical service': [
    'ErrorRate',
    'Latency',
    'ModelUnavailable',
    'AgentErrorRate',
    'ComponentErrors',
    'AgentInvocationErrors',
    'AgentComponentErrors',
  ],
  'critical cost': ['DailyCost', 'AgentLoop'],
  'critical telemetry': ['LogDeliveryFailing'],
  'warning service': [
    'LatencyDegrading',
    'UnusualRequests',
    'CompletionRate',
    'ComponentLatency',
    'CrossRegionLatency',
    'QuotaUsage',
    'AgentToolLatency',
    'AgentModelLatency',
  ],
  'warning cost': [
    'TokensWeekOverWeek',
    'CacheHitRateFalling',
    'HourlyCost',
    'ModelShare',
    'TokenSpike',
    'CallerCost',
    'InputOutputRatio',
    'LargeCall',
    'WastedTokens',
    'UnpricedCalls',
    'PricesChanged',
    'AgentRunLength',
    'AgentSessionCost',
  ],
  'warning telemetry': [
    'MeterErrors',
    'MeterThrottles',
    'MeterDelay',
    'DeadLetters',
    'MetricsRejected',
    'RecordsLost',
    'MalformedRecords',
    'LookUpsFailing',
    'ValuesFolded',
    'LoggingChanged',
    'S3DeliveryFailing',
    'MessagesUndelivered',
    'SignalsMissing',
    'QuotaSignalsMissing',
    'HourlySignalsMissing',
    'CallerSignalsMissing',
    'TrailMissing',
    'PricesStale',
    'PriceRefreshFailed',
    'PriceRowsUnclassified',
    'AgentJoinMissing',
    'AgentDeadLetters',
  ],
};

test('each rule has the tier and the category that decide whom it notifies', () => {
  const found: Record<string, string[]> = {};
  for (const { name, tier, category } of alarmSet(true).rules) {
    (found[`${tier} ${category}`] ??= []).push(name);
  }
  expect(found).toEqual(RULES);
});

test('each rule names the source without which it is left out', () => {
  const signals = new AlarmSignals(new Stack(), 'Signals', { costMetrics: metrics });
  for (const { name, source } of alarmSet(true).rules.map(({ _props }) => _props)) {
    if (source === AlarmSource.HISTORY) {
      expect(names({})).not.toContain(name);
      expect(names({ signals })).toContain(name);
    } else if (source === AlarmSource.LEDGER || source === AlarmSource.SPANS) {
      expect(names({ signals })).not.toContain(name);
    } else if (source === AlarmSource.LOGGED_TEXT) {
      expect(names({ textLogged: false })).not.toContain(name);
    }
  }
});

test.each([
  [ObservabilityLevel.BASIC, 11, {}],
  [ObservabilityLevel.COMPREHENSIVE, 41, {}],
  [ObservabilityLevel.BASIC, 20, { agents: {}, defaultAlarms: { thresholds: { AgentSessionCost: 2 } } }],
  [ObservabilityLevel.COMPREHENSIVE, 50, { agents: {} }],
])('the level %s makes %d alarms, maintenance included, and two composites: with %j', (level, expected, props) => {
  const stack = new Stack(new App(), 'Test');
  new BedrockObservability(stack, 'BedrockObservability', { level, ...props });
  const template = Template.fromStack(stack);
  const count = ['Alarm', 'CompositeAlarm'].map((type) => Object.keys(template.findResources(`AWS::CloudWatch::${type}`)).length);
  expect(count).toEqual([expected, 2]);
});

test('topics of the routing, also those of SNS actions, and the trail are watched at every level', () => {
  const stack = new Stack(new App(), 'Test');
  const pager = new AlarmTopic(stack, 'Pager');
  const chat = new sns.Topic(stack, 'Chat');
  const { tieredAlarms } = new BedrockObservability(stack, 'BedrockObservability', {
    alarmRouting: { critical: [pager], warning: [new SnsAction(chat), new SnsAction(chat)] },
    digest: { topics: [pager.topic, chat] },
    trailLogGroup: logs.LogGroup.fromLogGroupName(stack, 'Trail', 'trail'),
  });
  const { metric } = tieredAlarms._rules.find(({ name }) => name === 'MessagesUndelivered')!;
  const { expression, usingMetrics = {} } = metric.toMetricConfig().mathExpression!;
  expect(expression).toBe('FILL(topic0, 0) + FILL(topic1, 0)');
  expect(Object.values(usingMetrics).map((used) => used.toMetricConfig().metricStat?.dimensions?.[0]?.value as string)).toEqual([
    pager.topic.topicName,
    chat.topicName,
  ]);
  expect(tieredAlarms._rules.map(({ name }) => name)).toContain('TrailMissing');
  expect(names({})).not.toEqual(expect.arrayContaining(['MessagesUndelivered']));
});

test('more topics than an alarm can read are refused', () => {
  const stack = new Stack(new App(), 'Test');
  const topics = Array.from({ length: 11 }, (_, at) => new sns.Topic(stack, `T${at}`));
  expect(() => rules({ topics })).toThrow("'topics' must be at most 10, the metrics that one alarm may read, got 11");
});

test('descriptions link to the runbooks of this version, or of a place of your own', () => {
  const textsOf = (runbooksUrl?: string) => {
    const stack = new Stack(new App(), 'Test');
    new TieredAlarms(stack, 'Alarms', { rules: rules(), runbooksUrl });
    const resources = Object.values(
      Template.fromStack(stack).toJSON().Resources as Record<string, { Properties: { AlarmDescription?: string } }>,
    );
    return resources.flatMap(({ Properties }) => Properties.AlarmDescription ?? []).filter((text) => text.includes('Runbook: '));
  };
  expect(textsOf()[0]).toMatch(/Runbook: https:\/\/github\.com\/.+\/blob\/v\d+\.\d+\.\d+\/docs\/runbooks\/error-rate\.md$/);
  expect(textsOf('https://wiki.example/bedrock/').filter((text) => !text.includes('Runbook: https://wiki.example/bedrock/'))).toEqual([]);
});

test('leaves out rules without a source', () => {
  expect(names()).toEqual([
    'ErrorRate',
    'Latency',
    'AgentErrorRate',
    'LogDeliveryFailing',
    'UnusualRequests',
    'CompletionRate',
    'UnpricedCalls',
    'MalformedRecords',
    'LookUpsFailing',
    'ValuesFolded',
    'S3DeliveryFailing',
  ]);
  expect(names({ textLogged: false })).not.toContain('CompletionRate');
});

test('takes thresholds by name, and the summary names them', () => {
  const [rule] = rules({ thresholds: { ErrorRate: 12 } });
  expect(rule?._props).toMatchObject({ threshold: 12, summary: 'more than 12 % of the model calls fail' });
});

test('drops rules by name', () => {
  expect(names({ exclude: ['Latency', 'UnusualRequests'] })).toEqual([
    'ErrorRate',
    'AgentErrorRate',
    'LogDeliveryFailing',
    'CompletionRate',
    'UnpricedCalls',
    'MalformedRecords',
    'LookUpsFailing',
    'ValuesFolded',
    'S3DeliveryFailing',
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

test.each<[string, DefaultAlarmRulesProps, string]>([
  ['an error rate above 100 %', { thresholds: { ErrorRate: 101 } }, "'thresholds.ErrorRate' must be from 0 to 100, got 101"],
  ['a latency of nothing', { thresholds: { Latency: 0 } }, "'thresholds.Latency' must be at least 1, got 0"],
  ['a threshold for a yes or no', { thresholds: { LogDeliveryFailing: 3 } }, "'thresholds.LogDeliveryFailing' must be 0, got 3"],
  ['a threshold that is no number', { thresholds: { Latency: Number.NaN } }, "'thresholds.Latency' must be a number, got NaN"],
  ['the threshold of an unknown rule', { thresholds: { Errors: 1 } }, "'thresholds' must hold names of default rules (ErrorRate, Latency,"],
  ['dropping an unknown rule', { exclude: ['Errors'] }, "got 'Errors'"],
  ['no minimum of calls', { minimumCalls: 0 }, "'minimumCalls' must be at least 1, got 0"],
])('fails on %s', (_, options, message) => {
  expect(() => rules(options)).toThrow(message);
});
