import { CfnResource, RemovalPolicy, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as firehose from 'aws-cdk-lib/aws-kinesisfirehose';
import * as logs from 'aws-cdk-lib/aws-logs';
import { Construct, IDependable } from 'constructs';
import { FAILED_PREFIX, LEDGER_TABLE } from '../../../engine/ledger/table-ddl';
import { RetentionClass } from '../../retention-class';
import { allowLogGroups } from '../log-group-key';
import { catalogueArns } from './grants';
import { TABLE_PREFIX, TableParts } from './parts';

/** Firehose writes a file after so many seconds or MiB: fewer and larger files are read faster. Rows are in the table after this time. */
const BUFFERING = { intervalInSeconds: 300, sizeInMBs: 64 };

/** For how long a delivery that fails is tried again, before its rows go to the bucket below `failed/`. */
const RETRY_SECONDS = 7200;

/**
 * The delivery stream of a table. It only appends: it then scales by itself, and does not rewrite files to replace rows. Firehose
 * delivers what it took once; a row that was put twice is there twice, and readers count calls by their id.
 *
 * @param table what makes the table, which Firehose looks for when the stream is created
 */
export function newDeliveryStream(scope: Construct, parts: TableParts, table: IDependable): firehose.CfnDeliveryStream {
  const { bucket, databaseName, encryptionKey } = parts;
  const { role, permissions } = newRole(scope, parts);
  const s3Destination = { bucketArn: bucket.bucketArn, roleArn: role.roleArn, errorOutputPrefix: FAILED_PREFIX, prefix: TABLE_PREFIX };
  if (encryptionKey) {
    allowLogGroups(scope, encryptionKey, 'log of deliveries');
  }
  const logGroup = new logs.LogGroup(scope, 'DeliveryLogs', {
    retention: RetentionClass.INVOCATIONS,
    encryptionKey,
    removalPolicy: RemovalPolicy.DESTROY,
  });
  const logStream = new logs.LogStream(scope, 'DeliveryLogStream', { logGroup, removalPolicy: RemovalPolicy.DESTROY });
  logGroup.grantWrite(role);
  const stream = new firehose.CfnDeliveryStream(scope, 'Delivery', {
    deliveryStreamType: 'DirectPut',
    deliveryStreamEncryptionConfigurationInput: encryptionKey
      ? { keyType: 'CUSTOMER_MANAGED_CMK', keyArn: encryptionKey.keyArn }
      : { keyType: 'AWS_OWNED_CMK' },
    icebergDestinationConfiguration: {
      appendOnly: true,
      roleArn: role.roleArn,
      catalogConfiguration: { catalogArn: catalogueArns(scope, parts)[0] },
      destinationTableConfigurationList: [
        { destinationDatabaseName: databaseName, destinationTableName: LEDGER_TABLE, s3ErrorOutputPrefix: FAILED_PREFIX },
      ],
      bufferingHints: BUFFERING,
      retryOptions: { durationInSeconds: RETRY_SECONDS },
      s3BackupMode: 'FailedDataOnly',
      s3Configuration: s3Destination,
      cloudWatchLoggingOptions: { enabled: true, logGroupName: logGroup.logGroupName, logStreamName: logStream.logStreamName },
    },
  });
  stream.node.addDependency(table, permissions);
  return stream;
}

/** Source: Amazon Data Firehose Developer Guide, "Grant Firehose access to an Apache Iceberg Tables destination". */
function newRole(scope: Construct, { bucket, encryptionKey, ...parts }: TableParts): { role: iam.Role; permissions: IDependable } {
  const { account } = Stack.of(scope);
  const role = new iam.Role(scope, 'DeliveryRole', {
    description: 'Lets Amazon Data Firehose write ledger rows into their table',
    assumedBy: new iam.ServicePrincipal('firehose.amazonaws.com', { conditions: { StringEquals: { 'aws:SourceAccount': account } } }),
  });
  const allow = (actions: string[], resources: string[]): iam.Grant =>
    iam.Grant.addToPrincipal({ grantee: role, actions, resourceArns: resources });
  allow(['glue:GetTable', 'glue:GetDatabase', 'glue:UpdateTable'], catalogueArns(scope, parts));
  allow(
    ['s3:AbortMultipartUpload', 's3:GetObject', 's3:PutObject', 's3:DeleteObject'],
    [bucket.arnForObjects(`${TABLE_PREFIX}*`), bucket.arnForObjects(`${FAILED_PREFIX}*`)],
  );
  allow(['s3:GetBucketLocation', 's3:ListBucket', 's3:ListBucketMultipartUploads'], [bucket.bucketArn]);
  encryptionKey?.grantEncryptDecrypt(role);
  return { role, permissions: role.node.findChild('DefaultPolicy').node.defaultChild as CfnResource };
}
