import { Duration } from 'aws-cdk-lib';
import * as kinesis from 'aws-cdk-lib/aws-kinesis';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as destinations from 'aws-cdk-lib/aws-logs-destinations';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { RecordSource } from '../record-source';
import { RecordStreamOptions } from '../record-stream-options';
import { failedRecords } from './failed-records';
import { requireSameEnvironment, requireSameRegion, requireSubscribable } from './handed-in';
import { warnOfSubscriptions } from './only-meter';
import { whenComplete } from './warning';

/** What a meter has to take records with. */
export interface Receiver {
  readonly meterFunction: lambda.IFunction;
  readonly deadLetterQueue: sqs.IQueue;
  /** Encrypts batches that failed. */
  readonly keyOfFailedRecords?: kms.IKey;
}

/** The one source that the props of a meter name. */
export function sourceOf(scope: Construct, { logGroup, source }: { logGroup?: logs.ILogGroupRef; source?: RecordSource }): RecordSource {
  if ((logGroup === undefined) === (source === undefined)) {
    throw new Error(
      `one of 'logGroup' and 'source' must say where the records come from, got ${logGroup ? 'both' : 'none'}: ` +
        "set 'logGroup' to the log group of InvocationLogging, or 'source' to RecordSource.stream(…)",
    );
  }
  const from = source ?? RecordSource.logGroup(logGroup!);
  const prop = source ? 'source' : 'logGroup';
  requireSameEnvironment(scope, prop, from._logGroup);
  if (from._logGroup) requireSubscribable(prop, from._logGroup);
  requireSameRegion(scope, prop, from._stream);
  requireSameRegion(scope, 'failedRecordsBucket', from._options.failedRecordsBucket);
  return from;
}

/** Lets the records of a source reach the function of a meter. */
export function deliverRecords(scope: Construct, { _logGroup, _stream, _options }: RecordSource, receiver: Receiver): void {
  if (_logGroup) {
    subscribe(scope, _logGroup, receiver);
  }
  if (_stream) {
    readStream(scope, _stream, _options, receiver);
  }
}

/** Meters what failed again while it is enabled: one message at a time, because each is a whole batch. */
export function newRedriveMapping(scope: Construct, { meterFunction, deadLetterQueue }: Receiver): lambda.EventSourceMapping {
  return new lambda.EventSourceMapping(scope, 'Redrive', {
    target: meterFunction,
    eventSourceArn: deadLetterQueue.queueArn,
    batchSize: 1,
    enabled: false,
  });
}

function subscribe(scope: Construct, logGroup: logs.ILogGroupRef, { meterFunction }: Receiver): void {
  new logs.SubscriptionFilter(scope, 'Subscription', {
    logGroup,
    destination: new destinations.LambdaDestination(meterFunction),
    filterPattern: logs.FilterPattern.allEvents(),
  });
  whenComplete(scope, () => warnOfSubscriptions(scope, logGroup));
}

/**
 * From the oldest record on, so that none is missed between deployment and first batch. A batch is tried three times, as one of a
 * log group is. The function names the first record that it did not meter, and Lambda tries again from there; of a batch whose
 * first record is bad Lambda tries each half. Source: Lambda Developer Guide, "Using Lambda with Kinesis".
 */
function readStream(scope: Construct, stream: kinesis.IStream, options: RecordStreamOptions, receiver: Receiver): void {
  const { batchSize = 1000, maxBatchingWindow = Duration.seconds(30), parallelizationFactor = 1 } = options;
  stream.grantRead(receiver.meterFunction);
  new lambda.EventSourceMapping(scope, 'Stream', {
    target: receiver.meterFunction,
    eventSourceArn: stream.streamArn,
    startingPosition: lambda.StartingPosition.TRIM_HORIZON,
    batchSize,
    maxBatchingWindow,
    parallelizationFactor,
    bisectBatchOnError: true,
    reportBatchItemFailures: true,
    retryAttempts: 2,
    onFailure: failedRecords(scope, options.failedRecordsBucket, receiver),
  });
}
