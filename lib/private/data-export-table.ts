import { Aws, Names } from 'aws-cdk-lib';
import * as glue from 'aws-cdk-lib/aws-glue';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { BILLING_PERIOD, CUR_COLUMNS } from '../../engine/bill/cur-columns';
import { DataExportOptions } from '../data-export-options';
import { allowAthena, newWorkGroup } from './athena-work-group';

const TABLE = 'bill';

/**
 * Lets a function ask Athena for the bill: a table over the files of an export, and a work group. The months are computed, so that
 * there is no crawler and a new month is there at once.
 */
export function readDataExport(scope: Construct, reader: lambda.Function, { bucket, prefix, exportName }: DataExportOptions): void {
  const folder = prefix ? `${prefix}/${exportName}` : exportName;
  const location = `s3://${bucket.bucketName}/${folder}/data/`;
  const database = Names.uniqueResourceName(scope, { maxLength: 100, separator: '_', allowedSpecialCharacters: '_' }).toLowerCase();
  const resource = new glue.CfnDatabase(scope, 'Database', {
    catalogId: Aws.ACCOUNT_ID,
    databaseInput: { name: database, description: 'The bill, as an export of CUR 2.0 has it' },
  });
  new glue.CfnTable(scope, 'Table', {
    catalogId: Aws.ACCOUNT_ID,
    databaseName: database,
    tableInput: {
      name: TABLE,
      description: 'An export of CUR 2.0, as far as a comparison needs it',
      tableType: 'EXTERNAL_TABLE',
      partitionKeys: [{ name: BILLING_PERIOD, type: 'string' }],
      parameters: {
        classification: 'parquet',
        'projection.enabled': 'true',
        [`projection.${BILLING_PERIOD}.type`]: 'date',
        [`projection.${BILLING_PERIOD}.format`]: 'yyyy-MM',
        [`projection.${BILLING_PERIOD}.range`]: '2024-01,NOW',
        [`projection.${BILLING_PERIOD}.interval`]: '1',
        [`projection.${BILLING_PERIOD}.interval.unit`]: 'MONTHS',
        'storage.location.template': `${location}BILLING_PERIOD=\${${BILLING_PERIOD}}/`,
      },
      storageDescriptor: {
        location,
        columns: CUR_COLUMNS.map(({ name, type }) => ({ name, type })),
        inputFormat: 'org.apache.hadoop.hive.ql.io.parquet.MapredParquetInputFormat',
        outputFormat: 'org.apache.hadoop.hive.ql.io.parquet.MapredParquetOutputFormat',
        serdeInfo: { serializationLibrary: 'org.apache.hadoop.hive.ql.io.parquet.serde.ParquetHiveSerDe' },
      },
    },
  }).addDependency(resource);
  const workGroup = newWorkGroup(scope, 'WorkGroup', 'Reads the bill of Amazon Bedrock');
  allowAthena(scope, reader, workGroup, { database, table: TABLE });
  allowFiles(reader, { bucket, exportName, prefix: folder });
  const environment = { WORK_GROUP: workGroup.name, DATABASE: database, TABLE, BUCKET: bucket.bucketName, FOLDER: folder };
  Object.entries(environment).forEach(([name, value]) => reader.addEnvironment(`EXPORT_${name}`, value));
}

/** Only what is below the folder of the export. */
function allowFiles(reader: lambda.Function, { bucket, prefix: folder }: DataExportOptions): void {
  const grant = (actions: string[], resource: string, conditions?: Record<string, unknown>): unknown =>
    reader.addToRolePolicy(new iam.PolicyStatement({ actions, resources: [resource], conditions }));
  grant(['s3:GetObject'], bucket.arnForObjects(`${folder}/*`));
  grant(['s3:ListBucket'], bucket.bucketArn, { StringLike: { 's3:prefix': [`${folder}/*`] } });
  grant(['s3:GetBucketLocation'], bucket.bucketArn);
  bucket.encryptionKey?.grantDecrypt(reader);
}
