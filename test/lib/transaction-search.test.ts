import { App, Stack } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import * as kms from 'aws-cdk-lib/aws-kms';
import { AgentMeter, TransactionSearch, type TransactionSearchProps } from '../../lib';

const env = { account: '111122223333', region: 'eu-central-1' };

function stackWith(props: TransactionSearchProps | ((stack: Stack) => TransactionSearchProps) = {}): Stack {
  const stack = new Stack(new App(), 'Test', { env });
  new TransactionSearch(stack, 'Search', typeof props === 'function' ? props(stack) : props);
  return stack;
}

const asked = (stack: Stack) =>
  Object.values(Template.fromStack(stack).findResources('Custom::TransactionSearch'))[0]!.Properties as Record<string, unknown>;

test('asks for the log groups of spans and of Application Signals, and notes what that can cost', () => {
  const stack = stackWith();
  expect(JSON.stringify(asked(stack))).toMatch(/log-group:aws\/spans:\*.*log-group:\/aws\/application-signals\/data:\*/);
  expect(asked(stack)).toMatchObject({ Account: '111122223333', ServiceTimeout: '900' });
  expect(asked(stack)).not.toHaveProperty('IndexingPercentage');
  Annotations.fromStack(stack).hasInfo('/Test/Search', Match.stringLikeRegexp('can cost more than the spans'));
});

test.each([true, false])('with applicationSignals: %s the choice is made, and nothing is noted', (applicationSignals) => {
  const stack = stackWith({ applicationSignals });
  expect('ApplicationSignals' in asked(stack)).toBe(applicationSignals);
  Annotations.fromStack(stack).hasNoInfo('*', Match.stringLikeRegexp('Application Signals'));
});

test('a key: CloudWatch Logs may use it, and the function may look at it and set it', () => {
  const stack = stackWith((scope) => ({ encryptionKey: new kms.Key(scope, 'Key'), indexingPercentage: 0 }));
  expect(asked(stack)).toMatchObject({ EncryptionKeyArn: { 'Fn::GetAtt': [expect.any(String), 'Arn'] }, IndexingPercentage: 0 });
  const template = JSON.stringify(Template.fromStack(stack).toJSON());
  expect(template).toContain('kms:DescribeKey');
  expect(template).toContain('AllowCloudWatchLogs');
  expect(JSON.stringify(Template.fromStack(stackWith()).toJSON())).not.toContain('logs:AssociateKmsKey');
});

test.each([-1, 101, Number.NaN])('indexingPercentage %p is refused', (indexingPercentage) => {
  expect(() => stackWith({ indexingPercentage })).toThrow(`'indexingPercentage' must be from 0 to 100, got ${indexingPercentage}`);
});

test('what reads spans is deployed once their log group exists', () => {
  const stack = new Stack(new App(), 'Test', { env });
  const search = new TransactionSearch(stack, 'Search');
  new AgentMeter(stack, 'Agents', { spanLogGroups: [search.spansLogGroup] });
  Template.fromStack(stack).hasResourceProperties('AWS::Logs::SubscriptionFilter', {
    LogGroupName: { 'Fn::GetAtt': [Match.stringLikeRegexp('^Search'), 'LogGroupName'] },
  });
});

test('two in one stack, and one after a rename, have records of their own', () => {
  const stack = stackWith();
  new TransactionSearch(stack, 'Other');
  const functions = Object.values(Template.fromStack(stack).findResources('AWS::Lambda::Function')).map(({ Properties }) =>
    JSON.stringify((Properties as { Environment: unknown }).Environment),
  );
  expect(new Set(functions).size).toBe(2);
});
