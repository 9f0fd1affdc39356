import { App, Stack, Token } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import { readMeterConfig } from '../../engine/metering/meter-config';
import { CostMeter, CostMeterProps, Ledger, MeterDimension } from '../../lib';
import { actionsOf, statementsOf } from './statements';

function newStack(): Stack {
  return new Stack(new App(), 'Test', { env: { region: 'eu-central-1', account: '111122223333' } });
}

function newMeter(props: Partial<CostMeterProps> = {}, stack = newStack()): { stack: Stack; meter: CostMeter; template: Template } {
  const meter = new CostMeter(stack, 'Meter', { logGroup: logs.LogGroup.fromLogGroupName(stack, 'Invocations', '/bedrock'), ...props });
  return { stack, meter, template: Template.fromStack(stack) };
}

const variables = (expected: Record<string, unknown>) => ({ Environment: { Variables: Match.objectLike(expected) } });

test('subscribes to every event of the log group, without a pattern', () => {
  newMeter().template.hasResourceProperties('AWS::Logs::SubscriptionFilter', { LogGroupName: '/bedrock', FilterPattern: '' });
});

test('keeps the ledger for three months, and when the stack is deleted', () => {
  newMeter().template.hasResource('AWS::Logs::LogGroup', { Properties: { RetentionInDays: 90 }, DeletionPolicy: 'RetainExceptOnCreate' });
});

test('writes to its own log group with a role that can do nothing else in CloudWatch Logs', () => {
  const { template } = newMeter();
  template.hasResourceProperties('AWS::Lambda::Function', {
    Architectures: ['arm64'],
    Runtime: 'nodejs24.x',
    LoggingConfig: { LogGroup: { Ref: Match.stringLikeRegexp('^MeterLedger') } },
    ...variables({ LEDGER: 'perCall', METRICS_NAMESPACE: 'BedrockObservability' }),
  });
  template.hasResourceProperties('AWS::IAM::Role', { ManagedPolicyArns: Match.absent() });
  const writes = statementsOf(template, 'MeterRole').filter(({ Action }) => JSON.stringify(Action).includes('logs:'));
  expect(writes).toEqual([
    {
      Effect: 'Allow',
      Action: ['logs:CreateLogStream', 'logs:PutLogEvents'],
      Resource: { 'Fn::GetAtt': [expect.stringMatching('^MeterLedger'), 'Arn'] },
    },
  ]);
});

test('sends failed batches to an encrypted queue that can be switched on as a source again', () => {
  const { template } = newMeter();
  template.hasResourceProperties('AWS::SQS::Queue', { SqsManagedSseEnabled: true, MessageRetentionPeriod: 1209600 });
  template.hasResourceProperties('AWS::Lambda::EventSourceMapping', { Enabled: false, BatchSize: 1 });
});

test('passes the choices of the ledger to the function', () => {
  const stack = newStack();
  const { template } = newMeter(
    {
      ledger: Ledger.perCall({
        retention: logs.RetentionDays.TWO_YEARS,
        encryptionKey: new kms.Key(stack, 'Key'),
        requestMetadataKeys: ['team', 'feature'],
        promptHashSecret: new secretsmanager.Secret(stack, 'Secret'),
      }),
    },
    stack,
  );
  template.hasResourceProperties(
    'AWS::Lambda::Function',
    variables({ METADATA_KEYS: 'team,feature', PROMPT_HASH_SECRET_ARN: { Ref: Match.stringLikeRegexp('^Secret') } }),
  );
  template.hasResourceProperties('AWS::Logs::LogGroup', { RetentionInDays: 731, KmsKeyId: Match.anyValue() });
  template.hasResourceProperties('AWS::KMS::Key', {
    KeyPolicy: {
      Statement: Match.arrayWith([
        Match.objectLike({
          Principal: { Service: { 'Fn::Join': ['', ['logs.eu-central-1.', { Ref: 'AWS::URLSuffix' }]] } },
          Condition: {
            ArnLike: {
              'kms:EncryptionContext:aws:logs:arn': {
                'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':logs:eu-central-1:111122223333:log-group:*']],
              },
            },
          },
        }),
      ]),
    },
  });
});

test('warns that the policy of an imported key is not changed', () => {
  const stack = newStack();
  newMeter(
    { ledger: Ledger.perCall({ encryptionKey: kms.Key.fromKeyArn(stack, 'Key', 'arn:aws:kms:eu-central-1:111122223333:key/k') }) },
    stack,
  );
  Annotations.fromStack(stack).hasWarning('/Test/Meter', Match.stringLikeRegexp('imported key for the ledger is not changed'));
});

test('keeps no calls without a ledger, and the metrics log for a week', () => {
  const { template } = newMeter({ ledger: Ledger.NONE });
  template.hasResourceProperties('AWS::Lambda::Function', variables({ LEDGER: 'none' }));
  template.hasResource('AWS::Logs::LogGroup', { Properties: { RetentionInDays: 7 }, DeletionPolicy: 'Delete' });
});

test('passes extra dimensions and their cap', () => {
  const { CALLER, ROLE, APPLICATION_PROFILE, ACCOUNT, REGION } = MeterDimension;
  newMeter({
    dimensions: [CALLER, ROLE, APPLICATION_PROFILE, ACCOUNT, REGION, MeterDimension.requestMetadata('team')],
    dimensionCap: 20,
  }).template.hasResourceProperties(
    'AWS::Lambda::Function',
    variables({ DIMENSIONS: 'caller,role,profile,account,region,meta:team', DIMENSION_CAP: '20' }),
  );
});

test.each([
  ['the largest cap', Array.from({ length: 2 }, (_, i) => `k${i}`), 500],
  ['one value each of very many dimensions', Array.from({ length: 300 }, (_, i) => `k${i}`), 5],
  ['the longest key', ['k'.repeat(226)], 50],
])('what synth takes, the meter takes: %s', (_, keys, dimensionCap) => {
  const { template } = newMeter({ dimensions: keys.map((key) => MeterDimension.requestMetadata(key)), dimensionCap });
  const [fn] = Object.values(template.findResources('AWS::Lambda::Function')) as [
    { Properties: { Environment: { Variables: Record<string, string> } } },
  ];
  expect(readMeterConfig(fn.Properties.Environment.Variables)).toMatchObject({ dimensionCap });
});

test('what a batch waits for takes less than a quarter of the time of the function, so that batches are written in time', () => {
  const [fn] = Object.values(newMeter().template.findResources('AWS::Lambda::Function')) as [{ Properties: { Timeout: number } }];
  const { batch } = readMeterConfig({}).lookUpMs;
  // Once for the optional look-ups, and once for the file of the overrides.
  expect(2 * batch).toBeLessThan((fn.Properties.Timeout * 1000) / 4);
});

test('may ask for the models of application inference profiles, and for nothing else of Bedrock', () => {
  const actions = actionsOf(newMeter().template, 'MeterRole');
  expect(actions.filter((action) => action.startsWith('bedrock:'))).toEqual(['bedrock:GetInferenceProfile']);
});

test('publishes under the namespace that was asked for', () => {
  const { meter, template } = newMeter({ metricNamespace: 'Platform/Bedrock' });
  template.hasResourceProperties('AWS::Lambda::Function', variables({ METRICS_NAMESPACE: 'Platform/Bedrock' }));
  expect(meter.metrics.metricCost().namespace).toBe('Platform/Bedrock');
});

test('lets tokens pass', () => {
  expect(() => newMeter({ metricNamespace: Token.asString({ Ref: 'AWS::StackName' }) })).not.toThrow();
});

test.each<[string, () => unknown, string]>([
  [
    'a reserved namespace',
    () => newMeter({ metricNamespace: 'AWS/Bedrock' }),
    "'metricNamespace' must be 1 to 255 letters, digits or ._/#:- and must not start with AWS/, got 'AWS/Bedrock'",
  ],
  [
    'a cap of zero',
    () => newMeter({ dimensions: [MeterDimension.CALLER], dimensionCap: 0 }),
    "'dimensionCap' must be a whole number from 1 to 500, got 0",
  ],
  [
    'a cap of more values than a minute can hold',
    () => newMeter({ dimensions: ['a', 'b', 'c', 'd'].map((key) => MeterDimension.requestMetadata(key)), dimensionCap: 400 }),
    "'dimensionCap' must be 397 or less with 4 'dimensions', because the values of the model and of all dimensions must not be more than 1990 together, got 400",
  ],
  [
    'so many dimensions that the default cap is too much',
    () => newMeter({ dimensions: Array.from({ length: 39 }, (_, i) => MeterDimension.requestMetadata(`k${i}`)) }),
    "got 39 with up to 50 values each: set 'dimensionCap' to 48 or less, or leave some out",
  ],
  [
    'more dimensions than can have one value each',
    () => newMeter({ dimensions: Array.from({ length: 1000 }, (_, i) => MeterDimension.requestMetadata(`k${i}`)), dimensionCap: 1 }),
    'got 1000 with up to 50 values each: leave some out',
  ],
  [
    'the log group of a meter',
    () => {
      const { stack, meter } = newMeter();
      return new CostMeter(stack, 'Second', { logGroup: meter.ledgerLogGroup });
    },
    "'logGroup' must be the log group to which Bedrock delivers its records, got the ledger of the cost meter 'Test/Meter'",
  ],
  ['a cap over nothing', () => newMeter({ dimensionCap: 10 }), "'dimensionCap' has nothing to cap"],
  [
    'a metadata key with a comma',
    () => Ledger.perCall({ requestMetadataKeys: ['a,b'] }),
    "'requestMetadataKeys' must hold keys that Bedrock accepts",
  ],
  ['a dimension without a name', () => MeterDimension.requestMetadata(''), "'key' must be a request-metadata key"],
  [
    'a dimension whose name would be longer than CloudWatch takes',
    () => MeterDimension.requestMetadata('k'.repeat(227)),
    'as part of a dimension name (1 to 226 letters',
  ],
])('fails on %s', (_, act, message) => {
  expect(act).toThrow(message);
});
