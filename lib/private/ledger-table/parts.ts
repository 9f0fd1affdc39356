import * as athena from 'aws-cdk-lib/aws-athena';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as s3 from 'aws-cdk-lib/aws-s3';

/** What the parts of a ledger table have in common. */
export interface TableParts {
  readonly databaseName: string;
  readonly bucket: s3.Bucket;
  readonly workGroup: athena.CfnWorkGroup;
  readonly encryptionKey?: kms.IKey;
}

/** Where the files of the table are in its bucket. */
export const TABLE_PREFIX = 'ledger/';
