import { App, Stack } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import { LambdaAction, SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as sns from 'aws-cdk-lib/aws-sns';
import { AlarmCategory, AlarmRule, AlarmRuleProps, AlarmTier, CostMetrics, TieredAlarms } from '../../lib';

const metric = CostMetrics.inNamespace().metricUnpriced();

function rule(props: Partial<AlarmRuleProps> = {}): AlarmRule {
  const texts = { name: 'Unpriced', summary: 'calls have no price', firstCheck: 'which models they went to' };
  return new AlarmRule({ ...texts, tier: AlarmTier.WARNING, metric, threshold: 0, ...props });
}

const critical = (props: Partial<AlarmRuleProps> = {}) => rule({ name: 'Outage', tier: AlarmTier.CRITICAL, ...props });

function alarmsOf(rules: AlarmRule[]) {
  const stack = new Stack(new App(), 'Test');
  return { stack, alarms: new TieredAlarms(stack, 'Alarms', { rules }) };
}

describe('when critical alarms notify nobody', () => {
  const information = (stack: Stack) => Annotations.fromStack(stack).findInfo('*', Match.stringLikeRegexp('critical alarms notify nobody'));

  test('a note says so, which `cdk synth --strict` lets pass', () => {
    const { stack } = alarmsOf([critical()]);
    expect(information(stack)).toHaveLength(1);
    Annotations.fromStack(stack).hasNoWarning('*', Match.anyValue());
    expect(information(alarmsOf([rule()]).stack)).toEqual([]);
  });

  test('a note is not needed if an action is added to the alarms afterwards', () => {
    const { stack, alarms } = alarmsOf([critical()]);
    alarms.criticalIncidentAlarm!.addAlarmAction(new SnsAction(new sns.Topic(stack, 'Later')));
    expect(information(stack)).toEqual([]);
  });
});

test('a function is an action as well, with a permission for each alarm that calls it and for no other', () => {
  // Without this flag the CDK lets a function be an action of one alarm only.
  const context = { '@aws-cdk/aws-cloudwatch-actions:changeLambdaPermissionLogicalIdForLambdaAction': true };
  const stack = new Stack(new App({ context }), 'Test');
  const handler = new lambda.Function(stack, 'Handler', {
    code: lambda.Code.fromInline('x'),
    handler: 'i.h',
    runtime: lambda.Runtime.NODEJS_22_X,
  });
  const action = new LambdaAction(handler);
  new TieredAlarms(stack, 'Alarms', {
    rules: [critical(), critical({ name: 'Spend', category: AlarmCategory.COST }), rule()],
    routing: { critical: [action], finOps: [action] },
  });
  const template = Template.fromStack(stack);
  const permitted = Object.values(template.findResources('AWS::Lambda::Permission')).map(
    ({ Properties }) => Properties.SourceArn['Fn::GetAtt'][0] as string,
  );
  const alarms = { ...template.findResources('AWS::CloudWatch::Alarm'), ...template.findResources('AWS::CloudWatch::CompositeAlarm') };
  const acting = Object.entries(alarms).filter(([, { Properties }]) => Properties.AlarmActions !== undefined);
  expect(acting).toHaveLength(2);
  expect(permitted.sort()).toEqual(acting.map(([id]) => id).sort());
});
