import { RemovalPolicy } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { ContentCapture } from './content-capture';
import { DataProtection } from './data-protection';
import { DeliveryBucket } from './delivery-bucket';
import { ExistingConfiguration } from './existing-configuration';
import { FunctionOptions } from './function-options';
import { archiveLifecycle, largeDataLifecycle } from './private/logging/delivery-lifecycle';
import { allowDelivery, newDeliveryRole } from './private/logging/delivery-role';
import { DeliveryTarget } from './private/logging/delivery-target';
import { checkInvocationLogging, loggingOfStack, logsContent } from './private/logging/invocation-logging-checks';
import { KEPT } from './private/kept';
import { allowLogGroups } from './private/log-group-key';
import { loggingConfig } from './private/logging/logging-config';
import { LoggingConfiguration } from './private/logging/logging-configuration';
import { newProtectedLogGroup } from './private/logging/protected-log-group';
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
   * What happens to a logging configuration that exists already and was not made by this stack.
   *
   * @default ExistingConfiguration.FAIL
   */
  readonly onExisting?: ExistingConfiguration;

  /**
   * The log group that receives the records, in the account and Region of the stack.
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
   * @default RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE
   */
  readonly removalPolicy?: RemovalPolicy;

  /**
   * The key that encrypts the new log group and the new buckets.
   *
   * @default - they are encrypted with keys that AWS owns
   */
  readonly encryptionKey?: kms.IKey;

  /**
   * What the new log group masks.
   *
   * @default - DataProtection.RECOMMENDED, or DataProtection.NONE if no content is logged
   */
  readonly dataProtection?: DataProtection;

  /**
   * The bucket for bodies that are too large for a log record, and for images, video, audio and documents.
   *
   * @default - such bodies are not kept; their records are, with the token counts
   */
  readonly largeData?: DeliveryBucket;

  /**
   * The bucket for a second copy of all records.
   *
   * @default - there is no second copy
   */
  readonly archive?: DeliveryBucket;

  /**
   * The role with which Bedrock writes to the log group. Its trust policy must let Bedrock assume it.
   *
   * @default - a new role that Bedrock can assume for this account and Region only
   */
  readonly deliveryRole?: iam.IRole;

  /**
   * How the function runs that sets the configuration, for example in which VPC.
   *
   * @default - it runs outside of any VPC of the account
   */
  readonly functions?: FunctionOptions;

  /**
   * Whether the template holds the code of that function, so that the stack has no asset and can be deployed by StackSets. The
   * code then uses the AWS SDK of the Lambda runtime, which may not know the newest settings of Bedrock.
   *
   * @default false
   */
  readonly inlineCode?: boolean;
}

/**
 * The model invocation logging of Amazon Bedrock in this account and Region, and the log group and buckets that receive its records.
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
   * The role with which this stack changes the logging configuration. A change by another role was not made by this stack.
   */
  public readonly configurationRole: iam.IRole;

  constructor(scope: Construct, id: string, props: InvocationLoggingProps = {}) {
    super(scope, id);

    const ofStack = loggingOfStack(this);
    checkInvocationLogging(this, props);
    const { onExisting = ExistingConfiguration.FAIL } = props;
    if (ofStack) {
      this.logGroup = ofStack.logGroup;
      this.content = ofStack.content;
      this.configurationRole = ofStack.configurationRole;
      return;
    }
    if (onExisting === ExistingConfiguration.ADOPT) {
      const adopted = new LoggingConfiguration(this, 'Setting', { onExisting, functions: props.functions, inlineCode: props.inlineCode });
      this.logGroup = logs.LogGroup.fromLogGroupName(this, 'LogGroup', adopted.logGroupName);
      this.configurationRole = adopted.role;
      return;
    }

    const content = (this.content = props.content ?? ContentCapture.TEXT);
    this.logGroup = props.logGroup ?? this.newLogGroup(content, props);
    this.deliveryRole = props.deliveryRole ?? newDeliveryRole(this, 'DeliveryRole', this.logGroup);
    const permitted = props.deliveryRole ? allowDelivery(this, props.deliveryRole, this.logGroup) : this.deliveryRole;
    const largeData = this.newLargeDataTarget(props);
    const archive = this.newArchiveTarget(props);
    this.largeDataBucket = largeData?.bucket;
    this.archiveBucket = archive?.bucket;

    const { logGroup, deliveryRole } = this;
    const configuration = new LoggingConfiguration(this, 'Setting', {
      onExisting,
      deliveryRole,
      functions: props.functions,
      inlineCode: props.inlineCode,
      loggingConfig: loggingConfig({ content, logGroup, deliveryRole, largeData, archive }),
    });
    this.configurationRole = configuration.role;
    // Bedrock writes to each destination to test it when the configuration is put.
    configuration.resource.node.addDependency(
      ...[permitted, largeData?.dependables, archive?.dependables].flat().filter((dependable) => dependable !== undefined),
    );
  }

  private newLogGroup(content: ContentCapture, props: InvocationLoggingProps): logs.LogGroup {
    if (props.encryptionKey) {
      allowLogGroups(this, props.encryptionKey, 'invocation records');
    }
    const dataProtection = props.dataProtection ?? (logsContent(content) ? DataProtection.RECOMMENDED : DataProtection.NONE);
    return newProtectedLogGroup(this, 'LogGroup', {
      dataProtection,
      retention: props.retention ?? RetentionClass.INVOCATIONS,
      encryptionKey: props.encryptionKey,
      removalPolicy: props.removalPolicy ?? KEPT,
    });
  }

  private newLargeDataTarget({ largeData, logGroup, retention, encryptionKey, removalPolicy }: InvocationLoggingProps) {
    if (!largeData) {
      return undefined;
    }
    // How long a given log group keeps its records is not known here.
    const retentionOfRecords = logGroup ? undefined : (retention ?? RetentionClass.INVOCATIONS);
    const lifecycleRule = largeDataLifecycle(largeData, retentionOfRecords);
    return new DeliveryTarget(this, 'LargeData', largeData, { lifecycleRule, encryptionKey, removalPolicy });
  }

  private newArchiveTarget({ archive, encryptionKey, removalPolicy }: InvocationLoggingProps) {
    return (
      archive && new DeliveryTarget(this, 'Archive', archive, { lifecycleRule: archiveLifecycle(archive), encryptionKey, removalPolicy })
    );
  }
}
