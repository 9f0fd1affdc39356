import { Duration, Token } from 'aws-cdk-lib';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { requireUsable } from './private/usable';
import { requireKnown } from './private/validation';

/**
 * Options of `DeliveryBucket.fromBucket`.
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
 * Options of `DeliveryBucket.create`.
 */
export interface NewDeliveryBucketOptions extends DeliveryBucketOptions {
  /**
   * How long objects are kept.
   *
   * @default - large bodies are kept as long as the records of a new log group, or for ever beside a given log group; the archive is kept for seven years
   */
  readonly expiration?: Duration;
}

/**
 * A bucket to which Bedrock delivers records or large bodies.
 */
export class DeliveryBucket {
  /**
   * A new bucket: private, encrypted, accessible over TLS only, and with a life cycle.
   *
   * @param options prefix and expiration
   */
  public static create(options: NewDeliveryBucketOptions = {}): DeliveryBucket {
    return new DeliveryBucket(options);
  }

  /**
   * An existing bucket in the account and Region of the stack. Its access control lists must be disabled.
   *
   * @param bucket the bucket
   * @param options the prefix
   */
  public static fromBucket(bucket: s3.IBucket, options: DeliveryBucketOptions = {}): DeliveryBucket {
    return new DeliveryBucket(options, bucket);
  }

  /**
   * The existing bucket. Undefined if a new one is made.
   */
  public readonly bucket?: s3.IBucket;

  /**
   * The prefix under which Bedrock writes.
   */
  public readonly keyPrefix?: string;

  /**
   * How long the objects of a new bucket are kept.
   */
  public readonly expiration?: Duration;

  private constructor(options: NewDeliveryBucketOptions, bucket?: s3.IBucket) {
    const { keyPrefix, expiration } = options;
    if (keyPrefix !== undefined && !Token.isUnresolved(keyPrefix) && !/^[^/].{0,1022}[^/]$|^[^/]$/.test(keyPrefix)) {
      throw new Error(`'keyPrefix' must have 1 to 1024 characters and no slash at either end, got '${keyPrefix}'`);
    }
    requireKnown('expiration', expiration);
    if (expiration !== undefined && expiration.toDays({ integral: false }) < 1) {
      throw new Error(`'expiration' must be at least one day, got ${expiration.toString()}`);
    }
    requireUsable(options);
    this.bucket = bucket;
    this.keyPrefix = keyPrefix;
    this.expiration = expiration;
  }
}
