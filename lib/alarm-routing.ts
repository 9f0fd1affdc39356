import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';

/**
 * The actions of alarms by tier: an `AlarmTopic`, an `SnsAction` for a topic of your own, or any other alarm action.
 */
export interface AlarmRouting {
  /**
   * Actions of critical alarms, carried out when they fire.
   *
   * @default - critical alarms change state and notify nobody
   */
  readonly critical?: cloudwatch.IAlarmAction[];

  /**
   * Actions of warnings, carried out when they fire.
   *
   * @default - warnings change state and notify nobody
   */
  readonly warning?: cloudwatch.IAlarmAction[];

  /**
   * Further actions of alarms about money, in addition to those of their tier.
   *
   * @default - alarms about money have the actions of their tier only
   */
  readonly finOps?: cloudwatch.IAlarmAction[];

  /**
   * Actions that are carried out when a critical alarm is over. Give an empty list for none.
   *
   * @default - the actions of critical alarms, and of those about money those of `finOps`
   */
  readonly ok?: cloudwatch.IAlarmAction[];
}
