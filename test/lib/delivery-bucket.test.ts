import { App, CfnParameter, Duration, Stack } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { ContentCapture } from '../../lib/content-capture';
import { DataProtection } from '../../lib/data-protection';
import { DeliveryBucket } from '../../lib/delivery-bucket';
import { InvocationLogging, InvocationLoggingProps } from '../../lib/invocation-logging';

const SETTING = 'Custom::BedrockModelInvocationLogging';
const KEY_ARN = 'arn:aws:kms:eu-central-1:111122223333:key/k';

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
const ownBucket = () => s3.Bucket.fromBucketName(stack, 'OwnBucket', 'own-bucket');

const fromBedrock = {
  StringEquals: { 'aws:SourceAccount': '111122223333' },
  ArnLike: { 'aws:SourceArn': { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':bedrock:eu-central-1:111122223333:*']] } },
};

describe('buckets', () => {
  const written = (prefix: string) =>
    Match.objectLike({ Action: 's3:PutObject', Condition: fromBedrock, Resource: { 'Fn::Join': ['', Match.arrayWith([prefix])] } });

  test('that are new are private, encrypted, written by Bedrock only below the prefix, and expire', () => {
    const template = deploy({ largeData: DeliveryBucket.create({ keyPrefix: 'bodies' }), archive: DeliveryBucket.create() });
    template.allResourcesProperties('AWS::S3::Bucket', {
      PublicAccessBlockConfiguration: {
        BlockPublicAcls: true,
        BlockPublicPolicy: true,
        IgnorePublicAcls: true,
        RestrictPublicBuckets: true,
      },
      OwnershipControls: { Rules: [{ ObjectOwnership: 'BucketOwnerEnforced' }] },
      BucketEncryption: Match.anyValue(),
    });
    template.hasResourceProperties('AWS::S3::BucketPolicy', {
      PolicyDocument: {
        Statement: [
          Match.objectLike({ Effect: 'Deny', Condition: { Bool: { 'aws:SecureTransport': 'false' } } }),
          written('/bodies/AWSLogs/111122223333/BedrockModelInvocationLogs/*'),
        ],
      },
    });
    template.hasResourceProperties('AWS::S3::BucketPolicy', {
      PolicyDocument: { Statement: Match.arrayWith([written('/AWSLogs/111122223333/BedrockModelInvocationLogs/*')]) },
    });
    template.hasResourceProperties('AWS::S3::Bucket', { LifecycleConfiguration: { Rules: [Match.objectLike({ ExpirationInDays: 30 })] } });
    template.hasResourceProperties('AWS::S3::Bucket', {
      LifecycleConfiguration: {
        Rules: [Match.objectLike({ ExpirationInDays: 2557, Transitions: [{ StorageClass: 'GLACIER_IR', TransitionInDays: 90 }] })],
      },
    });
    template.hasResourceProperties(SETTING, {
      LoggingConfig: {
        cloudWatchConfig: { largeDataDeliveryS3Config: { bucketName: Match.anyValue(), keyPrefix: 'bodies' } },
        s3Config: { bucketName: Match.anyValue(), keyPrefix: Match.absent() },
      },
    });
    template.hasResource(SETTING, { DependsOn: Match.arrayWith([Match.stringLikeRegexp('LargeDataPolicy')]) });
  });

  test('keep large bodies for the given time, and for ever beside a given log group', () => {
    const expiring = deploy({ archive: DeliveryBucket.create({ expiration: Duration.days(60) }) });
    expiring.hasResourceProperties('AWS::S3::Bucket', {
      LifecycleConfiguration: { Rules: [Match.objectLike({ ExpirationInDays: 60, Transitions: Match.absent() })] },
    });
    stack = new Stack(new App(), 'Other');
    const lasting = deploy({ logGroup: ownGroup(), dataProtection: DataProtection.NONE, largeData: DeliveryBucket.create() });
    lasting.hasResourceProperties('AWS::S3::Bucket', {
      LifecycleConfiguration: { Rules: [Match.objectLike({ ExpirationInDays: Match.absent() })] },
    });
  });

  test('share the key, which Bedrock may use to write', () => {
    const template = deploy({ encryptionKey: new kms.Key(stack, 'Key'), archive: DeliveryBucket.create() });
    template.hasResourceProperties('AWS::KMS::Key', {
      KeyPolicy: { Statement: Match.arrayWith([Match.objectLike({ Action: 'kms:GenerateDataKey', Condition: fromBedrock })]) },
    });
  });

  test('that exist in the app are given the policy', () => {
    const bucket = new s3.Bucket(stack, 'Mine');
    deploy({ archive: DeliveryBucket.fromBucket(bucket) }).resourceCountIs('AWS::S3::Bucket', 1);
    noWarnings();
  });

  test('that are imported are not, and a warning says what they need', () => {
    deploy({ archive: DeliveryBucket.fromBucket(ownBucket(), { keyPrefix: 'logs' }) });
    warning('bedrock.amazonaws.com do s3:PutObject on logs/AWSLogs/ACCOUNT/BedrockModelInvocationLogs');
  });

  test('that are imported with an imported key need that too', () => {
    const encryptionKey = kms.Key.fromKeyArn(stack, 'Key', KEY_ARN);
    const keyPrefix = new CfnParameter(stack, 'Prefix').valueAsString;
    const bucket = s3.Bucket.fromBucketAttributes(stack, 'OwnBucket', { bucketName: 'own-bucket', encryptionKey });
    deploy({ archive: DeliveryBucket.fromBucket(bucket, { keyPrefix }) });
    warning('do s3:PutObject on PREFIX/AWSLogs/');
    warning('must let bedrock.amazonaws.com do kms:GenerateDataKey');
  });

  test('fail in another account', () => {
    const far = s3.Bucket.fromBucketAttributes(stack, 'Far', { bucketName: 'far', account: '444455556666' });
    expect(() => deploy({ largeData: DeliveryBucket.fromBucket(far) })).toThrow(
      "'largeData' must be in the account of the stack, which is 111122223333, got 444455556666",
    );
  });

  test.each(['', '/', 'logs/', '/logs', 'x'.repeat(1_025)])("fail for the prefix '%s'", (keyPrefix) => {
    expect(() => DeliveryBucket.create({ keyPrefix })).toThrow(
      `'keyPrefix' must have 1 to 1024 characters and no slash at either end, got '${keyPrefix}'`,
    );
  });

  test('fail for a life shorter than a day', () => {
    expect(() => DeliveryBucket.create({ expiration: Duration.hours(3) })).toThrow(
      "'expiration' must be at least one day, got Duration.hours(3)",
    );
  });

  test('are asked for when media are captured', () => {
    deploy({ content: ContentCapture.of({ image: true }) });
    warning('images, video and audio do not fit into log records');
  });
});
