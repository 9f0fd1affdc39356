import { RemovalPolicy } from 'aws-cdk-lib';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { AlarmRouting } from './alarm-routing';
import { FunctionOptions } from './function-options';
import { ReservedCapacity } from './reserved-capacity';

/**
 * Choices about usage without a record that do not depend on where prices come from.
 */
export interface UnrecordedUsageOptions {
  /**
   * The buckets to which batch inference jobs write. The manifest of each job is read there, and no record.
   *
   * @default - batch jobs are counted, and have no tokens and no cost
   */
  readonly batchOutputBuckets?: s3.IBucket[];

  /**
   * Capacity of the reserved tier.
   *
   * @default - none is reserved
   */
  readonly reservedCapacity?: ReservedCapacity[];

  /**
   * How long the lines are kept.
   *
   * @default RetentionDays.THREE_MONTHS
   */
  readonly retention?: logs.RetentionDays;

  /**
   * The key that encrypts the lines.
   *
   * @default - a key that CloudWatch Logs owns
   */
  readonly encryptionKey?: kms.IKeyRef;

  /**
   * What happens to the lines when the stack is deleted.
   *
   * @default RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE
   */
  readonly removalPolicy?: RemovalPolicy;

  /**
   * The actions of the alarm UnrecordedUsageIncomplete, by tier. It is a warning.
   *
   * @default - the alarm changes state and notifies nobody
   */
  readonly routing?: AlarmRouting;

  /**
   * What the name of the alarm begins with: `PREFIX-UnrecordedUsageIncomplete`. The alarm is replaced when it is changed.
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
   * How the function runs, for example in which VPC.
   *
   * @default - it runs outside of any VPC of the account
   */
  readonly functions?: FunctionOptions;
}
