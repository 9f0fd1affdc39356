/**
 * How urgent an alarm is. The tier decides whom the alarm notifies.
 */
export enum AlarmTier {
  /**
   * Pages the person on call, at any hour.
   */
  CRITICAL = 'critical',

  /**
   * Is looked at during business hours.
   */
  WARNING = 'warning',
}
