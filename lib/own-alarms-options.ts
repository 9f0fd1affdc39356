import { AlarmRouting } from './alarm-routing';

/**
 * What all constructs with alarms about themselves have in common.
 */
export interface OwnAlarmsOptions {
  /**
   * The actions of the alarms, by tier. They are warnings.
   *
   * @default - the alarms change state and notify nobody
   */
  readonly routing?: AlarmRouting;

  /**
   * What the names of the alarms begin with, as in `PREFIX-BillDrift`. Alarms are replaced when it is changed.
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
}
