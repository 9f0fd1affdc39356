/**
 * What an alarm is about. The category decides how the alarm is announced.
 */
export enum AlarmCategory {
  /**
   * A symptom of an outage. One outage has many symptoms, so they are announced together, by one composite alarm per tier, and
   * not during a maintenance.
   */
  SERVICE = 'service',

  /**
   * Money. Each alarm is announced by itself, to FinOps as well, also during a maintenance.
   */
  COST = 'cost',

  /**
   * The observability itself. Each alarm is announced by itself, also during a maintenance.
   */
  TELEMETRY = 'telemetry',
}
