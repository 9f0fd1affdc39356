import { Duration } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { AlarmCategory } from '../../../alarm-category';
import { AlarmSource } from '../../../alarm-source';
import { AlarmTier } from '../../../alarm-tier';
import { CostMeter } from '../../../cost-meter';
import { ICostMeter } from '../../../cost-meter-interface';
import { Signals } from '../../../../engine/telemetry/names';
import { filled } from './filled';
import { AlarmRow, MetricInputs, moreThan } from './row';

const ABOUT_TELEMETRY = { tier: AlarmTier.WARNING, category: AlarmCategory.TELEMETRY } satisfies Partial<AlarmRow>;
const QUARTER = Duration.minutes(15);
const HOUR = Duration.hours(1);
const MAX = Number.MAX_VALUE;

/** Alarms about the observability itself, without which a broken meter would look like a quiet day. */
export const TELEMETRY_ROWS: readonly AlarmRow[] = [
  {
    ...ABOUT_TELEMETRY,
    name: 'MeterErrors',
    summary: () => 'the cost meter fails: batches of records are tried again, and end in the dead-letter queue',
    firstCheck: "the errors in the meter's log group",
    metric: ({ meter }) => meter?.meterFunction.metricErrors({ period: QUARTER }),
    threshold: 0,
    reason: 'each batch is tried three times',
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
    reason: 'Lambda goes on trying for six hours, so that a short throttle loses nothing',
    allowedRange: [0, MAX],
    evaluationPeriods: 2,
  },
  {
    ...ABOUT_TELEMETRY,
    name: 'MeterDelay',
    summary: (ms) => `records wait longer than ${ms / 60_000} minutes for the cost meter`,
    firstCheck: 'errors, throttles and duration of the cost meter',
    metric: ({ meter }) => meter?.meterFunction.metric(ofSource(meter).age, { statistic: cloudwatch.Stats.MAXIMUM, period: QUARTER }),
    threshold: 600_000,
    reason: 'records normally wait for less than three',
    allowedRange: [1, 21_600_000],
  },
  {
    ...ABOUT_TELEMETRY,
    name: 'DeadLetters',
    summary: () => 'batches of records failed for good: they wait in the dead-letter queue for 14 days, and their calls are in no metric',
    firstCheck: "why they failed, in the meter's log group; then replay them",
    metric: failedBatches,
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
    reason: 'a single rejected line can be chance',
    allowedRange: [0, MAX],
    evaluationPeriods: 3,
    datapointsToAlarm: 2,
  },
  {
    ...ABOUT_TELEMETRY,
    name: 'RecordsLost',
    summary: () => 'batches of records could not even be written to the dead-letter queue: their calls are in no metric and no queue',
    firstCheck: 'that the dead-letter queue exists and that the role of the meter may write to it; then replay the hour from the log group',
    metric: lostBatches,
    threshold: 0,
    reason: 'nothing tries such a batch again',
    allowedRange: [0, MAX],
  },
  {
    ...ABOUT_TELEMETRY,
    name: 'MalformedRecords',
    summary: (count) => `${moreThan(count, 'records')} of an hour could not be read: their calls are not counted`,
    firstCheck: 'the lines with the status malformed in the ledger, which have the request id and the reason',
    metric: ({ cost }) => filled(cost.metricMalformed({ period: HOUR }), 0, 'Malformed records', HOUR),
    threshold: 0,
    reason: 'AWS has changed a record, or something else writes to the log group',
    allowedRange: [0, MAX],
  },
  {
    ...ABOUT_TELEMETRY,
    name: 'LookUpsFailing',
    summary: () =>
      'the cost meter cannot look up profiles, refreshed prices or the key of the prompt hash: calls are unpriced, or priced as before',
    firstCheck: "the warnings in the meter's log group, which name what was asked and the error",
    metric: ({ cost }) => filled(cost.metricFailedLookUps({ period: QUARTER }), 0, 'Failed look-ups', QUARTER),
    threshold: 0,
    reason: 'what failed is asked again after five minutes, and failing for half an hour is not chance',
    allowedRange: [0, MAX],
    evaluationPeriods: 2,
  },
  {
    ...ABOUT_TELEMETRY,
    name: 'ValuesFolded',
    summary: () => "values of a dimension were added up as 'other': cost by model or caller is incomplete, and the total is complete",
    firstCheck: 'how many values the dimensions of the meter have, in the ledger; then its dimensionCap',
    metric: ({ cost }) => filled(cost.metricFoldedValues({ period: HOUR }), 0, 'Folded values', HOUR),
    threshold: 0,
    reason: 'a budget or an alarm by that dimension no longer sees everything',
    allowedRange: [0, MAX],
  },
  {
    ...ABOUT_TELEMETRY,
    name: 'LoggingChanged',
    source: AlarmSource.CLOUD_TRAIL,
    summary: () =>
      'the invocation logging was changed or deleted by somebody else than this stack, or records are delivered to another log group',
    firstCheck: 'who it was and where records go now, in the log of the alarm signals; the name of the changer needs a CloudTrail trail',
    metric: ({ signals }) => signals?.metric(Signals.LOGGING_CHANGED, { period: Duration.minutes(5), statistic: cloudwatch.Stats.SUM }),
    threshold: 0,
    reason: 'the setting exists once in an account and Region, and the last one to write it decides',
    allowedRange: [0, 0],
  },
];

/** Batches that wait in the dead-letter queue, and those that Lambda dropped, which should be the same. */
function failedBatches({ meter }: MetricInputs): cloudwatch.IMetric | undefined {
  const period = Duration.minutes(5);
  return (
    meter &&
    new cloudwatch.MathExpression({
      expression: 'MAX([FILL(waiting, 0), FILL(dropped, 0)])',
      usingMetrics: {
        waiting: meter.deadLetterQueue.metricApproximateNumberOfMessagesVisible({ period }),
        dropped: meter.meterFunction.metric('AsyncEventsDropped', { statistic: cloudwatch.Stats.SUM, period }),
      },
      label: 'Failed batches',
      period,
    })
  );
}

/** Batches that Lambda could not write to the dead-letter queue. Source: AWS Lambda Developer Guide, "Types of metrics for Lambda functions". */
function lostBatches({ meter }: MetricInputs): cloudwatch.IMetric | undefined {
  const errors = meter?.meterFunction.metric(ofSource(meter).lost, { statistic: cloudwatch.Stats.SUM, period: QUARTER });
  return errors && filled(errors, 0, 'Lost batches', QUARTER);
}

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

/** Lambda has other metrics for what it reads of a stream. Of a meter of another stack the source is not known: most read a log group. */
function ofSource(meter: ICostMeter): { readonly age: string; readonly lost: string } {
  return meter instanceof CostMeter && meter._readsStream
    ? { age: 'IteratorAge', lost: 'DestinationDeliveryFailures' }
    : { age: 'AsyncEventAge', lost: 'DeadLetterErrors' };
}
