import { Duration } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { AlarmCategory } from '../../../alarm-category';
import { AlarmRule } from '../../../alarm-rule';
import { AlarmTier } from '../../../alarm-tier';
import { BillMetrics } from '../../../../engine/telemetry/names';
import { filled } from './filled';
import { AlarmRow } from './row';

type MetricOfBill = (metricName: string, options: cloudwatch.MetricOptions) => cloudwatch.IMetric;

/** A rule about the comparison with the bill. The construct that compares makes the alarm. */
export interface BillRow extends Omit<AlarmRow, 'metric'> {
  readonly metric: (metric: MetricOfBill) => cloudwatch.IMetric;
}

const DAY = Duration.days(1);

/** Alarms about the daily comparison with the bill. */
export const BILL_ROWS: readonly BillRow[] = [
  {
    name: 'BillDrift',
    tier: AlarmTier.WARNING,
    category: AlarmCategory.COST,
    summary: (percent) => `our figures differ from the bill by more than ${percent} % of what recorded calls cost`,
    firstCheck: 'the last line with "reconciliation" in the log of the function: which kind of difference is the largest',
    metric: (metric) => metric(BillMetrics.DRIFT, { period: DAY, statistic: cloudwatch.Stats.MAXIMUM }),
    threshold: 1,
    allowedRange: [0, 100],
    reason: 'a published comparison over four months and 30,000 USD came within 0.3 %, model by model',
  },
  {
    name: 'BillReconciliationMissing',
    tier: AlarmTier.WARNING,
    category: AlarmCategory.TELEMETRY,
    summary: () => 'for two days the ledger was not compared with the bill: it is unknown whether our figures are right',
    firstCheck: 'the errors and warnings in the log of the function: Cost Explorer may be off, denied, or not ready',
    metric: (metric) =>
      filled(metric(BillMetrics.RUNS, { period: DAY, statistic: cloudwatch.Stats.SUM }), 0, 'Comparisons with the bill', DAY),
    threshold: 1,
    allowedRange: [1, 1],
    comparisonOperator: cloudwatch.ComparisonOperator.LESS_THAN_THRESHOLD,
    evaluationPeriods: 2,
    treatMissingData: cloudwatch.TreatMissingData.BREACHING,
    warmUp: Duration.days(2),
    reason: 'it is made once a day; it waits 2 days after its creation',
  },
];

export function ruleOfBill(row: BillRow, metric: MetricOfBill): AlarmRule {
  return new AlarmRule({ ...row, metric: row.metric(metric), summary: row.summary(row.threshold) });
}
