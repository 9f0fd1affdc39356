import { Token } from 'aws-cdk-lib';
import * as kinesis from 'aws-cdk-lib/aws-kinesis';
import * as logs from 'aws-cdk-lib/aws-logs';
import { requireKnown } from './private/validation';
import { RecordStreamOptions } from './record-stream-options';

/**
 * Where a cost meter gets model invocation records.
 */
export class RecordSource {
  /**
   * A log group: that of the account's invocation logging, or a central one to which CloudWatch Logs copies those of other accounts.
   *
   * @param logGroup a log group of the account and Region of the meter
   */
  public static logGroup(logGroup: logs.ILogGroupRef): RecordSource {
    return new RecordSource(logGroup);
  }

  /**
   * A Kinesis data stream to which subscriptions of CloudWatch Logs deliver, for example those of other accounts through a
   * `RecordDestination`. Up to 10 batches a shard are metered at a time, and each is larger and cheaper than those of a log group.
   *
   * @param stream a stream in the Region of the meter
   * @param options size of the batches and the like
   */
  public static stream(stream: kinesis.IStream, options: RecordStreamOptions = {}): RecordSource {
    requireWhole('batchSize', options.batchSize, 10_000);
    requireWhole('parallelizationFactor', options.parallelizationFactor, 10);
    const { maxBatchingWindow } = options;
    requireKnown('maxBatchingWindow', maxBatchingWindow);
    const seconds = maxBatchingWindow?.toSeconds({ integral: false }) ?? 0;
    if (!Number.isInteger(seconds) || seconds > 300) {
      throw new Error(`'maxBatchingWindow' must be whole seconds, at most five minutes, got ${seconds} seconds`);
    }
    return new RecordSource(undefined, stream, options);
  }

  private constructor(
    /** @internal */
    public readonly _logGroup?: logs.ILogGroupRef,
    /** @internal */
    public readonly _stream?: kinesis.IStream,
    /** @internal */
    public readonly _options: RecordStreamOptions = {},
  ) {}
}

function requireWhole(prop: string, value: number | undefined, max: number): void {
  if (value !== undefined && !Token.isUnresolved(value) && !(Number.isInteger(value) && value >= 1 && value <= max)) {
    throw new Error(`'${prop}' must be a whole number from 1 to ${max}, got ${value}`);
  }
}
