import { App, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as logs from 'aws-cdk-lib/aws-logs';
import { CostMeter, MemberLogging, type MemberLoggingProps } from '../../lib';

const CENTRAL = '999999999999';

function meter(profileRoleName?: string): Template {
  const stack = new Stack(new App(), 'Central');
  new CostMeter(stack, 'Meter', { logGroup: logs.LogGroup.fromLogGroupName(stack, 'Records', '/records'), profileRoleName });
  return Template.fromStack(stack);
}

function member(props: MemberLoggingProps): Template {
  const stack = new Stack(new App(), 'Member');
  new MemberLogging(stack, 'Member', props);
  return Template.fromStack(stack);
}

test('the meter may assume the role of each member, and of nobody without a name', () => {
  const template = meter('reader');
  template.hasResourceProperties('AWS::Lambda::Function', {
    Environment: { Variables: Match.objectLike({ PROFILE_ROLE_NAME: 'reader', ACCOUNT_ID: { Ref: 'AWS::AccountId' } }) },
  });
  template.hasResourceProperties('AWS::IAM::Policy', {
    PolicyDocument: {
      Statement: Match.arrayWith([
        {
          Action: 'sts:AssumeRole',
          Effect: 'Allow',
          Resource: { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':iam::*:role/reader-*']] },
        },
      ]),
    },
  });
  expect(JSON.stringify(meter().toJSON())).not.toContain('sts:AssumeRole"],"Effect');
});

test('a member has a role for that account, which may ask for its profiles and nothing else', () => {
  member({ profileReaderAccount: CENTRAL }).hasResourceProperties('AWS::IAM::Role', {
    RoleName: { 'Fn::Join': ['', ['bedrock-profile-reader-', { Ref: 'AWS::Region' }]] },
    AssumeRolePolicyDocument: { Statement: [Match.objectLike({ Principal: { AWS: Match.objectLike({}) } })] },
    Policies: [{ PolicyDocument: { Statement: [Match.objectLike({ Action: 'bedrock:GetInferenceProfile' })] } }],
  });
  expect(JSON.stringify(member({}).toJSON())).not.toContain('profile-reader');
});

test.each<[string, () => unknown, string]>([
  ['a path', () => meter('a/b'), "'profileRoleName' must be 1 to 48 letters"],
  ['a name that is too long with a Region', () => meter('a'.repeat(49)), "'profileRoleName' must be 1 to 48 letters"],
  ['no account id', () => member({ profileReaderAccount: 'central' }), "'profileReaderAccount' must name accounts by their ids"],
  ['a name for nobody', () => member({ profileRoleName: 'reader' }), "'profileRoleName' names nothing without 'profileReaderAccount'"],
])('%s fails', (_, make, message) => {
  expect(make).toThrow(message);
});
