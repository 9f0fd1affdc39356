import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { FAILED_PREFIX } from '../../../engine/ledger/table-ddl';
import { LedgerAuditCopy } from '../../ledger-audit-copy';
import type { LedgerTableProps } from '../../ledger-table';
import { KEPT } from '../kept';

/** How long rows that could not be written are kept: enough to mend the reason, and to put them again. */
const FAILED_FOR = Duration.days(90);

const encryptionOf = (encryptionKey: kms.IKey | undefined) => ({
  encryption: encryptionKey ? s3.BucketEncryption.KMS : s3.BucketEncryption.S3_MANAGED,
  encryptionKey,
  bucketKeyEnabled: encryptionKey && true,
});

const PRIVATE = { blockPublicAccess: s3.BlockPublicAccess.BLOCK_ALL, enforceSSL: true };

export function newTableBucket(scope: Construct, { encryptionKey, removalPolicy }: LedgerTableProps): s3.Bucket {
  return new s3.Bucket(scope, 'Bucket', {
    ...PRIVATE,
    ...encryptionOf(encryptionKey),
    removalPolicy: removalPolicy ?? KEPT,
    autoDeleteObjects: removalPolicy === RemovalPolicy.DESTROY ? true : undefined,
    // Files of the table are removed by Iceberg alone: it knows which of them are still in use.
    lifecycleRules: [{ prefix: FAILED_PREFIX, expiration: FAILED_FOR }, { abortIncompleteMultipartUploadAfter: Duration.days(7) }],
  });
}

/** A locked file cannot be deleted before its date, so the bucket cannot be, either: it stays whatever becomes of the stack. */
export function newAuditBucket(scope: Construct, { _mode, _retention }: LedgerAuditCopy, encryptionKey: kms.IKey | undefined): s3.Bucket {
  const retention = _mode === 'COMPLIANCE' ? s3.ObjectLockRetention.compliance(_retention) : s3.ObjectLockRetention.governance(_retention);
  return new s3.Bucket(scope, 'AuditBucket', {
    ...PRIVATE,
    ...encryptionOf(encryptionKey),
    versioned: true,
    objectLockDefaultRetention: retention,
    removalPolicy: KEPT,
    lifecycleRules: [
      { expiration: _retention.plus(Duration.days(1)), noncurrentVersionExpiration: Duration.days(1) },
      { abortIncompleteMultipartUploadAfter: Duration.days(7) },
    ],
  });
}
