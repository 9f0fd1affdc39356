import { Aws, Names, RemovalPolicy, Token } from 'aws-cdk-lib';
import * as athena from 'aws-cdk-lib/aws-athena';
import * as glue from 'aws-cdk-lib/aws-glue';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as firehose from 'aws-cdk-lib/aws-kinesisfirehose';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { AlarmRouting } from './alarm-routing';
import { FunctionOptions } from './function-options';
import { LedgerAuditCopy } from './ledger-audit-copy';
import { LEDGER_TABLE_ROWS, ruleOfTable } from './private/alarms/table/ledger-table';
import { LEDGER_UPKEEP_ROW } from './private/alarms/table/heartbeats';
import { ruleOfFunction } from './private/alarms/table/row';
import { newWorkGroup } from './private/athena-work-group';
import { requireSameRegion } from './private/handed-in';
import { newAuditBucket, newTableBucket } from './private/ledger-table/buckets';
import { newDeliveryStream } from './private/ledger-table/delivery-stream';
import { grantTableRead } from './private/ledger-table/grants';
import { newTableMaker } from './private/ledger-table/maker';
import { newNamedQueries } from './private/ledger-table/named-queries';
import { newUpkeep } from './private/ledger-table/upkeep';
import { requireRegionOf, WITHOUT_ATHENA, WITHOUT_ICEBERG_DELIVERY } from './private/regions';
import { requireUsable } from './private/usable';
import { requireKnown } from './private/validation';
import { TieredAlarms } from './tiered-alarms';

/**
 * Properties for defining a LedgerTable.
 */
export interface LedgerTableProps {
  /**
   * How long rows are kept, counted from when they were written. A row that is older is deleted within a day.
   *
   * @default RetentionDays.THIRTEEN_MONTHS
   */
  readonly retention?: logs.RetentionDays;

  /**
   * A copy for auditors, in a bucket with S3 Object Lock.
   *
   * @default - no copy is kept
   */
  readonly auditCopy?: LedgerAuditCopy;

  /**
   * The name of the database in the AWS Glue Data Catalog: lower-case letters, digits and underscores.
   *
   * @default - a name made of the stack and the construct
   */
  readonly databaseName?: string;

  /**
   * The key that encrypts the table, the copy for auditors, rows on their way, and the log of deliveries that failed.
   *
   * @default - they are encrypted with keys that AWS owns
   */
  readonly encryptionKey?: kms.IKey;

  /**
   * What happens to the rows when the stack is deleted. With `RemovalPolicy.DESTROY` they are deleted; files of a copy for auditors
   * stay until their date in any case.
   *
   * @default RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE
   */
  readonly removalPolicy?: RemovalPolicy;

  /**
   * The actions of the alarms LedgerRowsFailed, LedgerDeliveryMissing and LedgerUpkeepMissing, by tier. They are warnings.
   *
   * @default - the alarms change state and notify nobody
   */
  readonly routing?: AlarmRouting;

  /**
   * What the names of the alarms begin with: `PREFIX-LedgerRowsFailed`. Alarms are replaced when it is changed.
   *
   * @default - the name of the stack
   */
  readonly alarmNamePrefix?: string;

  /**
   * Where the runbooks are, for example a copy in a wiki of your own.
   *
   * @default - the runbooks of this version in the repository of this library; the package has them too
   */
  readonly runbooksUrl?: string;

  /**
   * How the functions run, for example in which VPC.
   *
   * @default - they run outside of any VPC of the account, and share its unreserved concurrency
   */
  readonly functions?: FunctionOptions;
}

/**
 * The ledger as a table: an Apache Iceberg table on Amazon S3, which Amazon Data Firehose fills and Amazon Athena queries. It has the same members as
 * the lines of the log group, under names of columns with comments.
 *
 * Give it to a cost meter with `Ledger.inTable(table)`, or with `Ledger.perCall({ table })` beside the log group.
 */
export class LedgerTable extends Construct {
  /**
   * The bucket with the table, and with the rows that could not be written, below `failed/`.
   */
  public readonly bucket: s3.Bucket;

  /**
   * The bucket of the copy for auditors, if there is one.
   */
  public readonly auditBucket?: s3.Bucket;

  /**
   * The name of the database. It has the table `ledger`, and the views `calls`, with one row for each call, and `focus`.
   */
  public readonly databaseName: string;

  /**
   * The Athena work group with the named queries.
   */
  public readonly workGroup: athena.CfnWorkGroup;

  /**
   * The delivery stream that takes rows.
   */
  public readonly deliveryStream: firehose.CfnDeliveryStream;

  /**
   * The alarms LedgerRowsFailed, LedgerDeliveryMissing and LedgerUpkeepMissing.
   */
  public readonly tieredAlarms: TieredAlarms;

  private readonly encryptionKey?: kms.IKey;

  constructor(scope: Construct, id: string, props: LedgerTableProps = {}) {
    super(scope, id);

    requireRegionOf(this, 'LedgerTable', 'delivery of Amazon Data Firehose to Apache Iceberg', WITHOUT_ICEBERG_DELIVERY, LOG_GROUP_INSTEAD);
    requireRegionOf(this, 'LedgerTable', 'Amazon Athena', WITHOUT_ATHENA, LOG_GROUP_INSTEAD);
    requireDatabaseName(props.databaseName);
    requireKnown('retention', props.retention);
    requireSameRegion(this, 'encryptionKey', props.encryptionKey);
    requireUsable(props);
    const { retention = logs.RetentionDays.THIRTEEN_MONTHS, auditCopy, encryptionKey } = props;
    this.encryptionKey = encryptionKey;
    this.databaseName = props.databaseName ?? Names.uniqueResourceName(this, { maxLength: 100, separator: '_' }).toLowerCase();
    this.bucket = newTableBucket(this, props);
    this.auditBucket = auditCopy && newAuditBucket(this, auditCopy, encryptionKey);
    this.workGroup = newWorkGroup(this, 'WorkGroup', 'Queries over the ledger of Amazon Bedrock calls');
    const database = new glue.CfnDatabase(this, 'Database', {
      catalogId: Aws.ACCOUNT_ID,
      databaseInput: { name: this.databaseName, description: 'The ledger of Amazon Bedrock calls' },
    });
    const parts = { databaseName: this.databaseName, bucket: this.bucket, workGroup: this.workGroup, encryptionKey };
    const table = newTableMaker(this, { ...parts, functions: props.functions });
    table.node.addDependency(database);
    this.deliveryStream = newDeliveryStream(this, parts, table);
    newNamedQueries(this, parts).forEach((query) => query.addDependency(this.workGroup));
    const upkeep = newUpkeep(this, { ...parts, retention, auditBucket: this.auditBucket, functions: props.functions });
    this.tieredAlarms = new TieredAlarms(this, 'Alarms', {
      rules: [...LEDGER_TABLE_ROWS.map((row) => ruleOfTable(row, this.deliveryStream.ref)), ruleOfFunction(LEDGER_UPKEEP_ROW, upkeep)],
      routing: props.routing,
      alarmNamePrefix: props.alarmNamePrefix,
      runbooksUrl: props.runbooksUrl,
    });
  }

  /**
   * Lets somebody query the table, and nothing else in the bucket. The table holds callers and costs, and no prompts.
   *
   * @param grantee who may query it
   */
  public grantRead(grantee: iam.IGrantable): void {
    const { databaseName, bucket, workGroup } = this;
    grantTableRead(this, grantee, { databaseName, bucket, workGroup, encryptionKey: this.encryptionKey });
  }

  /** @internal */
  public _grantPut(grantee: iam.IGrantable): void {
    const resources = [this.deliveryStream.attrArn];
    grantee.grantPrincipal.addToPrincipalPolicy(new iam.PolicyStatement({ actions: ['firehose:PutRecordBatch'], resources }));
  }
}

const LOG_GROUP_INSTEAD = 'leave the table out, and keep the ledger in its log group with Ledger.perCall()';

function requireDatabaseName(databaseName: string | undefined): void {
  if (databaseName !== undefined && !Token.isUnresolved(databaseName) && !/^[a-z0-9_]{1,128}$/.test(databaseName)) {
    throw new Error(
      `'databaseName' must be 1 to 128 lower-case letters, digits and underscores, got '${databaseName}': Athena and Firehose take no others`,
    );
  }
}
