import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';

/**
 * Whom the alarms of each tier reach: a topic of ours (`AlarmTopic`), a topic of yours (`SnsAction`), or any other action.
 */
export interface AlarmRouting {
  /**
   * What happens when something critical happens, and when it is over.
   *
   * @default - the alarm changes state and notifies nobody
   */
  readonly critical?: cloudwatch.IAlarmAction[];

  /**
   * What happens when a warning fires.
   *
   * @default - the alarm changes state and notifies nobody
   */
  readonly warning?: cloudwatch.IAlarmAction[];

  /**
   * What happens, besides, when an alarm about money fires.
   *
   * @default - alarms about money reach whom their tier reaches
   */
  readonly finOps?: cloudwatch.IAlarmAction[];
}
