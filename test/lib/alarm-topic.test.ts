import { App, Duration, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as sns from 'aws-cdk-lib/aws-sns';
import { AlarmRule, AlarmTier, AlarmTopic, CostMetrics, TieredAlarms } from '../../lib';

const RULE = new AlarmRule({
  name: 'Outage',
  tier: AlarmTier.CRITICAL,
  summary: 'nothing works',
  firstCheck: 'everything',
  metric: CostMetrics.inNamespace().metricErrors({ period: Duration.minutes(5) }),
  threshold: 0,
});

test('is encrypted, and open to the alarms, schedules and budgets of its own account only', () => {
  const stack = new Stack(new App(), 'Test');
  new AlarmTopic(stack, 'Pager', { emailAddresses: ['on-call@example.com'] });
  const template = Template.fromStack(stack);
  const publishers = { Service: ['cloudwatch.amazonaws.com', 'events.amazonaws.com', 'budgets.amazonaws.com'] };
  const ownAccount = { StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } };
  const allows = (Action: unknown) =>
    Match.arrayWith([Match.objectLike({ Effect: 'Allow', Principal: publishers, Action, Condition: ownAccount })]);
  template.hasResourceProperties('AWS::KMS::Key', {
    EnableKeyRotation: true,
    KeyPolicy: { Statement: allows(['kms:Decrypt', 'kms:GenerateDataKey*']) },
  });
  template.hasResourceProperties('AWS::SNS::TopicPolicy', { PolicyDocument: { Statement: allows('sns:Publish') } });
  template.hasResourceProperties('AWS::SNS::Topic', { KmsMasterKeyId: Match.anyValue() });
  template.hasResourceProperties('AWS::SNS::Subscription', { Protocol: 'email', Endpoint: 'on-call@example.com' });
});

test('shares a key between topics', () => {
  const stack = new Stack(new App(), 'Test');
  const { encryptionKey } = new AlarmTopic(stack, 'Pager');
  new AlarmTopic(stack, 'Chat', { encryptionKey });
  Template.fromStack(stack).resourceCountIs('AWS::KMS::Key', 1);
});

test('shows its messages in a Slack channel that can do nothing', () => {
  const stack = new Stack(new App(), 'Test');
  new AlarmTopic(stack, 'Chat').addSlackChannel('bedrock-alarms', { workspaceId: 'T07EA123LEP', channelId: 'C07EZ1ABC23' });
  const template = Template.fromStack(stack);
  template.hasResourceProperties('AWS::Chatbot::SlackChannelConfiguration', {
    ConfigurationName: 'bedrock-alarms',
    SlackChannelId: 'C07EZ1ABC23',
    SnsTopicArns: [{ Ref: Match.stringLikeRegexp('Chat') }],
  });
  template.resourceCountIs('AWS::IAM::Policy', 0);
});

test('fails on what is no e-mail address', () => {
  expect(() => new AlarmTopic(new Stack(), 'Pager', { emailAddresses: ['on-call'] })).toThrow(
    "'emailAddresses' must hold e-mail addresses, got 'on-call'",
  );
});

describe('actions that could not be carried out', () => {
  const withTopic = (make: (stack: Stack) => cloudwatch.IAlarmAction) => () => {
    const stack = new Stack(new App(), 'Test', { env: { region: 'eu-central-1', account: '111122223333' } });
    new TieredAlarms(stack, 'Alarms', { rules: [RULE], routing: { critical: [make(stack)] } });
    Template.fromStack(stack);
  };

  test.each<[string, (stack: Stack) => cloudwatch.IAlarmAction]>([
    ['a topic of our own', (stack) => new AlarmTopic(stack, 'Topic')],
    ['a plain topic', (stack) => new SnsAction(new sns.Topic(stack, 'Topic'))],
    [
      'a topic of the same Region',
      (stack) => new SnsAction(sns.Topic.fromTopicArn(stack, 'Topic', 'arn:aws:sns:eu-central-1:111122223333:pager')),
    ],
  ])('accepts %s', (_, make) => {
    expect(withTopic(make)).not.toThrow();
  });

  test.each<[string, (stack: Stack) => cloudwatch.IAlarmAction, string]>([
    [
      'a topic of another Region',
      (stack) => new SnsAction(sns.Topic.fromTopicArn(stack, 'Topic', 'arn:aws:sns:us-east-1:111122223333:pager')),
      "an action of 'routing.critical' acts in us-east-1, and alarms of eu-central-1 act in their own Region only: use a topic in eu-central-1",
    ],
    [
      'a topic whose policy names others only',
      (stack) => new SnsAction(new sns.Topic(stack, 'Topic', { enforceSSL: true })),
      "is the topic 'Test/Topic/Resource', and its policy does not let cloudwatch.amazonaws.com publish (sns:Publish)",
    ],
    [
      'a topic with a key that AWS manages',
      (stack) => new SnsAction(new sns.Topic(stack, 'Topic', { masterKey: kms.Alias.fromAliasName(stack, 'Key', 'alias/aws/sns') })),
      'encrypted with a key that AWS manages',
    ],
    [
      'a topic whose key is closed to alarms',
      (stack) => new SnsAction(new sns.Topic(stack, 'Topic', { masterKey: new kms.Key(stack, 'Key') })),
      'and the policy of its key does not let cloudwatch.amazonaws.com use it (kms:Decrypt, kms:GenerateDataKey*)',
    ],
  ])('fails on %s', (_, make, message) => {
    expect(withTopic(make)).toThrow(message);
  });
});
