import { Duration } from 'aws-cdk-lib';
import * as events from 'aws-cdk-lib/aws-events';
import * as targets from 'aws-cdk-lib/aws-events-targets';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { KEPT } from './kept';
import type { Receiver } from './record-delivery';

/** As long as a message in the dead-letter queue. */
const KEPT_FOR = Duration.days(14);

/** Below this prefix Lambda writes the batches that failed. Source: Lambda Developer Guide, "Retain discarded batch records". */
const BY_LAMBDA = 'aws/lambda/';

/**
 * The bucket for batches of a stream that failed. Lambda sends a queue only the position of such a batch in the stream, which
 * forgets it after a day; a bucket gets the records themselves. A message about each goes to the dead-letter queue, for its alarm
 * and for the redrive. EventBridge hands it on: a notification of S3 itself would begin with a test message, and the alarm with it.
 */
export function failedRecords(scope: Construct, given: s3.IBucket | undefined, receiver: Receiver): lambda.IEventSourceDlq {
  const { meterFunction, deadLetterQueue } = receiver;
  const bucket = given ?? newBucket(scope, receiver);
  // Lambda writes with the role of the function, which reads what it wrote again. Not S3OnFailureDestination: it also lets delete.
  const objects = bucket.arnForObjects(`${BY_LAMBDA}*`);
  iam.Grant.addToPrincipal({ grantee: meterFunction, actions: ['s3:PutObject', 's3:GetObject'], resourceArns: [objects] });
  iam.Grant.addToPrincipal({ grantee: meterFunction, actions: ['s3:ListBucket'], resourceArns: [bucket.bucketArn] });
  bucket.encryptionKey?.grantEncryptDecrypt(meterFunction);
  new events.Rule(scope, 'FailedRecordsRule', {
    description: 'Tells the dead-letter queue of batches that could not be metered',
    eventPattern: {
      source: ['aws.s3'],
      detailType: ['Object Created'],
      detail: { bucket: { name: [bucket.bucketName] }, object: { key: [{ prefix: BY_LAMBDA }] } },
    },
    targets: [
      new targets.SqsQueue(deadLetterQueue, {
        message: events.RuleTargetInput.fromObject({
          failedRecords: {
            bucket: events.EventField.fromPath('$.detail.bucket.name'),
            key: events.EventField.fromPath('$.detail.object.key'),
          },
        }),
      }),
    ],
  });
  return { bind: () => ({ destination: bucket.bucketArn }) };
}

function newBucket(scope: Construct, { keyOfFailedRecords: encryptionKey }: Receiver): s3.Bucket {
  const bucket = new s3.Bucket(scope, 'FailedRecords', {
    blockPublicAccess: s3.BlockPublicAccess.BLOCK_ALL,
    encryption: encryptionKey ? s3.BucketEncryption.KMS : s3.BucketEncryption.S3_MANAGED,
    encryptionKey,
    bucketKeyEnabled: encryptionKey && true,
    enforceSSL: true,
    lifecycleRules: [{ expiration: KEPT_FOR, abortIncompleteMultipartUploadAfter: Duration.days(1) }],
    removalPolicy: KEPT,
  });
  const resource = bucket.node.defaultChild as s3.CfnBucket;
  // Of the resource, because the property of the construct makes a function that sets it.
  resource.notificationConfiguration = { eventBridgeConfiguration: { eventBridgeEnabled: true } };
  return bucket;
}
