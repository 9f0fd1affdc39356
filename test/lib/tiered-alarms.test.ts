import { App, Duration, Stack } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import * as sns from 'aws-cdk-lib/aws-sns';
import { AlarmRule, AlarmRuleProps, AlarmTier, CostMetrics, DefaultAlarmRules, DefaultAlarmRulesOptions, TieredAlarms } from '../../lib';

const metrics = CostMetrics.inNamespace();

function rule(props: Partial<AlarmRuleProps> = {}): AlarmRule {
  return new AlarmRule({
    name: 'Unpriced',
    tier: AlarmTier.WARNING,
    summary: 'calls have no price',
    firstCheck: 'which models they went to',
    metric: metrics.metricUnpriced({ period: Duration.hours(1) }),
    threshold: 0,
    ...props,
  });
}

function defaults(options?: DefaultAlarmRulesOptions): Template {
  const stack = new Stack(new App(), 'Test');
  new TieredAlarms(stack, 'Alarms', { rules: DefaultAlarmRules.over(metrics, options) });
  return Template.fromStack(stack);
}

test('watches the error rate with a volume floor, within the limits of an alarm', () => {
  const [alarm] = Object.values(defaults().findResources('AWS::CloudWatch::Alarm', { Properties: { Threshold: 5 } }));
  const { Metrics: parts, ...properties } = alarm!.Properties as { Metrics: { Expression?: string }[] };
  expect(parts.length).toBeLessThanOrEqual(10);
  expect(parts.map((part) => part.Expression).filter(Boolean)).toEqual([
    'IF(calls >= 20, 100 * errors / calls, 0)',
    'MAX([FILL(invocations, 0), errors])',
    'FILL(client, 0) + FILL(server, 0)',
  ]);
  expect(properties).toMatchObject({ EvaluationPeriods: 3, DatapointsToAlarm: 2, TreatMissingData: 'notBreaching' });
});

test("compares today's cost on the wall clock, not over a sliding day", () => {
  defaults({ dailyCostUsd: 250 }).hasResourceProperties('AWS::CloudWatch::Alarm', {
    MetricName: 'llm.cost.usd',
    Period: 86400,
    Threshold: 250,
    EvaluationWindow: { WallClockWindow: { Timezone: 'UTC' } },
  });
});

test('fires on the first record that Bedrock cannot deliver', () => {
  defaults().hasResourceProperties('AWS::CloudWatch::Alarm', {
    MetricName: 'ModelInvocationLogsCloudWatchDeliveryFailure',
    Threshold: 0,
    ComparisonOperator: 'GreaterThanThreshold',
    Dimensions: Match.absent(),
  });
});

test('tells in every description what is wrong, what to check first and where the runbook is', () => {
  for (const alarm of Object.values(defaults().findResources('AWS::CloudWatch::Alarm'))) {
    const { AlarmDescription } = alarm.Properties as { AlarmDescription: string };
    expect(AlarmDescription).toMatch(
      /^\[critical\] [A-Z].+\. Check first: .+\. Runbook: docs\/runbooks\/[a-z-]+\.md of cdk-bedrock-observability$/,
    );
    expect(AlarmDescription.length).toBeLessThanOrEqual(1024);
  }
});

test('routes by tier and announces recovery of critical alarms only', () => {
  const stack = new Stack(new App(), 'Test');
  const pager = new sns.Topic(stack, 'Pager');
  const chat = new sns.Topic(stack, 'Chat');
  new TieredAlarms(stack, 'Alarms', {
    rules: [rule(), rule({ name: 'Everything', tier: AlarmTier.CRITICAL })],
    routing: { critical: [new SnsAction(pager)], warning: [new SnsAction(chat)] },
  });
  const template = Template.fromStack(stack);
  const to = (name: string) => [{ Ref: Match.stringLikeRegexp(`^${name}`) }];
  template.hasResourceProperties('AWS::CloudWatch::Alarm', { AlarmActions: to('Chat'), OKActions: Match.absent() });
  template.hasResourceProperties('AWS::CloudWatch::Alarm', { AlarmActions: to('Pager'), OKActions: to('Pager') });
});

test('warns when nobody is notified', () => {
  const stack = new Stack(new App(), 'Test');
  new TieredAlarms(stack, 'Alarms', { rules: [rule()] });
  Annotations.fromStack(stack).hasWarning('/Test/Alarms', Match.stringLikeRegexp('critical alarms notify nobody'));
});

test('gives a rule another threshold without touching the original', () => {
  const original = rule();
  expect(original.withThreshold(7).props).toEqual({ ...original.props, threshold: 7 });
  expect(original.props.threshold).toBe(0);
});

test('renders the evaluation of a rule as given', () => {
  const stack = new Stack(new App(), 'Test');
  new TieredAlarms(stack, 'Alarms', {
    rules: [
      rule({
        evaluationPeriods: 4,
        datapointsToAlarm: 3,
        comparisonOperator: cloudwatch.ComparisonOperator.LESS_THAN_THRESHOLD,
        treatMissingData: cloudwatch.TreatMissingData.BREACHING,
      }),
    ],
  });
  Template.fromStack(stack).hasResourceProperties('AWS::CloudWatch::Alarm', {
    EvaluationPeriods: 4,
    DatapointsToAlarm: 3,
    ComparisonOperator: 'LessThanThreshold',
    TreatMissingData: 'breaching',
  });
});

test.each<[string, () => unknown, string]>([
  [
    'two rules with one name',
    () => new TieredAlarms(new Stack(), 'Alarms', { rules: [rule(), rule()] }),
    "'rules' must not hold two rules with one name, got 'Unpriced' twice",
  ],
  [
    'a name that is not PascalCase',
    () => rule({ name: 'not-pascal' }),
    "'name' must be PascalCase with at most 64 letters and digits, got 'not-pascal'",
  ],
  [
    'more breaching datapoints than periods',
    () => rule({ datapointsToAlarm: 3 }),
    "'datapointsToAlarm' of rule 'Unpriced' must be between 1 and its evaluationPeriods 1, got 3",
  ],
  [
    'a threshold that is no number',
    () => rule({ threshold: Number.NaN }),
    "'threshold' of rule 'Unpriced' must be a finite number, got NaN",
  ],
  ['an error rate above 100 %', () => defaults({ errorRatePercent: 101 }), "'errorRatePercent' must be from 0 to 100, got 101"],
  ['a daily cost of nothing', () => defaults({ dailyCostUsd: 0 }), "'dailyCostUsd' must be above 0, got 0"],
  ['no minimum of calls', () => defaults({ minimumCalls: 0 }), "'minimumCalls' must be at least 1, got 0"],
])('fails on %s', (_, act, message) => {
  expect(act).toThrow(message);
});
