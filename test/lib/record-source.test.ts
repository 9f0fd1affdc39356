import { App, Duration, Stack, Token } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as kinesis from 'aws-cdk-lib/aws-kinesis';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as s3 from 'aws-cdk-lib/aws-s3';
import {
  CostMeter,
  DefaultAlarmRules,
  type CostMeterProps,
  RecordDestination,
  type RecordDestinationProps,
  RecordSource,
  type RecordStreamOptions,
} from '../../lib';

const env = { account: '999999999999', region: 'eu-central-1' };
const newStack = () => new Stack(new App(), 'Central', { env });
const streamIn = (stack: Stack) => new kinesis.Stream(stack, 'Records', { streamMode: kinesis.StreamMode.ON_DEMAND });

function meterOf(options?: RecordStreamOptions, props: Partial<CostMeterProps> = {}, stack = newStack()): Template {
  new CostMeter(stack, 'Meter', { source: RecordSource.stream(streamIn(stack), options), ...props });
  return Template.fromStack(stack);
}

test('a stream is read in batches of which Lambda tries the failed part again, from its beginning on', () => {
  const template = meterOf();
  template.resourceCountIs('AWS::Logs::SubscriptionFilter', 0);
  template.hasResourceProperties('AWS::Lambda::EventSourceMapping', {
    EventSourceArn: { 'Fn::GetAtt': [Match.stringLikeRegexp('^Records'), 'Arn'] },
    StartingPosition: 'TRIM_HORIZON',
    BatchSize: 1000,
    MaximumBatchingWindowInSeconds: 30,
    ParallelizationFactor: 1,
    BisectBatchOnFunctionError: true,
    FunctionResponseTypes: ['ReportBatchItemFailures'],
    MaximumRetryAttempts: 2,
    DestinationConfig: { OnFailure: { Destination: { 'Fn::GetAtt': [Match.stringLikeRegexp('^MeterFailedRecords'), 'Arn'] } } },
  });
});

test('batches are as large as is asked for', () => {
  meterOf({ batchSize: 10, maxBatchingWindow: Duration.minutes(5), parallelizationFactor: 10 }).hasResourceProperties(
    'AWS::Lambda::EventSourceMapping',
    { BatchSize: 10, MaximumBatchingWindowInSeconds: 300, ParallelizationFactor: 10 },
  );
});

test('what failed is in a bucket for 14 days, and the dead-letter queue is told of it', () => {
  const template = meterOf();
  template.hasResourceProperties('AWS::S3::Bucket', {
    NotificationConfiguration: { EventBridgeConfiguration: { EventBridgeEnabled: true } },
    LifecycleConfiguration: { Rules: [Match.objectLike({ ExpirationInDays: 14 })] },
  });
  template.hasResourceProperties('AWS::Events::Rule', {
    EventPattern: Match.objectLike({ source: ['aws.s3'] }),
    Targets: [Match.objectLike({ Arn: { 'Fn::GetAtt': [Match.stringLikeRegexp('^MeterDeadLetterQueue'), 'Arn'] } })],
  });
});

test('a key of the meter encrypts what failed', () => {
  const stack = newStack();
  meterOf({}, { encryptionKey: new kms.Key(stack, 'Key') }, stack).hasResourceProperties('AWS::S3::Bucket', {
    BucketEncryption: { ServerSideEncryptionConfiguration: [Match.objectLike({ BucketKeyEnabled: true })] },
  });
});

test('a bucket that is handed in is used', () => {
  const stack = newStack();
  const template = meterOf({ failedRecordsBucket: s3.Bucket.fromBucketName(stack, 'Given', 'given') }, {}, stack);
  template.resourceCountIs('AWS::S3::Bucket', 0);
  template.hasResourceProperties('AWS::Events::Rule', {
    EventPattern: Match.objectLike({ detail: Match.objectLike({ bucket: { name: ['given'] } }) }),
  });
});

test('a log group is a source, too, and the same as `logGroup`', () => {
  const [one, other] = [newStack(), newStack()].map((stack, at) => {
    const logGroup = logs.LogGroup.fromLogGroupName(stack, 'Records', '/records');
    new CostMeter(stack, 'Meter', at === 0 ? { logGroup } : { source: RecordSource.logGroup(logGroup) });
    return Template.fromStack(stack).toJSON() as unknown;
  });
  expect(one).toEqual(other);
});

test.each([
  ['batchSize', { batchSize: 0 }, "'batchSize' must be a whole number from 1 to 10000, got 0"],
  ['batchSize', { batchSize: 10_001 }, "'batchSize' must be a whole number from 1 to 10000, got 10001"],
  ['parallelizationFactor', { parallelizationFactor: 1.5 }, "'parallelizationFactor' must be a whole number from 1 to 10, got 1.5"],
  [
    'maxBatchingWindow',
    { maxBatchingWindow: Duration.minutes(6) },
    "'maxBatchingWindow' must be whole seconds, at most five minutes, got 360 seconds",
  ],
])('refuses a wrong %s', (_, options, message) => {
  expect(() => meterOf(options)).toThrow(message);
});

test('takes values that are known later', () => {
  expect(() => meterOf({ batchSize: Token.asNumber({ Ref: 'Size' }) })).not.toThrow();
});

test('the alarms on delay and loss watch what Lambda publishes about streams', () => {
  const costMeter = new CostMeter(newStack(), 'Meter', { source: RecordSource.stream(streamIn(newStack())) });
  const metrics = JSON.stringify(
    DefaultAlarmRules.forMetrics(costMeter.metrics, { costMeter }).map(({ metric }) => metric.toMetricConfig()),
  );
  ['IteratorAge', 'DestinationDeliveryFailures'].forEach((name) => expect(metrics).toContain(name));
  ['AsyncEventAge', 'DeadLetterErrors'].forEach((name) => expect(metrics).not.toContain(name));
});

test('a meter has one source', () => {
  const stack = newStack();
  const logGroup = logs.LogGroup.fromLogGroupName(stack, 'LogGroup', '/records');
  expect(() => new CostMeter(stack, 'None', {})).toThrow("one of 'logGroup' and 'source' must say where the records come from, got none");
  expect(() => new CostMeter(stack, 'Both', { logGroup, source: RecordSource.logGroup(logGroup) })).toThrow('got both');
  const source = RecordSource.stream(streamIn(stack));
  new CostMeter(stack, 'One', { source });
  expect(() => new CostMeter(stack, 'Two', { source })).toThrow("'source' is metered by 'Central/One' already");
});

describe('RecordDestination', () => {
  const destinationOf = (props: Partial<RecordDestinationProps>): Template => {
    const stack = newStack();
    new RecordDestination(stack, 'Destination', { stream: streamIn(stack), ...props });
    return Template.fromStack(stack);
  };
  const policyOf = (template: Template) => JSON.stringify(Object.values(template.findResources('AWS::Logs::Destination'))[0]);

  test('takes records of the named accounts', () => {
    const template = destinationOf({ accounts: ['111111111111', '222222222222'] });
    template.hasResourceProperties('AWS::Logs::Destination', { DestinationName: 'bedrock-records' });
    expect(policyOf(template)).toContain('111111111111');
    template.hasResourceProperties('AWS::IAM::Policy', {
      PolicyDocument: { Statement: Match.arrayWith([Match.objectLike({ Action: 'kinesis:PutRecord' })]) },
    });
  });

  test('takes records of an organization', () => {
    const policy = policyOf(destinationOf({ organizationId: 'o-a1b2c3d4e5', destinationName: 'own' }));
    expect(policy).toContain('aws:PrincipalOrgID');
    expect(policy).toContain('destination:own');
  });

  test.each([
    [{}, "one of 'accounts' and 'organizationId' must say who may send records, got none"],
    [{ accounts: ['111111111111'], organizationId: 'o-a1b2c3d4e5' }, 'got both'],
    [{ accounts: [] }, "'accounts' must name accounts by their ids of 12 digits, got none"],
    [{ accounts: ['prod'] }, "'accounts' must name accounts by their ids of 12 digits, got 'prod'"],
    [{ organizationId: 'acme' }, "'organizationId' must be the id of an organization such as o-a1b2c3d4e5, got 'acme'"],
    [{ accounts: ['111111111111'], destinationName: 'a:b' }, "'destinationName' must be 1 to 512 characters without : and *, got 'a:b'"],
  ])('refuses %j', (props, message) => {
    expect(() => destinationOf(props)).toThrow(message);
  });
});
