import { App, Duration, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as sns from 'aws-cdk-lib/aws-sns';
import { AlarmCategory, AlarmRule, AlarmRuleProps, AlarmTier, CostMetrics, TieredAlarms, TieredAlarmsProps } from '../../lib';

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

function rendered(props: TieredAlarmsProps) {
  const stack = new Stack(new App(), 'Test', { env: { region: 'eu-central-1', account: '111122223333' } });
  const alarms = new TieredAlarms(stack, 'Alarms', props);
  return { stack, alarms, template: () => Template.fromStack(stack) };
}

const critical = (props: Partial<AlarmRuleProps> = {}) => rule({ name: 'Outage', tier: AlarmTier.CRITICAL, ...props });
function topics() {
  const stack = new Stack(new App(), 'Test');
  const action = (id: string) => new SnsAction(new sns.Topic(stack, id));
  return { stack, routing: { critical: [action('Pager')], warning: [action('Chat')], finOps: [action('Finance')] } };
}

const to = (...names: string[]) => names.map((name) => ({ Ref: Match.stringLikeRegexp(`^${name}`) }));

describe('when an alarm is over', () => {
  const money = critical({ name: 'Money', category: AlarmCategory.COST });

  test('those are told who were told of it', () => {
    const { stack, routing } = topics();
    new TieredAlarms(stack, 'Alarms', { rules: [critical(), money], routing });
    const template = Template.fromStack(stack);
    template.hasResourceProperties('AWS::CloudWatch::CompositeAlarm', { OKActions: to('Pager') });
    template.hasResourceProperties('AWS::CloudWatch::Alarm', { OKActions: to('Pager', 'Finance') });
  });

  test('others can be told, or nobody', () => {
    const { stack, routing } = topics();
    const over = new SnsAction(new sns.Topic(stack, 'Over'));
    new TieredAlarms(stack, 'Alarms', { rules: [critical(), money], routing: { ...routing, ok: [over] } });
    new TieredAlarms(stack, 'Silent', { rules: [critical(), money], routing: { ...routing, ok: [] } });
    const template = Template.fromStack(stack);
    template.resourcePropertiesCountIs('AWS::CloudWatch::CompositeAlarm', { OKActions: to('Over') }, 1);
    template.resourcePropertiesCountIs('AWS::CloudWatch::CompositeAlarm', { OKActions: Match.absent() }, 1);
    template.resourcePropertiesCountIs('AWS::CloudWatch::Alarm', { OKActions: to('Over'), AlarmActions: to('Pager', 'Finance') }, 1);
    template.resourcePropertiesCountIs('AWS::CloudWatch::Alarm', { AlarmActions: to('Pager', 'Finance'), OKActions: Match.absent() }, 1);
  });
});

describe('an alarm by its name', () => {
  test('is the one of that rule', () => {
    const { alarms } = rendered({ rules: [critical(), rule()] });
    expect(alarms.alarm('Outage')).toBe(alarms.alarms[0]);
  });

  test('that no rule has is refused with those that there are', () => {
    const { alarms } = rendered({ rules: [critical(), rule()] });
    expect(() => alarms.alarm('Toast')).toThrow("'name' must be that of a rule (Outage, Unpriced), got 'Toast'");
  });
});

describe('the right to announce a maintenance', () => {
  const pipeline = (stack: Stack) => new iam.Role(stack, 'Pipeline', { assumedBy: new iam.AccountRootPrincipal() });

  test('is that to publish to the topic of maintenances', () => {
    const { stack, alarms, template } = rendered({ rules: [critical()] });
    alarms.grantAnnounceMaintenance(pipeline(stack));
    template().hasResourceProperties('AWS::IAM::Policy', {
      PolicyDocument: {
        Statement: [Match.objectLike({ Action: 'sns:Publish', Resource: { Ref: Match.stringLikeRegexp('AlarmsMaintenanceTopic') } })],
      },
    });
  });

  test('cannot be given for an alarm of your own', () => {
    const stack = new Stack(new App(), 'Test');
    const maintenanceAlarm = cloudwatch.Alarm.fromAlarmName(stack, 'Deploying', 'deploying');
    const alarms = new TieredAlarms(stack, 'Alarms', { rules: [critical()], maintenanceAlarm });
    expect(() => alarms.grantAnnounceMaintenance(pipeline(stack))).toThrow("'maintenanceAlarm' was given");
  });
});
