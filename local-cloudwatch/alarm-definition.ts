import type { MetricAlarm, MetricDataQuery } from '@aws-sdk/client-cloudwatch';

export type AlarmState = 'OK' | 'ALARM' | 'INSUFFICIENT_DATA';

/** What decides the state of an alarm, in the words of PutMetricAlarm. */
export type AlarmDefinition = Pick<
  MetricAlarm,
  | 'AlarmName'
  | 'Metrics'
  | 'Namespace'
  | 'MetricName'
  | 'Dimensions'
  | 'Statistic'
  | 'ExtendedStatistic'
  | 'Period'
  | 'EvaluationPeriods'
  | 'DatapointsToAlarm'
  | 'Threshold'
  | 'ThresholdMetricId'
  | 'ComparisonOperator'
  | 'TreatMissingData'
  | 'WarmUpConfiguration'
  | 'AlarmConfigurationUpdatedTimestamp'
> & { readonly EvaluationWindow?: { readonly WallClockWindow?: { readonly Timezone?: string } } };

/** The metrics of an alarm; one on a single metric is written like one with metric math. */
export function queriesOf(alarm: AlarmDefinition): readonly MetricDataQuery[] {
  if (alarm.Metrics?.length) {
    return alarm.Metrics;
  }
  const { Namespace, MetricName, Dimensions, Period, Statistic, ExtendedStatistic } = alarm;
  return [{ Id: 'm', MetricStat: { Metric: { Namespace, MetricName, Dimensions }, Period, Stat: ExtendedStatistic ?? Statistic } }];
}

/** The longest period among the metrics: CloudWatch evaluates all of them in it. */
export function periodSecondsOf(alarm: AlarmDefinition): number {
  return Math.max(...queriesOf(alarm).map((query) => query.MetricStat?.Period ?? query.Period ?? 0));
}
