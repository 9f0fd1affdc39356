import { Duration } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { Audience } from '../../audience';
import { CostMetrics } from '../../cost-metrics';
import { DashboardWidgetProps } from '../../dashboard-widget';
import { WidgetShape } from '../../widget-shape';
import { SOURCES, Source } from '../../../engine/ledger/members';
import { Attributes, BillMetrics, UnrecordedMetrics } from '../../../engine/telemetry/names';
import { searchBy } from './search';
import { COLOR } from './token-style';
import { WidgetContext } from './widget-context';

const { FINOPS } = Audience;
const { LINES, NUMBER, STACK } = WidgetShape;
const DAY = Duration.days(1);
/** Longer than a day, because the newest comparison may be of yesterday. */
const WEEK = Duration.days(8);
const MONTH = Duration.days(32);

const SOURCE_STYLE: Readonly<Record<Source, { readonly label: string; readonly color: string }>> = {
  batch: { label: 'Batch jobs', color: '#3b78c4' },
  provisioned: { label: 'Provisioned throughput', color: '#e07b27' },
  reserved: { label: 'Reserved capacity', color: '#2f9e77' },
  customModel: { label: 'Custom models', color: '#9467bd' },
  guardrail: { label: 'Guardrails', color: '#8a6d4b' },
  mantle: { label: 'bedrock-mantle, at least', color: '#c25b8f' },
};

/** How true the cost is to the bill, and what writes no record. To add one, add one entry. */
export function billWidgets({ sources, period, by }: WidgetContext): DashboardWidgetProps[] {
  const { costMetrics: cost, billReconciled = false, accountsReconciled = false, unrecordedCounted = false } = sources;
  return [
    ...(billReconciled ? [trueToTheBill(cost), billedAndCounted(cost)] : []),
    ...(billReconciled && accountsReconciled ? [driftByAccount(cost)] : []),
    ...(unrecordedCounted ? [unrecordedCost(cost, period, by)] : []),
  ];
}

const latest = (cost: CostMetrics, metricName: string, label: string, color: string): cloudwatch.IMetric =>
  cost.metric(metricName, { statistic: cloudwatch.Stats.MAXIMUM, period: DAY, label, color });

/** What the last comparison found. Without one there is no number. */
const trueToTheBill = (cost: CostMetrics): DashboardWidgetProps => ({
  id: 'TrueToTheBill',
  audiences: [FINOPS],
  question: 'are the figures true to the bill',
  title: 'Difference from the bill of a week',
  shape: NUMBER,
  metrics: [
    latest(cost, BillMetrics.DRIFT, '% drift', COLOR.MAIN),
    latest(cost, BillMetrics.UNSEEN, 'USD without a record', COLOR.QUIET),
    latest(cost, BillMetrics.LAG, 'hours behind', COLOR.QUIET),
  ],
  timeRange: WEEK,
});

const billedAndCounted = (cost: CostMetrics): DashboardWidgetProps => ({
  id: 'BilledAndCounted',
  audiences: [FINOPS],
  question: 'what was billed, and what of it is counted here',
  title: 'Billed and counted, sum of seven days (USD)',
  shape: LINES,
  metrics: [
    latest(cost, BillMetrics.BILLED, 'Billed', COLOR.MAIN),
    latest(cost, BillMetrics.OURS, 'Counted', COLOR.GOOD),
    latest(cost, BillMetrics.UNSEEN, 'Billed without a record', COLOR.QUIET),
  ],
  timeRange: MONTH,
  width: 8,
});

const driftByAccount = (cost: CostMetrics): DashboardWidgetProps => ({
  id: 'DriftByAccount',
  audiences: [FINOPS],
  question: 'of which account are the figures wrong',
  title: 'Difference from the bill, by account (%)',
  shape: LINES,
  metrics: [
    searchBy({
      namespace: cost.metricNamespace,
      dimension: Attributes.ACCOUNT,
      metricName: BillMetrics.DRIFT,
      statistic: cloudwatch.Stats.MAXIMUM,
      period: DAY,
    }),
  ],
  timeRange: MONTH,
  width: 8,
});

const unrecordedCost = (cost: CostMetrics, period: Duration, by: string): DashboardWidgetProps => ({
  id: 'UnrecordedCost',
  audiences: [FINOPS],
  question: 'what is billed beside recorded calls',
  title: `Cost without a record, ${by} (USD)`,
  shape: STACK,
  metrics: SOURCES.map((source) =>
    cost.metric(UnrecordedMetrics.COST, {
      dimensionsMap: { [Attributes.SOURCE]: source },
      statistic: cloudwatch.Stats.SUM,
      period,
      ...SOURCE_STYLE[source],
    }),
  ),
  width: 8,
});
