import { Duration } from 'aws-cdk-lib';
import * as s3 from 'aws-cdk-lib/aws-s3';

/**
 * How a cost meter reads invocation records from a Kinesis data stream.
 */
export interface RecordStreamOptions {
  /**
   * The most records of the stream in one batch, from 1 to 10,000. A record of the stream holds one or many invocation records.
   *
   * Lambda ends a batch at 6 MB, whatever this is.
   *
   * @default 1000
   */
  readonly batchSize?: number;

  /**
   * How long records are gathered before a batch is metered, at most five minutes. Longer is cheaper, because each batch writes its
   * own metric lines, and later.
   *
   * @default Duration.seconds(30)
   */
  readonly maxBatchingWindow?: Duration;

  /**
   * How many batches of one shard are metered at a time, from 1 to 10. Copies of a record have the partition key of their log stream,
   * and meet in one of them.
   *
   * @default 1
   */
  readonly parallelizationFactor?: number;

  /**
   * The bucket for batches that could not be metered in three attempts. The records in it are invocation records, with prompts and
   * answers where these are logged. It must send its events to Amazon EventBridge, or such batches raise no alarm.
   *
   * @default - a new encrypted bucket that keeps them for 14 days
   */
  readonly failedRecordsBucket?: s3.IBucket;
}
