import { Duration } from 'aws-cdk-lib';

/**
 * A time in which alarms change state and notify nobody, such as the weekend of a system that is not in production.
 */
export interface AlarmMuteWindow {
  /**
   * When it starts: five fields of cron, for example `0 18 * * FRI`.
   */
  readonly cron: string;

  /**
   * How long it lasts, from a minute to 15 days.
   */
  readonly duration: Duration;

  /**
   * The time zone of the schedule, for example `Europe/Berlin`.
   *
   * @default 'UTC'
   */
  readonly timeZone?: string;
}
