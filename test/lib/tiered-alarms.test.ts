import { App, Duration, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import * as sns from 'aws-cdk-lib/aws-sns';
import { AlarmActivation, AlarmCategory, AlarmTier, CostMetrics, TieredAlarms } from '../../lib';
import { critical, rendered, rule, to, topics } from './rules';

const metrics = CostMetrics.inNamespace();
const about = (category: AlarmCategory) => rule({ name: `About${category.toUpperCase()}`, tier: AlarmTier.CRITICAL, category });

describe('one page for an outage', () => {
  test('announces symptoms by a composite alarm for each tier, and not one by one', () => {
    const { stack, routing } = topics();
    new TieredAlarms(stack, 'Alarms', { rules: [critical(), critical({ name: 'Slow' }), rule()], routing });
    const template = Template.fromStack(stack);
    template.resourceCountIs('AWS::CloudWatch::CompositeAlarm', 2);
    template.hasResourceProperties('AWS::CloudWatch::CompositeAlarm', { AlarmActions: to('Pager'), OKActions: to('Pager') });
    template.hasResourceProperties('AWS::CloudWatch::CompositeAlarm', { AlarmActions: to('Chat'), OKActions: Match.absent() });
    template.allResourcesProperties('AWS::CloudWatch::Alarm', { AlarmActions: Match.absent() });
  });

  test('keeps the incident of the warnings off while the critical one is on', () => {
    const { alarms, template } = rendered({ rules: [critical(), rule()] });
    const composites = template().findResources('AWS::CloudWatch::CompositeAlarm');
    const rules = Object.fromEntries(
      Object.entries(composites).map(([id, { Properties }]) => [id.slice(6, -8), JSON.stringify(Properties.AlarmRule)]),
    );
    expect(rules.CriticalIncident).toMatch(/ALARM.+AlarmsOutage/);
    expect(rules.WarningIncident).toMatch(/ALARM.+AlarmsUnpriced.+AND.+NOT.+ALARM.+CriticalIncident/);
    expect(alarms.criticalIncidentAlarm).toBeDefined();
  });

  test('silences symptoms for an hour after a message to the topic of maintenances', () => {
    const { alarms, template } = rendered({ rules: [critical()] });
    template().hasResourceProperties('AWS::CloudWatch::CompositeAlarm', {
      ActionsSuppressor: Match.objectLike({ 'Fn::GetAtt': [Match.stringLikeRegexp('Maintenance'), 'Arn'] }),
      ActionsSuppressorWaitPeriod: 60,
      ActionsSuppressorExtensionPeriod: 60,
    });
    template().hasResourceProperties('AWS::CloudWatch::Alarm', {
      // Nobody can put metrics into a namespace of AWS.
      Namespace: 'AWS/SNS',
      MetricName: 'NumberOfMessagesPublished',
      Dimensions: [{ Name: 'TopicName', Value: { 'Fn::GetAtt': [Match.stringLikeRegexp('MaintenanceTopic'), 'TopicName'] } }],
      Period: 3600,
    });
    expect(alarms.maintenanceTopic).toBeDefined();
  });

  test('takes another alarm for the maintenance', () => {
    const { template } = rendered({}, () => undefined);
    const own = rendered({ rules: [critical()], maintenanceAlarm: cloudwatch.Alarm.fromAlarmName(new Stack(), 'Own', 'deploying') });
    expect(Object.keys(template().findResources('AWS::CloudWatch::Alarm'))).toHaveLength(2);
    expect(Object.keys(own.template().findResources('AWS::CloudWatch::Alarm'))).toHaveLength(1);
    expect(own.alarms.maintenanceTopic).toBeUndefined();
  });
});

describe('alarms that are no symptoms', () => {
  test('announces money to FinOps in addition to its tier, and again when it is over', () => {
    const { stack, routing } = topics();
    new TieredAlarms(stack, 'Alarms', { rules: [about(AlarmCategory.COST)], routing });
    const template = Template.fromStack(stack);
    template.hasResourceProperties('AWS::CloudWatch::Alarm', {
      AlarmActions: to('Pager', 'Finance'),
      OKActions: to('Pager', 'Finance'),
    });
    template.resourceCountIs('AWS::CloudWatch::CompositeAlarm', 0);
  });

  test('announces the telemetry by itself, and not to FinOps', () => {
    const { stack, routing } = topics();
    new TieredAlarms(stack, 'Alarms', { rules: [rule({ category: AlarmCategory.TELEMETRY })], routing });
    Template.fromStack(stack).hasResourceProperties('AWS::CloudWatch::Alarm', { AlarmActions: to('Chat'), OKActions: Match.absent() });
  });
});

describe('times without actions', () => {
  test('creates alarms with their actions off, and turns them on later', () => {
    const { template } = rendered({ rules: [critical()], activation: AlarmActivation.after(Duration.days(14)) });
    template().allResourcesProperties('AWS::CloudWatch::CompositeAlarm', { ActionsEnabled: false });
    template().hasResourceProperties('AWS::CloudWatch::Alarm', { ActionsEnabled: false });
    template().hasResourceProperties('AWS::Lambda::Function', {
      Environment: { Variables: Match.objectLike({ ACTIVATE_AFTER_DAYS: '14' }) },
    });
    template().hasResourceProperties('AWS::IAM::Policy', {
      PolicyDocument: { Statement: Match.arrayWith([Match.objectLike({ Action: 'cloudwatch:EnableAlarmActions' })]) },
    });
  });

  test('mutes all alarms in recurring times', () => {
    const { template } = rendered({
      rules: [critical()],
      muteWindows: [{ cron: '0 18 * * FRI', duration: Duration.hours(62), timeZone: 'Europe/Berlin' }],
    });
    template().hasResourceProperties('AWS::CloudWatch::AlarmMuteRule', {
      Rule: { Schedule: { Expression: 'cron(0 18 * * FRI)', Duration: 'P2DT14H', Timezone: 'Europe/Berlin' } },
      MuteTargets: { AlarmNames: [{ Ref: Match.stringLikeRegexp('Outage') }, { Ref: Match.stringLikeRegexp('CriticalIncident') }] },
    });
  });
});

test('renders a comparison with an anomaly band, and a wall clock, and a warm-up', () => {
  const { template } = rendered({
    rules: [
      rule({ comparisonOperator: cloudwatch.ComparisonOperator.GREATER_THAN_UPPER_THRESHOLD, threshold: 4 }),
      critical({ wallClockTimeZone: 'Europe/Berlin', warmUp: Duration.hours(1), metric: metrics.metricCost({ period: Duration.days(1) }) }),
    ],
  });
  template().hasResourceProperties('AWS::CloudWatch::Alarm', {
    ThresholdMetricId: Match.anyValue(),
    Metrics: Match.arrayWith([Match.objectLike({ Expression: Match.stringLikeRegexp('ANOMALY_DETECTION_BAND\\(\\w+, 4\\)') })]),
  });
  template().hasResourceProperties('AWS::CloudWatch::Alarm', {
    EvaluationWindow: { WallClockWindow: { Timezone: 'Europe/Berlin' } },
    WarmUpConfiguration: { WarmUpPeriodDurationInMinutes: 60, OnlyStartEvaluatingAfterWarmUpPeriodEnds: true },
  });
});

test('gives a rule another threshold without touching the original', () => {
  const original = rule();
  expect(original.withThreshold(7)._props).toEqual({ ...original._props, threshold: 7 });
  expect(original.threshold).toBe(0);
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
    "'datapointsToAlarm' of rule 'Unpriced' must be from 1 to its 'evaluationPeriods' 1, got 3",
  ],
  [
    'a threshold that is no number',
    () => rule({ threshold: Number.NaN }),
    "'threshold' of rule 'Unpriced' must be a finite number, got NaN",
  ],
  [
    'half a period',
    () => rule({ evaluationPeriods: 1.5 }),
    "'evaluationPeriods' of rule 'Unpriced' must be a whole number of at least 1, got 1.5",
  ],
  [
    'more actions than an alarm can have',
    () => {
      const { stack, routing } = topics();
      const five = Array.from({ length: 5 }, (_, i) => new SnsAction(new sns.Topic(stack, `T${i}`)));
      new TieredAlarms(stack, 'Alarms', { rules: [rule()], routing: { ...routing, critical: five } });
    },
    "'routing.critical' must have at most 5 actions, as a CloudWatch alarm, got 6; put a topic in front of them",
  ],
  [
    'a calendar month',
    () => rendered({ rules: [rule({ metric: metrics.metricCost({ period: Duration.days(1) }), evaluationPeriods: 30 })] }),
    "'evaluationPeriods' of rule 'Unpriced' must not exceed 7 days with periods of an hour or more, got 30 periods of 86400 s",
  ],
  [
    'more than a day of short periods',
    () => rendered({ rules: [rule({ metric: metrics.metricCost({ period: Duration.minutes(5) }), evaluationPeriods: 300 })] }),
    'must not exceed 1 day with periods below an hour, got 300 periods of 300 s',
  ],
  [
    'a wall clock of fifteen minutes',
    () => rendered({ rules: [rule({ metric: metrics.metricCost({ period: Duration.minutes(15) }), wallClockTimeZone: 'UTC' })] }),
    "'metric' of rule 'Unpriced' must have a period of 1 or 5 minutes, an hour, a day or a week to be aligned with 'wallClockTimeZone', got 900 s",
  ],
  [
    'eleven metrics',
    () => {
      const usingMetrics = Object.fromEntries(Array.from({ length: 11 }, (_, i) => [`m${i}`, metrics.metric(`metric${i}`)]));
      rendered({
        rules: [rule({ metric: new cloudwatch.MathExpression({ expression: Object.keys(usingMetrics).join('+'), usingMetrics }) })],
      });
    },
    "'metric' of rule 'Unpriced' must be made of at most 10 metrics, got 11",
  ],
  [
    'an endless description',
    () => rendered({ rules: [rule({ summary: 'x'.repeat(1000) })] }),
    "'summary' and 'firstCheck' of rule 'Unpriced' must make a description of at most 1024 characters",
  ],
  ['a delay of hours', () => AlarmActivation.after(Duration.hours(30)), "'duration' must be 1 to 90 whole days, got 1.25 days"],
  [
    'cron with six fields',
    () => rendered({ muteWindows: [{ cron: '0 18 ? * FRI *', duration: Duration.hours(1) }] }),
    "'muteWindows.cron' must have the five fields minute, hour, day of month, month and day of week, got '0 18 ? * FRI *'",
  ],
  [
    'a mute window of a month',
    () => rendered({ muteWindows: [{ cron: '0 0 1 * *', duration: Duration.days(30) }] }),
    "'muteWindows.duration' must be from 1 minute to 15 days, got 43200 minutes",
  ],
  [
    'a mute window on no clock',
    () => rendered({ muteWindows: [{ cron: '0 0 1 * *', duration: Duration.days(1), timeZone: 'Berlin' }] }),
    "'muteWindows.timeZone' must be a name of the IANA time zone database such as Europe/Berlin, or UTC, got 'Berlin'",
  ],
])('fails on %s', (_, act, message) => {
  expect(act).toThrow(message);
});
