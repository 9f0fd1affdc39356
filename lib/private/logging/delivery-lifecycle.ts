import { Duration, Token } from 'aws-cdk-lib';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { DeliveryBucket } from '../../delivery-bucket';
import { RetentionClass } from '../../retention-class';

/**
 * Large bodies expire with their records. Where the retention of the records is not known, the bodies are kept.
 */
export function largeDataLifecycle(target: DeliveryBucket, retention: logs.RetentionDays | undefined): s3.LifecycleRule {
  return { expiration: target.expiration ?? asDuration(retention) };
}

/** Instant Retrieval after 90 days: auditors read the archive rarely, and then without waiting. */
export function archiveLifecycle(target: DeliveryBucket): s3.LifecycleRule {
  const expiration = target.expiration ?? asDuration(RetentionClass.AUDIT);
  const transitionAfter = Duration.days(90);
  const livesLonger = expiration === undefined || Token.isUnresolved(expiration) || expiration.toDays() > transitionAfter.toDays();
  return {
    expiration,
    transitions: livesLonger ? [{ storageClass: s3.StorageClass.GLACIER_INSTANT_RETRIEVAL, transitionAfter }] : undefined,
  };
}

function asDuration(retention: logs.RetentionDays | undefined): Duration | undefined {
  return retention === undefined || retention === logs.RetentionDays.INFINITE ? undefined : Duration.days(retention);
}
