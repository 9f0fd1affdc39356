import * as logs from 'aws-cdk-lib/aws-logs';

/**
 * Retention periods by purpose.
 */
export class RetentionClass {
  /**
   * Operational logs, such as those of a function: one week.
   */
  public static readonly OPERATIONAL = logs.RetentionDays.ONE_WEEK;

  /**
   * Model invocations: one month.
   */
  public static readonly INVOCATIONS = logs.RetentionDays.ONE_MONTH;

  /**
   * Model invocations that are reviewed by the quarter: three months.
   */
  public static readonly INVOCATIONS_QUARTER = logs.RetentionDays.THREE_MONTHS;

  /**
   * Evidence for auditors: seven years.
   */
  public static readonly AUDIT = logs.RetentionDays.SEVEN_YEARS;

  private constructor() {}
}
