import * as observabilityadmin from 'aws-cdk-lib/aws-observabilityadmin';
import { Construct } from 'constructs';
import { MEMBER_LOG_GROUP } from './private/member-log-group';
import { requireUsable } from './private/usable';
import { requireAccountIds, requireOrganizationId, requireRegions } from './private/validation';
import { Token } from 'aws-cdk-lib';

/**
 * Properties for defining a RecordCentralization.
 */
export interface RecordCentralizationProps {
  /**
   * The organization whose accounts are copied from, for example `o-a1b2c3d4e5`.
   */
  readonly organizationId: string;

  /**
   * The Regions whose records are copied.
   */
  readonly regions: string[];

  /**
   * The account to which they are copied.
   */
  readonly destinationAccount: string;

  /**
   * The Region to which they are copied.
   */
  readonly destinationRegion: string;

  /**
   * The name of the log group in all members. The copies are in a log group of the same name.
   *
   * @default '/bedrock/invocations'
   */
  readonly logGroupName?: string;

  /**
   * The name of the rule.
   *
   * @default 'bedrock-records'
   */
  readonly ruleName?: string;
}

/**
 * Lets CloudWatch Logs copy the invocation records of all accounts of an organization into one log group, for one `CostMeter`.
 *
 * It belongs into the management account of the organization, or into the delegated administrator of CloudWatch. The first copy of a
 * record is free; the original is paid, and so is what the copy is stored for.
 *
 * The copies are not masked, whatever the data protection of the members: AWS has a switch for that which CloudFormation does not have
 * yet. Let members log metadata only, or mask the central log group, too.
 */
export class RecordCentralization extends Construct {
  /**
   * The name of the log group in the destination account.
   */
  public readonly logGroupName: string;

  constructor(scope: Construct, id: string, props: RecordCentralizationProps) {
    super(scope, id);

    const { organizationId, regions, destinationAccount, destinationRegion, ruleName = 'bedrock-records' } = props;
    requireOrganizationId('organizationId', organizationId);
    requireAccountIds('destinationAccount', [destinationAccount]);
    requireUsable(props);
    requireRegions('regions', regions);
    if (!Token.isUnresolved(destinationRegion)) requireRegions('destinationRegion', [destinationRegion]);
    this.logGroupName = props.logGroupName ?? MEMBER_LOG_GROUP;
    new observabilityadmin.CfnOrganizationCentralizationRule(this, 'Resource', {
      ruleName,
      rule: {
        source: {
          regions,
          scope: `OrganizationId = '${organizationId}'`,
          // A log group with a key of its own is copied, too: without it, its calls would be missing in silence.
          sourceLogsConfiguration: {
            encryptedLogGroupStrategy: 'ALLOW',
            logGroupSelectionCriteria: `LogGroupName = '${this.logGroupName}'`,
          },
        },
        destination: {
          account: destinationAccount,
          region: destinationRegion,
          destinationLogsConfiguration: {
            logsEncryptionConfiguration: { encryptionStrategy: 'AWS_OWNED', encryptionConflictResolutionStrategy: 'ALLOW' },
          },
        },
      },
    });
  }
}
