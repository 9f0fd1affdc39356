import { Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { LEDGER_TABLE, LEDGER_VIEWS } from '../../../engine/ledger/table-ddl';
import { allowAthena } from '../athena-work-group';
import { TABLE_PREFIX, TableParts } from './parts';

/** Lets a grantee query the table and its views. */
export function grantTableRead(
  scope: Construct,
  grantee: iam.IGrantable,
  { databaseName, bucket, workGroup, encryptionKey }: TableParts,
): void {
  allowAthena(scope, grantee, workGroup, { database: databaseName, table: LEDGER_TABLE });
  allow(grantee, ['glue:GetTable'], tableArns(scope, databaseName, LEDGER_VIEWS));
  allow(grantee, ['s3:GetObject'], [bucket.arnForObjects(`${TABLE_PREFIX}*`)]);
  allow(grantee, ['s3:ListBucket', 's3:GetBucketLocation'], [bucket.bucketArn]);
  encryptionKey?.grantDecrypt(grantee);
}

/** Lets a grantee also change the table, its files, and what the catalogue says about it. */
export function grantTableWrite(scope: Construct, grantee: iam.IGrantable, parts: TableParts): void {
  const { bucket, encryptionKey } = parts;
  grantTableRead(scope, grantee, parts);
  allow(grantee, ['glue:CreateTable', 'glue:UpdateTable'], catalogueArns(scope, parts, [LEDGER_TABLE, ...LEDGER_VIEWS]));
  allow(
    grantee,
    ['s3:PutObject', 's3:DeleteObject', 's3:AbortMultipartUpload', 's3:ListMultipartUploadParts'],
    [bucket.arnForObjects(`${TABLE_PREFIX}*`)],
  );
  encryptionKey?.grantEncryptDecrypt(grantee);
}

/** What AWS Glue checks for each request about tables: the catalogue, the database and the tables. */
export function catalogueArns(scope: Construct, { databaseName }: Pick<TableParts, 'databaseName'>, tables = [LEDGER_TABLE]): string[] {
  const database = Stack.of(scope).formatArn({ service: 'glue', resource: 'database', resourceName: databaseName });
  return [Stack.of(scope).formatArn({ service: 'glue', resource: 'catalog' }), database, ...tableArns(scope, databaseName, tables)];
}

const tableArns = (scope: Construct, databaseName: string, tables: readonly string[]): string[] =>
  tables.map((table) => Stack.of(scope).formatArn({ service: 'glue', resource: 'table', resourceName: `${databaseName}/${table}` }));

function allow(grantee: iam.IGrantable, actions: string[], resources: string[]): void {
  grantee.grantPrincipal.addToPrincipalPolicy(new iam.PolicyStatement({ actions, resources }));
}
