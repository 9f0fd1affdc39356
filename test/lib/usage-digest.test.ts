import { App, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as logs from 'aws-cdk-lib/aws-logs';
import { AlarmTopic, CostMeter, UsageDigest, UsageDigestProps } from '../../lib';
import { actionsOf } from './statements';

function rendered(make: (stack: Stack) => Partial<UsageDigestProps> = () => ({})): Template {
  const stack = new Stack(new App(), 'Test');
  const costMeter = new CostMeter(stack, 'CostMeter', { logGroup: new logs.LogGroup(stack, 'Invocations') });
  new UsageDigest(stack, 'Digest', { costMeter, ...make(stack) });
  return Template.fromStack(stack);
}

test('is sent every day, and on Mondays for the week, in the time zone it sums up', () => {
  const template = rendered(() => ({ timeZone: 'Europe/Berlin', hour: 7 }));
  const schedule = (ScheduleExpression: string, Input: string) => ({
    ScheduleExpression,
    ScheduleExpressionTimezone: 'Europe/Berlin',
    Target: Match.objectLike({ Input }),
  });
  template.hasResourceProperties('AWS::Scheduler::Schedule', schedule('cron(0 7 * * ? *)', '{"days":1}'));
  template.hasResourceProperties('AWS::Scheduler::Schedule', schedule('cron(0 7 ? * MON *)', '{"days":7}'));
  template.hasResourceProperties('AWS::Lambda::Function', { Environment: { Variables: Match.objectLike({ TIME_ZONE: 'Europe/Berlin' }) } });
});

test('reads the ledger and metrics, and writes to its topics and bucket, and nothing else', () => {
  const template = rendered((stack) => ({ topics: [new AlarmTopic(stack, 'Chat').topic] }));
  expect(actionsOf(template, 'DigestRole')).toEqual(
    [
      'cloudwatch:GetMetricData',
      'kms:Decrypt',
      'kms:GenerateDataKey*',
      'logs:CreateLogStream',
      'logs:GetQueryResults',
      'logs:PutLogEvents',
      'logs:StartQuery',
      's3:PutObject',
      'sns:Publish',
    ].sort(),
  );
});

test('keeps digests in a closed bucket that outlives the stack', () => {
  rendered().hasResource('AWS::S3::Bucket', {
    DeletionPolicy: 'RetainExceptOnCreate',
    Properties: { PublicAccessBlockConfiguration: { BlockPublicAcls: true, RestrictPublicBuckets: true } },
  });
});

test.each<[string, Partial<UsageDigestProps>, string]>([
  ['an hour that is none', { hour: 24 }, "'hour' must be a whole number from 0 to 23, got 24"],
  ['a city that is no time zone', { timeZone: 'Berlin' }, "'timeZone' must be a name of the IANA time zone database"],
])('fails on %s', (_, props, message) => {
  expect(() => rendered(() => props)).toThrow(message);
});
