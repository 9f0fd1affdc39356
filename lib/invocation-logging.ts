import { ArnFormat, RemovalPolicy, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { ContentCapture } from './content-capture';
import { DataProtection } from './data-protection';
import { DeliveryBucket } from './delivery-bucket';
import { ExistingConfiguration } from './existing-configuration';
import { bedrockPrincipal } from './private/logging/bedrock-source';
import { archiveLifecycle, largeDataLifecycle } from './private/logging/delivery-lifecycle';
import { DeliveryTarget } from './private/logging/delivery-target';
import { checkInvocationLogging, logsContent } from './private/logging/invocation-logging-checks';
import { allowLogGroups } from './private/logging/log-group-key';
import { LoggingSetting } from './private/logging/logging-setting';
import { RetentionClass } from './retention-class';

/**
 * Properties for defining an InvocationLogging.
 */
export interface InvocationLoggingProps {
  /**
   * How much of each call is logged.
   *
   * @default ContentCapture.TEXT
   */
  readonly content?: ContentCapture;

  /**
   * What to do about a configuration that is already there and that the stack did not make.
   *
   * @default ExistingConfiguration.FAIL
   */
  readonly onExisting?: ExistingConfiguration;

  /**
   * The log group that receives the records, in the same account and Region.
   *
   * @default - a new log group
   */
  readonly logGroup?: logs.ILogGroup;

  /**
   * How long the new log group keeps the records, see `RetentionClass`.
   *
   * @default RetentionClass.INVOCATIONS
   */
  readonly retention?: logs.RetentionDays;

  /**
   * What happens to the new log group and the new buckets when the stack is deleted.
   *
   * @default RemovalPolicy.RETAIN
   */
  readonly removalPolicy?: RemovalPolicy;

  /**
   * The key that encrypts the new log group and the new buckets.
   *
   * @default - encrypted with keys that AWS owns
   */
  readonly encryptionKey?: kms.IKey;

  /**
   * What the new log group masks.
   *
   * @default - DataProtection.RECOMMENDED, or DataProtection.NONE if no content is logged
   */
  readonly dataProtection?: DataProtection;

  /**
   * Where bodies go that are too large for a record, and images, video, audio and documents.
   *
   * @default - they are not kept; the records are, with their token counts
   */
  readonly largeData?: DeliveryBucket;

  /**
   * Where a second copy of all records goes.
   *
   * @default - there is no second copy
   */
  readonly archive?: DeliveryBucket;

  /**
   * The role with which Bedrock writes to the log group. Bedrock must be trusted to assume it.
   *
   * @default - a new role that Bedrock can assume on behalf of this account and Region only
   */
  readonly deliveryRole?: iam.IRole;
}

/**
 * The model invocation logging of Amazon Bedrock in this account and Region, and where its records go.
 */
export class InvocationLogging extends Construct {
  /**
   * The log group that receives the records.
   */
  public readonly logGroup: logs.ILogGroup;

  /**
   * How much of each call is logged. Not known if an existing configuration is adopted.
   */
  public readonly content?: ContentCapture;

  /**
   * The role with which Bedrock writes to the log group. Not known if an existing configuration is adopted.
   */
  public readonly deliveryRole?: iam.IRole;

  /**
   * The bucket for large bodies, if there is one.
   */
  public readonly largeDataBucket?: s3.IBucket;

  /**
   * The bucket with the second copy of all records, if there is one.
   */
  public readonly archiveBucket?: s3.IBucket;

  /**
   * The role with which this stack changes the setting: whoever else changes it took it over.
   */
  public readonly configurationRole: iam.IRole;

  constructor(scope: Construct, id: string, props: InvocationLoggingProps = {}) {
    super(scope, id);

    checkInvocationLogging(this, props);
    if (props.onExisting === ExistingConfiguration.ADOPT) {
      const { logGroupName, role } = new LoggingSetting(this, 'Setting', { onExisting: props.onExisting });
      this.logGroup = logs.LogGroup.fromLogGroupName(this, 'LogGroup', logGroupName);
      this.configurationRole = role;
      return;
    }

    this.content = props.content ?? ContentCapture.TEXT;
    this.logGroup = props.logGroup ?? this.newLogGroup(this.content, props);
    this.deliveryRole = props.deliveryRole ?? new iam.Role(this, 'DeliveryRole', { assumedBy: bedrockPrincipal(this) });
    const { policyDependable } = this.deliveryRole.addToPrincipalPolicy(this.deliveryStatement());

    const kept = { encryptionKey: props.encryptionKey, removalPolicy: props.removalPolicy ?? RemovalPolicy.RETAIN };
    const retention = props.logGroup ? undefined : (props.retention ?? RetentionClass.INVOCATIONS);
    const largeData =
      props.largeData &&
      new DeliveryTarget(this, 'LargeData', props.largeData, { ...kept, lifecycleRule: largeDataLifecycle(props.largeData, retention) });
    const archive =
      props.archive && new DeliveryTarget(this, 'Archive', props.archive, { ...kept, lifecycleRule: archiveLifecycle(props.archive) });
    this.largeDataBucket = largeData?.bucket;
    this.archiveBucket = archive?.bucket;

    const { resource, role } = new LoggingSetting(this, 'Setting', {
      onExisting: props.onExisting ?? ExistingConfiguration.FAIL,
      deliveryRole: this.deliveryRole,
      loggingConfig: {
        cloudWatchConfig: {
          logGroupName: this.logGroup.logGroupName,
          roleArn: this.deliveryRole.roleArn,
          largeDataDeliveryS3Config: largeData?.s3Config,
        },
        s3Config: archive?.s3Config,
        // All five, always: what Bedrock does about one that is left out is not documented.
        textDataDeliveryEnabled: this.content.text,
        imageDataDeliveryEnabled: this.content.image,
        embeddingDataDeliveryEnabled: this.content.embedding,
        videoDataDeliveryEnabled: this.content.video,
        audioDataDeliveryEnabled: this.content.audio,
      },
    });
    this.configurationRole = role;
    // Bedrock tries the destinations out as soon as it is told of them.
    resource.node.addDependency(...[policyDependable ?? [], largeData?.dependables ?? [], archive?.dependables ?? []].flat());
  }

  private newLogGroup(content: ContentCapture, props: InvocationLoggingProps): logs.LogGroup {
    if (props.encryptionKey) {
      allowLogGroups(this, props.encryptionKey, 'invocation records');
    }
    const dataProtection = props.dataProtection ?? (logsContent(content) ? DataProtection.RECOMMENDED : DataProtection.NONE);
    return new logs.LogGroup(this, 'LogGroup', {
      retention: props.retention ?? RetentionClass.INVOCATIONS,
      encryptionKey: props.encryptionKey,
      dataProtectionPolicy: dataProtection.policy,
      removalPolicy: props.removalPolicy ?? RemovalPolicy.RETAIN,
    });
  }

  private deliveryStatement(): iam.PolicyStatement {
    const stream = Stack.of(this).formatArn({
      service: 'logs',
      resource: 'log-group',
      resourceName: `${this.logGroup.logGroupName}:log-stream:aws/bedrock/modelinvocations`,
      arnFormat: ArnFormat.COLON_RESOURCE_NAME,
    });
    return new iam.PolicyStatement({ actions: ['logs:CreateLogStream', 'logs:PutLogEvents'], resources: [stream] });
  }
}
