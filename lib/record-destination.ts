import { ArnFormat, Aws, CfnResource, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kinesis from 'aws-cdk-lib/aws-kinesis';
import * as logs from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { DESTINATION_NAME, requireDestinationName } from './private/destination-name';
import { requireUsable } from './private/usable';
import { requireAccountIds, requireOrganizationId } from './private/validation';

/**
 * Properties for defining a RecordDestination.
 */
export interface RecordDestinationProps {
  /**
   * The stream that gets the records. It can be in another Region than the destination.
   */
  readonly stream: kinesis.IStream;

  /**
   * The accounts that may send records.
   *
   * @default - the accounts of the organization
   */
  readonly accounts?: string[];

  /**
   * The organization whose accounts may send records, for example `o-a1b2c3d4e5`.
   *
   * @default - the named accounts only
   */
  readonly organizationId?: string;

  /**
   * The name of the destination. Members find it by this name and the account.
   *
   * @default 'bedrock-records'
   */
  readonly destinationName?: string;
}

/**
 * Where accounts send their invocation records: a destination of CloudWatch Logs in front of a Kinesis data stream.
 *
 * A log group can send to a destination of its own Region only, so each Region in which members call models needs one. All can feed
 * one stream.
 */
export class RecordDestination extends Construct {
  /**
   * The ARN of the destination, for subscriptions of other accounts.
   */
  public readonly destinationArn: string;

  constructor(scope: Construct, id: string, props: RecordDestinationProps) {
    super(scope, id);

    const { stream, accounts, organizationId, destinationName = DESTINATION_NAME } = props;
    requireDestinationName(destinationName);
    requireSenders(accounts, organizationId);
    requireUsable(props);
    const role = new iam.Role(this, 'Role', {
      description: 'Lets CloudWatch Logs put invocation records into the stream',
      assumedBy: new iam.ServicePrincipal('logs.amazonaws.com', {
        // Of the senders and of this account, as the user guide of CloudWatch Logs has it ("Cross-account cross-Region subscriptions").
        conditions: { StringLike: { 'aws:SourceArn': organizationId ? ['*'].map(logsOf) : [...accounts!, Aws.ACCOUNT_ID].map(logsOf) } },
      }),
    });
    const granted = stream.grant(role, 'kinesis:PutRecord');
    stream.encryptionKey?.grantEncrypt(role);
    const destination = new logs.CrossAccountDestination(this, 'Destination', { destinationName, targetArn: stream.streamArn, role });
    destination.addToPolicy(
      new iam.PolicyStatement({
        actions: ['logs:PutSubscriptionFilter'],
        principals: organizationId ? [new iam.AnyPrincipal()] : accounts!.map((account) => new iam.ArnPrincipal(account)),
        resources: [this.arnOf(destinationName)],
        ...(organizationId && { conditions: { StringEquals: { 'aws:PrincipalOrgID': organizationId } } }),
      }),
    );
    // CloudWatch Logs sends a test message when the destination is made, for which the role needs its policy.
    granted.applyBefore(destination.node.defaultChild as CfnResource);
    this.destinationArn = destination.destinationArn;
  }

  /** Spelled out, because the policy is part of the destination and cannot refer to it. */
  private arnOf(name: string): string {
    return Stack.of(this).formatArn({
      service: 'logs',
      resource: 'destination',
      resourceName: name,
      arnFormat: ArnFormat.COLON_RESOURCE_NAME,
    });
  }
}

const logsOf = (account: string): string => `arn:${Aws.PARTITION}:logs:${Aws.REGION}:${account}:*`;

function requireSenders(accounts: string[] | undefined, organizationId: string | undefined): void {
  if ((accounts === undefined) === (organizationId === undefined)) {
    throw new Error(
      `one of 'accounts' and 'organizationId' must say who may send records, got ${accounts ? 'both' : 'none'}: ` +
        "set 'organizationId' for all accounts of an organization, or 'accounts' for some",
    );
  }
  if (accounts) requireAccountIds('accounts', accounts);
  if (organizationId !== undefined) requireOrganizationId('organizationId', organizationId);
}
