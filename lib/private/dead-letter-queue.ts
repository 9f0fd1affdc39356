import { Duration } from 'aws-cdk-lib';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';

/** The queue for batches that a meter could not meter, from which the same function reads them again. */
export function newDeadLetterQueue(scope: Construct, encryptionMasterKey: kms.IKey | undefined): sqs.Queue {
  return new sqs.Queue(scope, 'DeadLetterQueue', {
    encryption: encryptionMasterKey ? sqs.QueueEncryption.KMS : sqs.QueueEncryption.SQS_MANAGED,
    encryptionMasterKey,
    enforceSSL: true,
    retentionPeriod: Duration.days(14),
    // Six times the timeout of the function, as AWS recommends for a queue that a function reads. Source: Lambda Developer Guide.
    visibilityTimeout: Duration.minutes(12),
  });
}
