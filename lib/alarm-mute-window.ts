import { Duration } from 'aws-cdk-lib';

/**
 * A recurring time in which alarms change state and notify nobody, for example the weekends of a test environment.
 */
export interface AlarmMuteWindow {
  /**
   * When the window begins, as five cron fields: minute, hour, day of month, month and day of week. For example `0 18 * * FRI`.
   */
  readonly cron: string;

  /**
   * How long the window lasts, from one minute to 15 days.
   */
  readonly duration: Duration;

  /**
   * The time zone of the schedule, for example `Europe/Berlin`.
   *
   * @default 'UTC'
   */
  readonly timeZone?: string;
}
