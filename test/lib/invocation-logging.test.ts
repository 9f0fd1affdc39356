import { App, CfnParameter, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as logs from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { ContentCapture } from '../../lib/content-capture';
import { DataProtection } from '../../lib/data-protection';
import { DeliveryBucket } from '../../lib/delivery-bucket';
import { InvocationLogging, InvocationLoggingProps } from '../../lib/invocation-logging';
import { RetentionClass } from '../../lib/retention-class';
import { statementsOf } from './statements';

const SETTING = 'Custom::BedrockModelInvocationLogging';
const RECORDS = { Properties: { RetentionInDays: 30 } };

let stack: Stack;
beforeEach(() => {
  stack = new Stack(new App(), 'Test', { env: { account: '111122223333', region: 'eu-central-1' } });
});

function deploy(props?: InvocationLoggingProps): Template {
  new InvocationLogging(stack, 'Logging', props);
  return Template.fromStack(stack);
}

const warning = (message: string) => Annotations.fromStack(stack).hasWarning('*', Match.stringLikeRegexp(message));
const noWarnings = () => expect(Annotations.fromStack(stack).findWarning('*', Match.anyValue())).toEqual([]);
const ownGroup = () => logs.LogGroup.fromLogGroupName(stack, 'Own', '/own');

const fromBedrock = {
  StringEquals: { 'aws:SourceAccount': '111122223333' },
  ArnLike: { 'aws:SourceArn': { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':bedrock:eu-central-1:111122223333:*']] } },
};

describe('by default', () => {
  test('logs text to a new log group, for one month, kept when the stack is deleted, without warnings', () => {
    const template = deploy();
    template.hasResource('AWS::Logs::LogGroup', { ...RECORDS, DeletionPolicy: 'RetainExceptOnCreate', UpdateReplacePolicy: 'Retain' });
    template.hasResourceProperties(SETTING, {
      OnExisting: 'fail',
      ServiceTimeout: '360',
      LoggingConfig: {
        cloudWatchConfig: {
          logGroupName: { Ref: Match.stringLikeRegexp('^LoggingLogGroup') },
          roleArn: { 'Fn::GetAtt': [Match.stringLikeRegexp('^LoggingDeliveryRole'), 'Arn'] },
        },
        textDataDeliveryEnabled: true,
        imageDataDeliveryEnabled: false,
        embeddingDataDeliveryEnabled: false,
        videoDataDeliveryEnabled: false,
        audioDataDeliveryEnabled: false,
      },
    });
    template.resourceCountIs('AWS::S3::Bucket', 0);
    noWarnings();
  });

  test('masks with statements that audit and hide the same identifiers', () => {
    const [records] = Object.values(deploy().findResources('AWS::Logs::LogGroup', RECORDS));
    const [audit, hide] = records!.Properties.DataProtectionPolicy.Statement;
    expect(audit.DataIdentifier).toEqual(hide.DataIdentifier);
    expect(JSON.stringify(audit.DataIdentifier)).toContain(':dataprotection::aws:data-identifier/CreditCardNumber');
  });

  test('lets Bedrock write to the one stream, on behalf of this account and Region only', () => {
    const template = deploy();
    template.hasResourceProperties('AWS::IAM::Role', {
      AssumeRolePolicyDocument: {
        Statement: [Match.objectLike({ Principal: { Service: 'bedrock.amazonaws.com' }, Condition: fromBedrock })],
      },
    });
    const [statement] = statementsOf(template, 'LoggingDeliveryRole');
    expect(statement!.Action).toEqual(['logs:CreateLogStream', 'logs:PutLogEvents']);
    expect(JSON.stringify(statement!.Resource)).toMatch(/:log-group:.*:log-stream:aws\/bedrock\/modelinvocations"/);
  });

  test('the custom resource waits for the delivery role, whose permissions are a part of it', () => {
    const template = deploy();
    template.hasResource(SETTING, { DependsOn: [Match.stringLikeRegexp('^LoggingDeliveryRole')] });
    template.resourceCountIs('AWS::IAM::Policy', 0);
  });

  test('the handler can do what it needs and no more', () => {
    expect(statementsOf(deploy(), 'LoggingSettingHandlerRole')).toEqual([
      {
        Effect: 'Allow',
        Action: ['Get', 'Put', 'Delete'].map((verb) => `bedrock:${verb}ModelInvocationLoggingConfiguration`),
        Resource: '*',
      },
      {
        Effect: 'Allow',
        Action: 'iam:PassRole',
        Resource: { 'Fn::GetAtt': [expect.stringMatching('^LoggingDeliveryRole'), 'Arn'] },
        Condition: { StringEquals: { 'iam:PassedToService': 'bedrock.amazonaws.com' } },
      },
      {
        Effect: 'Allow',
        Action: ['ssm:GetParameter', 'ssm:PutParameter', 'ssm:DeleteParameter'],
        Resource: { 'Fn::Join': ['', expect.arrayContaining([{ 'Fn::Select': [2, { 'Fn::Split': ['/', { Ref: 'AWS::StackId' }] }] }])] },
      },
      {
        Effect: 'Allow',
        Action: ['ssm:GetParametersByPath', 'ssm:PutParameter'],
        Resource: ['', '/*'].map((below) => ({
          'Fn::Join': [
            '',
            [
              'arn:',
              { Ref: 'AWS::Partition' },
              `:ssm:eu-central-1:111122223333:parameter/cdk-bedrock-observability/invocation-logging${below}`,
            ],
          ],
        })),
      },
      {
        Effect: 'Allow',
        Action: ['logs:CreateLogStream', 'logs:PutLogEvents'],
        Resource: { 'Fn::GetAtt': [expect.stringMatching('^LoggingSettingHandlerLogs'), 'Arn'] },
      },
    ]);
  });

  test.each(['us-gov-west-1', 'cn-north-1', undefined])('names no partition of its own in Region %s', (region) => {
    stack = new Stack(new App(), 'Test', { env: region ? { account: '111122223333', region } : {} });
    const template = deploy({
      encryptionKey: new kms.Key(stack, 'Key'),
      largeData: DeliveryBucket.create(),
      archive: DeliveryBucket.create(),
    });
    expect(JSON.stringify(template.toJSON())).not.toMatch(/arn:aws/);
  });
});

describe('a log group of its own', () => {
  test.each([
    ['no content', ContentCapture.METADATA_ONLY, [false, false, false, false, false], false],
    ['chosen kinds', ContentCapture.of({ text: true, embedding: true }), [true, false, true, false, false], true],
  ])('captures %s', (_, content, flags, masked) => {
    const template = deploy({ content });
    const [setting] = Object.values(template.findResources(SETTING));
    const sent = setting!.Properties.LoggingConfig as Record<string, unknown>;
    const kinds = ['text', 'image', 'embedding', 'video', 'audio'];
    expect(kinds.map((kind) => sent[`${kind}DataDeliveryEnabled`])).toEqual(flags);
    template.hasResourceProperties('AWS::Logs::LogGroup', {
      ...RECORDS.Properties,
      DataProtectionPolicy: masked ? Match.anyValue() : Match.absent(),
    });
  });

  test('keeps records for the given retention, and masks the given data', () => {
    const template = deploy({ retention: RetentionClass.AUDIT, removalPolicy: RemovalPolicy.DESTROY, dataProtection: DataProtection.NONE });
    template.hasResource('AWS::Logs::LogGroup', {
      Properties: { RetentionInDays: 2557, DataProtectionPolicy: Match.absent() },
      DeletionPolicy: 'Delete',
    });
  });

  test('is encrypted with a key whose policy lets CloudWatch Logs use it', () => {
    const template = deploy({ encryptionKey: new kms.Key(stack, 'Key') });
    template.hasResourceProperties('AWS::Logs::LogGroup', { ...RECORDS.Properties, KmsKeyId: { 'Fn::GetAtt': [Match.anyValue(), 'Arn'] } });
    template.hasResourceProperties('AWS::KMS::Key', {
      KeyPolicy: {
        Statement: Match.arrayWith([
          Match.objectLike({ Condition: { ArnLike: { 'kms:EncryptionContext:aws:logs:arn': Match.anyValue() } } }),
        ]),
      },
    });
    noWarnings();
  });

  test('warns that the policy of an imported key is not changed', () => {
    deploy({ encryptionKey: kms.Key.fromKeyArn(stack, 'Key', 'arn:aws:kms:eu-central-1:111122223333:key/k') });
    warning('the policy of the imported key for the invocation records is not changed');
  });

  test('takes tokens', () => {
    const days = new CfnParameter(stack, 'Days', { type: 'Number' }).valueAsNumber as logs.RetentionDays;
    const keyPrefix = new CfnParameter(stack, 'Prefix').valueAsString;
    deploy({ retention: days, archive: DeliveryBucket.create({ keyPrefix }) });
  });

  test('fails for a retention that CloudWatch Logs does not have', () => {
    expect(() => deploy({ retention: 42 as logs.RetentionDays })).toThrow("'retention' must be one of RetentionDays, got 42");
  });

  test('warns of identifiers that mask callers', () => {
    const identifiers = [logs.DataIdentifier.EMAILADDRESS, logs.DataIdentifier.PHONENUMBER_DE, logs.DataIdentifier.CREDITCARDNUMBER];
    deploy({ dataProtection: DataProtection.of({ identifiers }) });
    warning('^EmailAddress, PhoneNumber-DE can mask the caller');
  });
});

describe('a log group that exists', () => {
  test('receives the records, and nothing is made but the role', () => {
    const template = deploy({ logGroup: ownGroup(), dataProtection: DataProtection.NONE });
    template.hasResourceProperties(SETTING, { LoggingConfig: { cloudWatchConfig: { logGroupName: '/own' } } });
    template.resourceCountIs('AWS::Logs::LogGroup', 1);
    noWarnings();
  });

  test('takes a role that exists, which is given the permissions and no new trust', () => {
    const template = deploy({
      logGroup: ownGroup(),
      content: ContentCapture.METADATA_ONLY,
      deliveryRole: iam.Role.fromRoleName(stack, 'OwnRole', 'delivery'),
    });
    template.resourceCountIs('AWS::IAM::Role', 1);
    template.hasResourceProperties('AWS::IAM::Policy', { Roles: ['delivery'] });
    noWarnings();
  });

  test('warns when content is logged to a group whose masking cannot be seen', () => {
    deploy({ logGroup: ownGroup() });
    warning('content is logged to a log group whose data protection cannot be seen here');
  });

  test('sees the masking of a group that is made in the same app', () => {
    deploy({ logGroup: new logs.LogGroup(stack, 'Masked', { dataProtectionPolicy: DataProtection.RECOMMENDED.policy }) });
    noWarnings();
  });

  test.each([
    [{ retention: RetentionClass.INVOCATIONS }, "'retention' applies to a new log group only, got 30 with 'logGroup'"],
    [{ dataProtection: DataProtection.RECOMMENDED }, "'dataProtection' applies to a new log group only, got a policy with 'logGroup'"],
    [
      { removalPolicy: RemovalPolicy.DESTROY },
      "'removalPolicy' applies to a new log group and new buckets, and there are none, got 'destroy'",
    ],
  ])('fails for %p, which has no effect', (props, message) => {
    expect(() => deploy({ logGroup: ownGroup(), ...props })).toThrow(message);
  });

  test('fails for a key without anything to encrypt, and accepts it with a new bucket', () => {
    const props = { encryptionKey: new kms.Key(stack, 'Key'), logGroup: ownGroup() };
    expect(() => deploy(props)).toThrow("'encryptionKey' applies to a new log group and new buckets, and there are none");
    const elsewhere = new Stack(stack, 'Elsewhere');
    new InvocationLogging(elsewhere, 'Logging', { ...props, archive: DeliveryBucket.create() });
  });

  test('fails in another Region', () => {
    const elsewhere = logs.LogGroup.fromLogGroupArn(stack, 'Far', 'arn:aws:logs:us-east-1:111122223333:log-group:far');
    expect(() => deploy({ logGroup: elsewhere })).toThrow(
      "'logGroup' must be in the region of the stack, which is eu-central-1, got us-east-1",
    );
  });
});

test.each([
  ['of the same class', InvocationLogging],
  ['of a subclass', class extends InvocationLogging {}],
])('fails for a second one %s in the same stack', (_, Second) => {
  deploy();
  expect(() => new Second(stack, 'Second')).toThrow(
    "an account and Region have one invocation logging configuration, and 'Test/Logging' makes it already",
  );
});

test('a construct that is renamed or moved in its stack is the same resource to CloudFormation, with the same handler', () => {
  const ids = (makeScope: (stack: Stack) => Construct, id: string): unknown[] => {
    const app = new App();
    const made = new Stack(app, 'Made');
    new InvocationLogging(makeScope(made), id);
    const template = Template.fromStack(made);
    const types = [SETTING, 'AWS::Lambda::Function', 'AWS::Lambda::EventInvokeConfig'];
    const [setting] = Object.values(template.findResources(SETTING));
    return [...types.map((type) => Object.keys(template.findResources(type))), setting!.Properties.ServiceToken];
  };
  const moved = ids((made) => new Construct(new Construct(made, 'Platform'), 'Observability'), 'Bedrock');
  expect(moved).toEqual(ids((made) => made, 'Logging'));
});

test('a failed request to the handler is not repeated later, when another one may have followed', () => {
  deploy().hasResourceProperties('AWS::Lambda::EventInvokeConfig', { MaximumRetryAttempts: 0, MaximumEventAgeInSeconds: 300 });
});
