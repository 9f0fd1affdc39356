import { Duration, Token } from 'aws-cdk-lib';
import * as s3 from 'aws-cdk-lib/aws-s3';

/**
 * Options for a bucket that exists.
 */
export interface DeliveryBucketOptions {
  /**
   * The prefix under which Bedrock writes, without a slash at either end.
   *
   * @default - Bedrock writes at the top of the bucket
   */
  readonly keyPrefix?: string;
}

/**
 * Options for a bucket that is made.
 */
export interface NewDeliveryBucketOptions extends DeliveryBucketOptions {
  /**
   * When objects are deleted.
   *
   * @default - large bodies go with the records of the log group made for them, and stay beside a log group of your own; the archive is kept for seven years
   */
  readonly expiration?: Duration;
}

/**
 * A bucket to which Bedrock delivers.
 */
export class DeliveryBucket {
  /**
   * A new bucket: private, encrypted, reached over TLS only, with a life cycle.
   *
   * @param options what differs from the defaults
   */
  public static create(options: NewDeliveryBucketOptions = {}): DeliveryBucket {
    return new DeliveryBucket(options);
  }

  /**
   * A bucket that exists, in the same account and Region. Its access control lists must be off.
   *
   * @param bucket the bucket
   * @param options where in the bucket Bedrock writes
   */
  public static fromBucket(bucket: s3.IBucket, options: DeliveryBucketOptions = {}): DeliveryBucket {
    return new DeliveryBucket(options, bucket);
  }

  /**
   * The bucket that exists; there is none yet if one is to be made.
   */
  public readonly bucket?: s3.IBucket;

  /**
   * The prefix under which Bedrock writes.
   */
  public readonly keyPrefix?: string;

  /**
   * When the objects of a new bucket are deleted.
   */
  public readonly expiration?: Duration;

  private constructor(options: NewDeliveryBucketOptions, bucket?: s3.IBucket) {
    const { keyPrefix, expiration } = options;
    if (keyPrefix !== undefined && !Token.isUnresolved(keyPrefix) && !/^[^/].{0,1022}[^/]$|^[^/]$/.test(keyPrefix)) {
      throw new Error(`'keyPrefix' must have 1 to 1024 characters and no slash at either end, got '${keyPrefix}'`);
    }
    if (expiration !== undefined && !expiration.isUnresolved() && expiration.toDays({ integral: false }) < 1) {
      throw new Error(`'expiration' must be at least one day, got ${expiration.toString()}`);
    }
    this.bucket = bucket;
    this.keyPrefix = keyPrefix;
    this.expiration = expiration;
  }
}
