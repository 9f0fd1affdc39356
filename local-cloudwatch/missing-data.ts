import type { AlarmState } from './alarm-definition';

export interface StateRules {
  /** N of "M of N". */
  readonly evaluated: number;
  /** M of "M of N". */
  readonly toAlarm: number;
  /** TreatMissingData of the alarm. */
  readonly missing: string;
  /** The state before, kept where missing data are ignored. */
  readonly before: AlarmState;
}

/**
 * The state for periods, oldest first: true breaches, false does not, undefined has no data. There are more periods than are
 * evaluated: where data are missing, older data are used before anything is assumed.
 * Source: CloudWatch User Guide, "Configuring how CloudWatch alarms treat missing data", whose tables the tests repeat.
 */
export function stateOf(periods: readonly (boolean | undefined)[], rules: StateRules): AlarmState {
  const present = periods.filter((breach) => breach !== undefined).slice(-rules.evaluated);
  const breaching = present.filter(Boolean).length;
  const missing = rules.evaluated - present.length;

  if (rules.missing === 'breaching') {
    return breaching + missing >= rules.toAlarm ? 'ALARM' : 'OK';
  }
  if (breaching >= rules.toAlarm) {
    return 'ALARM';
  }
  if (rules.missing === 'notBreaching') {
    return 'OK';
  }
  if (present.length === 0) {
    return rules.missing === 'ignore' ? rules.before : 'INSUFFICIENT_DATA';
  }
  if (missing > 0 && breaching === present.length) {
    // All data breach, but there are fewer than M: an alarm once the oldest is at least M periods old.
    const age = periods.length - periods.indexOf(true);
    return rules.missing === 'ignore' ? rules.before : age >= rules.toAlarm ? 'ALARM' : 'OK';
  }
  return 'OK';
}
