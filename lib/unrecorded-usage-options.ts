import { RemovalPolicy } from 'aws-cdk-lib';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { HandlerOptions } from './handler-options';
import { OwnAlarmsOptions } from './own-alarms-options';
import type { LedgerTable } from './ledger-table';
import { ReservedCapacity } from './reserved-capacity';

/**
 * Choices about usage without a record that do not depend on where prices come from.
 */
export interface UnrecordedUsageOptions extends HandlerOptions, OwnAlarmsOptions {
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
   * A table of the ledger that gets each line as a row, too. Its `source` tells it from the rows of calls.
   *
   * @default - lines are in the log group only
   */
  readonly ledgerTable?: LedgerTable;

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
}
