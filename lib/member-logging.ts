import { ArnFormat, Aws, RemovalPolicy, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as logs from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { ContentCapture } from './content-capture';
import { DataProtection } from './data-protection';
import { ExistingConfiguration } from './existing-configuration';
import { InvocationLogging } from './invocation-logging';
import { DESTINATION_NAME, requireDestinationName } from './private/destination-name';
import { requireFindingsHere } from './private/handed-in';
import { logsContent } from './private/logging/invocation-logging-checks';
import { newProtectedLogGroup } from './private/logging/protected-log-group';
import { MEMBER_LOG_GROUP } from './private/member-log-group';
import { newProfileRole, requireProfileRoleName } from './private/profile-role';
import { requireUsable } from './private/usable';
import { requireAccountIds, shown } from './private/validation';

/**
 * Properties for defining a MemberLogging.
 */
export interface MemberLoggingProps {
  /**
   * The account with a `RecordDestination` in the Region of this stack, to which the records are sent.
   *
   * @default - records are not sent; CloudWatch Logs can copy the log group by its name, see `RecordCentralization`
   */
  readonly destinationAccount?: string;

  /**
   * The name of the destination.
   *
   * @default 'bedrock-records'
   */
  readonly destinationName?: string;

  /**
   * The account whose meter may ask for the models behind application inference profiles of this account, by a role: see `profileRoleName`
   * of the meter.
   *
   * @default - no account may
   */
  readonly profileReaderAccount?: string;

  /**
   * The name of that role, to which the Region is added. The stack then makes a named role, for which CloudFormation asks for
   * `CAPABILITY_NAMED_IAM`.
   *
   * @default 'bedrock-profile-reader'
   */
  readonly profileRoleName?: string;

  /**
   * How much of each call is logged. What is logged leaves the account.
   *
   * @default ContentCapture.METADATA_ONLY
   */
  readonly content?: ContentCapture;

  /**
   * What happens to a logging configuration that exists already and was not made by this stack.
   *
   * @default ExistingConfiguration.FAIL
   */
  readonly onExisting?: ExistingConfiguration;

  /**
   * The name of the new log group, the same in all members.
   *
   * @default '/bedrock/invocations'
   */
  readonly logGroupName?: string;

  /**
   * How long the new log group keeps the records. The central account keeps its own copy, and this one is paid as well.
   *
   * @default RetentionDays.ONE_DAY
   */
  readonly retention?: logs.RetentionDays;

  /**
   * What the new log group masks.
   *
   * @default - DataProtection.RECOMMENDED, or DataProtection.NONE if no content is logged
   */
  readonly dataProtection?: DataProtection;
}

/**
 * What a member of an organization needs in a Region: invocation logging, and nothing that meters, watches or shows. The records go
 * to one central account.
 *
 * It has no asset: its template is one file, for StackSets and for customisations of Control Tower.
 */
export class MemberLogging extends Construct {
  /**
   * The log group that receives the records.
   */
  public readonly logGroup: logs.ILogGroup;

  /**
   * The invocation logging of the account and Region.
   */
  public readonly invocationLogging: InvocationLogging;

  constructor(scope: Construct, id: string, props: MemberLoggingProps = {}) {
    super(scope, id);
    requireUsable(props);
    requireFindingsHere(this, props.dataProtection);

    this.invocationLogging = this.newLogging(props);
    this.logGroup = this.invocationLogging.logGroup;
    this.allowProfileReader(props);
    if (props.destinationAccount !== undefined) {
      this.sendTo(props.destinationAccount, props.destinationName);
    } else if (props.destinationName !== undefined) {
      throw new Error(
        `'destinationName' names nothing without 'destinationAccount', got ${shown(props.destinationName)}: set both, or none`,
      );
    }
  }

  private allowProfileReader({ profileReaderAccount: account, profileRoleName }: MemberLoggingProps): void {
    if (account !== undefined) {
      requireAccountIds('profileReaderAccount', [account]);
      requireProfileRoleName(profileRoleName);
      newProfileRole(this, account, profileRoleName);
    } else if (profileRoleName !== undefined) {
      throw new Error(`'profileRoleName' names nothing without 'profileReaderAccount', got ${shown(profileRoleName)}: set both, or none`);
    }
  }

  private newLogging(props: MemberLoggingProps): InvocationLogging {
    const { onExisting, content = ContentCapture.METADATA_ONLY, dataProtection, retention, logGroupName } = props;
    if (onExisting === ExistingConfiguration.ADOPT) {
      if (logGroupName !== undefined) {
        throw new Error(`'logGroupName' names a new log group, got '${logGroupName}' with an adopted configuration: leave it out`);
      }
      const { content: asked } = props;
      return new InvocationLogging(this, 'InvocationLogging', { onExisting, content: asked, dataProtection, retention, inlineCode: true });
    }
    const masks = dataProtection ?? (logsContent(content) ? DataProtection.RECOMMENDED : DataProtection.NONE);
    const logGroup = newProtectedLogGroup(this, 'LogGroup', {
      dataProtection: masks,
      logGroupName: logGroupName ?? MEMBER_LOG_GROUP,
      retention: retention ?? logs.RetentionDays.ONE_DAY,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    const unmasked = masks === DataProtection.NONE ? DataProtection.NONE : undefined;
    return new InvocationLogging(this, 'InvocationLogging', { onExisting, content, logGroup, dataProtection: unmasked, inlineCode: true });
  }

  private sendTo(account: string, destinationName = DESTINATION_NAME): void {
    requireAccountIds('destinationAccount', [account]);
    requireDestinationName(destinationName);
    // Only a destination that is open to an organization needs a role of the sender. Source: Amazon CloudWatch Logs User Guide,
    // "Cross-account cross-Region subscriptions".
    const role = new iam.Role(this, 'SenderRole', {
      description: 'Lets CloudWatch Logs send invocation records to the central account',
      assumedBy: new iam.ServicePrincipal('logs.amazonaws.com', {
        conditions: { StringLike: { 'aws:SourceArn': `arn:${Aws.PARTITION}:logs:${Aws.REGION}:${Aws.ACCOUNT_ID}:*` } },
      }),
    });
    const granted = this.logGroup.grant(role, 'logs:PutLogEvents');
    const subscription = new logs.CfnSubscriptionFilter(this, 'Subscription', {
      logGroupName: this.logGroup.logGroupName,
      filterPattern: '',
      roleArn: role.roleArn,
      destinationArn: Stack.of(this).formatArn({
        service: 'logs',
        account,
        resource: 'destination',
        resourceName: destinationName,
        arnFormat: ArnFormat.COLON_RESOURCE_NAME,
      }),
    });
    granted.applyBefore(subscription);
  }
}
