import { App, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { type ReservedCapacity, UnrecordedUsage, type UnrecordedUsageProps } from '../../lib';

function made(props?: UnrecordedUsageProps | ((stack: Stack) => UnrecordedUsageProps)): { usage: UnrecordedUsage; template: Template } {
  const stack = new Stack(new App(), 'Test', { env: { account: '111122223333', region: 'eu-central-1' } });
  const usage = new UnrecordedUsage(stack, 'Unrecorded', typeof props === 'function' ? props(stack) : props);
  return { usage, template: Template.fromStack(stack) };
}

test('asks every hour, and when the state of a batch job changes', () => {
  const { template } = made();
  template.hasResourceProperties('AWS::Events::Rule', { ScheduleExpression: 'rate(1 hour)' });
  template.hasResourceProperties('AWS::Events::Rule', {
    EventPattern: { source: ['aws.bedrock'], 'detail-type': ['Batch Inference Job State Change'] },
  });
  template.hasResource('AWS::Logs::LogGroup', { Properties: { RetentionInDays: 90 }, DeletionPolicy: 'RetainExceptOnCreate' });
});

test('reads manifests of the named buckets, and no record', () => {
  const { template } = made((stack) => ({ batchOutputBuckets: [s3.Bucket.fromBucketName(stack, 'Batches', 'batches')] }));
  const policy = JSON.stringify(template.findResources('AWS::IAM::Policy'));
  expect(policy.match(/s3:\w+/g)).toEqual(['s3:GetObject']);
  expect(policy).toContain(':s3:::batches/*manifest.json.out');
});

const CAPACITY: ReservedCapacity = {
  modelId: 'anthropic.claude-opus-4-5-20251101-v1:0',
  inputTokensPerMinute: 100_000,
  outputTokensPerMinute: 10_000,
  months: 3,
};

test('names reserved capacity to the function', () => {
  made({ reservedCapacity: [CAPACITY] }).template.hasResourceProperties('AWS::Lambda::Function', {
    Environment: {
      Variables: Match.objectLike({
        RESERVED_CAPACITY: JSON.stringify([
          { modelId: CAPACITY.modelId, inputTokensPerMinute: 100_000, outputTokensPerMinute: 10_000, commitment: '3m' },
        ]),
      }),
    },
  });
});

test.each<[Partial<ReservedCapacity>, string]>([
  [{ months: 6 }, "'months' must be 1 or 3, got 6"],
  [{ inputTokensPerMinute: 0 }, "'inputTokensPerMinute' must be above 0, got 0"],
  [{ outputTokensPerMinute: Number.NaN }, "'reservedCapacity.outputTokensPerMinute' must be a number, got NaN"],
  [{ modelId: '' }, "'reservedCapacity.modelId' must not be empty, got ''"],
])('refuses capacity with %j', (changes, message) => {
  expect(() => made({ reservedCapacity: [{ ...CAPACITY, ...changes }] })).toThrow(message);
});

test('refuses a namespace of AWS, and encrypts its lines with a key', () => {
  expect(() => made({ metricNamespace: 'AWS/Bedrock' })).toThrow("'metricNamespace' must be");
  made((stack) => ({ encryptionKey: new kms.Key(stack, 'Key') })).template.hasResourceProperties('AWS::Logs::LogGroup', {
    KmsKeyId: Match.anyValue(),
  });
});

test('its metrics are its own', () => {
  const { usage } = made({ metricNamespace: 'Own' });
  expect(usage.metricCost()).toMatchObject({ namespace: 'Own', metricName: 'llm.cost.unrecorded.usd', statistic: 'Sum' });
  expect(usage.metricCost('batch').dimensions).toEqual({ 'bedrock.source': 'batch' });
  expect([usage.metricUnpriced(), usage.metricFailed()].map(({ metricName }) => metricName)).toEqual([
    'bedrock.unrecorded.unpriced',
    'bedrock.unrecorded.failed',
  ]);
});
