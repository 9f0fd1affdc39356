import * as logs from 'aws-cdk-lib/aws-logs';
import { AlarmRouting } from './alarm-routing';
import { BillSource } from './bill-source';
import { FunctionOptions } from './function-options';

/**
 * Choices about a comparison with the bill that do not depend on where our figures come from.
 */
export interface BillReconciliationOptions {
  /**
   * Where the bill is read.
   *
   * @default BillSource.costExplorer()
   */
  readonly source?: BillSource;

  /**
   * The log group of an `UnrecordedUsage`, whose lines are compared as well. Without it, what it counts is billed by unseen sources.
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

  /**
   * The actions of the alarms BillDrift and BillReconciliationMissing, by tier. They are warnings.
   *
   * @default - the alarms change state and notify nobody
   */
  readonly routing?: AlarmRouting;

  /**
   * What the names of the alarms begin with: `PREFIX-BillDrift`. Alarms are replaced when it is changed.
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
