import { Duration } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { AlarmCategory } from '../../../alarm-category';
import { AlarmSource } from '../../../alarm-source';
import { AlarmTier } from '../../../alarm-tier';
import { Signals } from '../../../../engine/telemetry/names';
import { AlarmRow, MetricInputs } from './row';

const ABOUT_TELEMETRY = { tier: AlarmTier.WARNING, category: AlarmCategory.TELEMETRY } satisfies Partial<AlarmRow>;
const QUARTER = Duration.minutes(15);
const MAX = Number.MAX_VALUE;

/** Alarms about the observability itself, without which a broken meter would look like a quiet day. */
export const TELEMETRY_ROWS: readonly AlarmRow[] = [
  {
    ...ABOUT_TELEMETRY,
    name: 'MeterErrors',
    summary: () => 'the cost meter fails: batches of records are tried again, and go to the dead-letter queue in the end',
    firstCheck: "the errors in the meter's log group",
    metric: ({ meter }) => meter?.meterFunction.metricErrors({ period: QUARTER }),
    threshold: 0,
    reason: 'a batch is tried three times',
    allowedRange: [0, MAX],
    evaluationPeriods: 2,
  },
  {
    ...ABOUT_TELEMETRY,
    name: 'MeterThrottles',
    summary: () => 'the cost meter is throttled: its metrics are late',
    firstCheck: "the account's concurrent executions, and whether the meter has a reserve",
    metric: ({ meter }) => meter?.meterFunction.metricThrottles({ period: QUARTER }),
    threshold: 0,
    reason: 'Lambda tries for hours',
    allowedRange: [0, MAX],
    evaluationPeriods: 2,
  },
  {
    ...ABOUT_TELEMETRY,
    name: 'MeterDelay',
    summary: (ms) => `records wait longer than ${ms / 60_000} minutes for the cost meter`,
    firstCheck: 'errors, throttles and duration of the cost meter',
    metric: ({ meter }) => meter?.meterFunction.metric('AsyncEventAge', { statistic: cloudwatch.Stats.MAXIMUM, period: QUARTER }),
    threshold: 600_000,
    reason: 'metrics normally take two or three',
    allowedRange: [1, 21_600_000],
  },
  {
    ...ABOUT_TELEMETRY,
    name: 'DeadLetters',
    summary: () => 'batches of records wait in the dead-letter queue: their calls are in no metric, and are kept for 14 days',
    firstCheck: "why they failed, in the meter's log group; then replay them",
    metric: ({ meter }) => meter?.deadLetterQueue.metricApproximateNumberOfMessagesVisible({ period: Duration.minutes(5) }),
    threshold: 0,
    reason: 'one batch may hold thousands of calls',
    allowedRange: [0, MAX],
  },
  {
    ...ABOUT_TELEMETRY,
    name: 'MetricsRejected',
    summary: () => "CloudWatch has rejected the meter's metrics: cost and tokens are too low",
    firstCheck: 'the lines with _aws in the log group of the meter: a timestamp outside two weeks, or a dimension that is too long',
    metric: rejectedMetrics,
    threshold: 0,
    reason: 'one line is an accident',
    allowedRange: [0, MAX],
    evaluationPeriods: 3,
    datapointsToAlarm: 2,
  },
  {
    ...ABOUT_TELEMETRY,
    name: 'SignalsMissing',
    summary: () => 'the alarm signals are not published: the alarms that need a week of history, or the ledger, keep their last state',
    firstCheck: 'the errors in the log group of the alarm signals, and that their schedules are enabled',
    metric: ({ signals }) => signals?.metric(Signals.RUNS, { period: QUARTER, statistic: cloudwatch.Stats.SUM }),
    threshold: 1,
    reason: 'the only alarm for which missing data are bad; it waits an hour after its creation',
    allowedRange: [1, 1],
    comparisonOperator: cloudwatch.ComparisonOperator.LESS_THAN_THRESHOLD,
    evaluationPeriods: 3,
    treatMissingData: cloudwatch.TreatMissingData.BREACHING,
    warmUp: Duration.hours(1),
  },
  {
    ...ABOUT_TELEMETRY,
    name: 'LoggingChanged',
    source: AlarmSource.CLOUD_TRAIL,
    summary: () => "the account's invocation logging configuration was changed or deleted, and not by this stack",
    firstCheck: 'who it was and what is configured now, in the log of the alarm signals',
    metric: ({ signals }) => signals?.metric(Signals.LOGGING_CHANGED, { period: Duration.minutes(5), statistic: cloudwatch.Stats.SUM }),
    threshold: 0,
    reason: 'the last writer of the setting wins',
    allowedRange: [0, 0],
  },
];

/** Metric lines that CloudWatch could not use. Source: Amazon CloudWatch Logs User Guide. */
function rejectedMetrics({ meter }: MetricInputs): cloudwatch.IMetric | undefined {
  if (!meter) {
    return undefined;
  }
  const metric = (metricName: string) =>
    new cloudwatch.Metric({
      namespace: 'AWS/Logs',
      metricName,
      dimensionsMap: { LogGroupName: meter.ledgerLogGroup.logGroupName },
      statistic: cloudwatch.Stats.SUM,
      period: Duration.minutes(5),
    });
  return new cloudwatch.MathExpression({
    expression: 'FILL(invalid, 0) + FILL(unreadable, 0)',
    usingMetrics: { invalid: metric('EMFValidationErrors'), unreadable: metric('EMFParsingErrors') },
    label: 'Rejected metrics',
    period: Duration.minutes(5),
  });
}
