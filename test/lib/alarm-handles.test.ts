import { App, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as sns from 'aws-cdk-lib/aws-sns';
import { AlarmCategory, TieredAlarms } from '../../lib';
import { critical, rendered, rule, to, topics } from './rules';

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
