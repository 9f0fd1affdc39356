import { App, Duration, Stack } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as logs from 'aws-cdk-lib/aws-logs';
import { AlarmRule, AlarmTier, Audience, BedrockObservability, BedrockObservabilityProps, ObservabilityLevel } from '../../lib';

interface Output {
  readonly Value: unknown;
  readonly Description: string;
}

function deployed(props?: BedrockObservabilityProps, region = 'eu-central-1') {
  const stack = new Stack(new App(), 'Test', { env: { account: '111122223333', region } });
  new BedrockObservability(stack, 'It', props);
  const template = Template.fromStack(stack);
  return { template, outputs: Object.entries(template.findOutputs('*')) as [string, Output][] };
}

test('the stack has outputs: a link to each dashboard, the log groups, the dead letters and what meters them again', () => {
  const { outputs } = deployed({ level: ObservabilityLevel.COMPREHENSIVE });
  const names = outputs.map(([id]) => id.replace(/^ItOutputs|[0-9A-F]{8}$/g, ''));
  expect(names.sort()).toEqual([
    'DeadLetterQueue',
    'DevOpsDashboard',
    'DeveloperDashboard',
    'ExecutiveDashboard',
    'FinOpsDashboard',
    'LedgerLogGroup',
    'MaintenanceTopic',
    'RecordsLogGroup',
    'RedriveMapping',
    'SecurityDashboard',
  ]);
  const text = JSON.stringify(outputs);
  expect(text).toContain('https://console.aws.amazon.com/cloudwatch/home?region=eu-central-1#dashboards/dashboard/');
  expect(outputs.every(([, { Description }]) => Description.length > 0)).toBe(true);
});

test('the links are those of the partition, as far as the Region is known', () => {
  expect(JSON.stringify(deployed({}, 'cn-north-1').outputs)).toContain('https://console.amazonaws.cn/');
});

test('outputs can be left out', () => {
  expect(deployed({ outputs: false }).outputs).toEqual([]);
});

test('without dashboards there are no saved queries either', () => {
  const { template } = deployed({ dashboards: { audiences: [] } });
  template.resourceCountIs('AWS::Logs::QueryDefinition', 0);
  const withOne = deployed({ dashboards: { audiences: [Audience.FINOPS] } }).template;
  withOne.hasResourceProperties('AWS::Logs::QueryDefinition', { Name: Match.stringLikeRegexp('^Amazon Bedrock/') });
});

test('the topic that announces a maintenance is an output', () => {
  const { template } = deployed({});
  template.hasOutput('*', { Value: { Ref: Match.stringLikeRegexp('AlarmsMaintenanceTopic') } });
});

test('the four lines of the README have no warning, so that `cdk synth --strict` passes', () => {
  const stack = new Stack(new App(), 'Test');
  new BedrockObservability(stack, 'BedrockObservability');
  Annotations.fromStack(stack).hasNoWarning('*', Match.anyValue());
});

test('what the alarms and their signals take, the composite takes', () => {
  const stack = new Stack(new App(), 'Test');
  new BedrockObservability(stack, 'It', {
    alarmSignals: { minimumCalls: 5 },
    timeZone: 'Europe/Berlin',
    spanLogGroups: [logs.LogGroup.fromLogGroupName(stack, 'Spans', 'aws/spans')],
    alarmMuteWindows: [{ cron: '0 18 * * FRI', duration: Duration.days(2) }],
    maintenanceAlarm: cloudwatch.Alarm.fromAlarmName(stack, 'Deploying', 'deploying'),
  });
  const template = Template.fromStack(stack);
  template.hasResourceProperties('AWS::Lambda::Function', {
    Environment: { Variables: Match.objectLike({ TIME_ZONE: 'Europe/Berlin', MINIMUM_CALLS: '5', SPAN_LOG_GROUPS: 'aws/spans' }) },
  });
  template.resourceCountIs('AWS::CloudWatch::AlarmMuteRule', 1);
  template.resourcePropertiesCountIs('AWS::CloudWatch::Alarm', { Namespace: 'AWS/SNS' }, 0);
  expect(Object.keys(template.findResources('AWS::CloudWatch::Dashboard'))).toContainEqual(expect.stringContaining('Agents'));
  template.hasResourceProperties('AWS::CloudWatch::Alarm', { MetricName: 'bedrock.signal.component.errors' });
});

test('rules of your own are beside the default ones: in the incident of their tier, and on the dashboard', () => {
  const stack = new Stack(new App(), 'Test');
  const own = new AlarmRule({
    name: 'QueueOfPrompts',
    tier: AlarmTier.CRITICAL,
    summary: 'prompts wait for longer than a minute',
    firstCheck: 'whether the workers run',
    metric: new cloudwatch.Metric({ namespace: 'AWS/SQS', metricName: 'ApproximateAgeOfOldestMessage' }),
    threshold: 60,
  });
  const { tieredAlarms } = new BedrockObservability(stack, 'It', { alarmRules: [own] });
  const id = stack.getLogicalId(tieredAlarms.alarm('QueueOfPrompts').node.defaultChild as cloudwatch.CfnAlarm);
  const template = Template.fromStack(stack);
  expect(JSON.stringify(template.findResources('AWS::CloudWatch::CompositeAlarm'))).toContain(id);
  expect(JSON.stringify(template.findResources('AWS::CloudWatch::Dashboard'))).toContain(id);
  expect(() => new BedrockObservability(new Stack(), 'It', { alarmRules: [own, own] })).toThrow('QueueOfPrompts');
});
