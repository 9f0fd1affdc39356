import { Duration } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { AlarmCategory } from '../../../alarm-category';
import { AlarmRule } from '../../../alarm-rule';
import { AlarmTier } from '../../../alarm-tier';
import { filled } from './filled';
import { AlarmRow } from './row';

type MetricOfStream = (metricName: string, period: Duration) => cloudwatch.IMetric;

/** A rule about the delivery of rows. The construct of the table makes the alarm. */
interface TableRow extends Omit<AlarmRow, 'metric'> {
  readonly metric: (metric: MetricOfStream) => cloudwatch.IMetric;
}

const QUARTER = Duration.minutes(15);
const HOUR = Duration.hours(1);
const ABOUT_TELEMETRY = { tier: AlarmTier.WARNING, category: AlarmCategory.TELEMETRY } as const;

/** Alarms about the delivery of ledger rows to their table. Source: Amazon Data Firehose Developer Guide, "Monitor with CloudWatch metrics". */
export const LEDGER_TABLE_ROWS: readonly TableRow[] = [
  {
    ...ABOUT_TELEMETRY,
    name: 'LedgerRowsFailed',
    summary: () => 'rows of the ledger could not be written to their table: they wait in its bucket, below failed/, for 90 days',
    firstCheck: 'the reason, in the log group of the delivery stream and in the objects below failed/',
    metric: (metric) => filled(metric('DeliveryToIceberg.FailedRowCount', QUARTER), 0, 'Rows that failed', QUARTER),
    threshold: 0,
    allowedRange: [0, 0],
    reason: 'Firehose has tried for two hours; no query counts these rows',
  },
  {
    ...ABOUT_TELEMETRY,
    name: 'LedgerDeliveryMissing',
    summary: () => 'rows of the ledger are taken, and for two hours none has reached the table: its figures are too low',
    firstCheck: 'the errors in the log group of the delivery stream: its role, the key, or the table in the catalogue',
    metric: (metric) =>
      new cloudwatch.MathExpression({
        expression: 'IF(FILL(taken, 0) > 0 AND FILL(written, 0) == 0, 1, 0)',
        usingMetrics: { taken: metric('IncomingRecords', HOUR), written: metric('DeliveryToIceberg.SuccessfulRowCount', HOUR) },
        label: 'Hours without delivery',
        period: HOUR,
      }),
    threshold: 0,
    allowedRange: [0, 0],
    evaluationPeriods: 2,
    reason: 'rows are written after five minutes; one hour can end between taking and writing',
  },
];

export function ruleOfTable(row: TableRow, deliveryStreamName: string): AlarmRule {
  const metric: MetricOfStream = (metricName, period) =>
    new cloudwatch.Metric({
      namespace: 'AWS/Firehose',
      metricName,
      dimensionsMap: { DeliveryStreamName: deliveryStreamName },
      statistic: cloudwatch.Stats.SUM,
      period,
    });
  return new AlarmRule({ ...row, metric: row.metric(metric), summary: row.summary(row.threshold) });
}
