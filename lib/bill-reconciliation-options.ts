import * as logs from 'aws-cdk-lib/aws-logs';
import { BillSource } from './bill-source';
import { HandlerOptions } from './handler-options';
import { OwnAlarmsOptions } from './own-alarms-options';

/**
 * Choices about a comparison with the bill that do not depend on where our figures come from.
 */
export interface BillReconciliationOptions extends HandlerOptions, OwnAlarmsOptions {
  /**
   * Where the bill is read.
   *
   * @default BillSource.costExplorer()
   */
  readonly source?: BillSource;

  /**
   * The log group of an `UnrecordedUsage`, whose lines are compared as well. Without it, what it counts is billed by unseen sources. Where
   * the ledger is in a table, leave it out: what `UnrecordedUsage` writes to the table with `ledgerTable` is compared.
   *
   * @default - the ledger of the meter is compared
   */
  readonly unrecordedLogGroup?: logs.ILogGroupRef;

  /**
   * The accounts whose calls are in the ledger. Those of other accounts are on the bill of the management account only. Several are
   * also compared one by one.
   *
   * @default - the account of the stack
   */
  readonly accounts?: string[];

  /**
   * The Regions whose calls are in the ledger. The bill has the calls of all Regions.
   *
   * @default - the Region of the stack
   */
  readonly regions?: string[];
}
