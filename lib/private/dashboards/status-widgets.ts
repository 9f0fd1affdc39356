import { Duration } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { Audience } from '../../audience';
import { BedrockMetrics } from '../../bedrock-metrics';
import { DashboardWidgetProps } from '../../dashboard-widget';
import { WidgetShape } from '../../widget-shape';
import { defaultThreshold } from '../alarms/table/rows';
import { completeness, math, rounded } from './dashboard-math';
import { budgetUse, forecastBasis, monthForecast, monthToDate, cents } from './month-math';
import { COLOR } from './token-style';
import { WidgetContext } from './widget-context';

const { EXECUTIVE, FINOPS } = Audience;
const { GAUGE, NUMBER } = WidgetShape;
const DAY = Duration.days(1);
/** A day more than the longest month: the first day of a time range is rarely complete. */
const MONTH = Duration.days(32);

/** A band of a gauge, from a value on up to the next band. */
const from = (value: number, color: string, label: string): cloudwatch.HorizontalAnnotation => ({
  value,
  color,
  label,
  fill: cloudwatch.Shading.ABOVE,
});

/** A band of a gauge, below a value. */
const below = (value: number, color: string, label: string): cloudwatch.HorizontalAnnotation => ({
  value,
  color,
  label,
  fill: cloudwatch.Shading.BELOW,
});

/** The first row of a dashboard: is it within the budget, does it work, is the number complete? To add a widget, add one entry. */
export function statusWidgets({ sources: { costMetrics: cost }, monthlyBudgetUsd }: WidgetContext): DashboardWidgetProps[] {
  const bedrock = BedrockMetrics.forAccount();
  const alarmAt = 100 - defaultThreshold('ErrorRate');
  const errorRate = bedrock.metricErrorRate(1, { period: DAY });
  return [
    ...(monthlyBudgetUsd === undefined
      ? []
      : [
          {
            id: 'WithinBudget',
            audiences: [EXECUTIVE],
            question: 'will the month stay within its budget',
            title: 'Within budget? Forecast of the month (% of the budget)',
            shape: GAUGE,
            metrics: [budgetUse(cost, monthlyBudgetUsd, { label: 'Forecast', color: COLOR.MAIN })],
            horizontalAnnotations: [below(80, COLOR.GOOD, 'within'), from(80, COLOR.WARN, 'near'), from(100, COLOR.BAD, 'over')],
            maximum: 150,
            timeRange: MONTH,
            firstRow: true,
          },
        ]),
    {
      id: 'DoesItWork',
      audiences: [EXECUTIVE],
      question: 'does it work',
      title: 'Does it work? Calls that did not fail, 24 hours (%)',
      shape: GAUGE,
      metrics: [math(rounded('100 - errorRate', 1), { errorRate }, { label: 'Did not fail', color: COLOR.MAIN, period: DAY })],
      horizontalAnnotations: [below(alarmAt, COLOR.BAD, 'alarm'), from(alarmAt, COLOR.WARN, 'watch'), from(99, COLOR.GOOD, 'works')],
      maximum: 100,
      timeRange: DAY,
      firstRow: true,
    },
    {
      id: 'IsItComplete',
      audiences: [EXECUTIVE],
      question: 'is the number complete',
      title: 'Is the number complete? Calls with a price, 24 hours (%)',
      shape: GAUGE,
      metrics: [completeness(cost, bedrock, { label: 'With a price', color: COLOR.MAIN, period: DAY })],
      horizontalAnnotations: [below(95, COLOR.BAD, 'cost is missing'), from(95, COLOR.WARN, 'nearly'), from(99, COLOR.GOOD, 'complete')],
      maximum: 100,
      timeRange: DAY,
      firstRow: true,
    },
    {
      id: 'MonthToDate',
      audiences: [EXECUTIVE, FINOPS],
      question: 'what was spent this month',
      title: 'Spent this month (USD)',
      shape: NUMBER,
      metrics: [cents('toDate', monthToDate(cost, { label: '' }), { label: 'until now' })],
      timeRange: MONTH,
    },
    {
      id: 'Forecast',
      audiences: [EXECUTIVE, FINOPS],
      question: 'what will the month come to',
      title: 'Forecast of the month (USD)',
      shape: NUMBER,
      metrics: [
        cents('forecast', monthForecast(cost, { label: '' }), { label: 'at this pace' }),
        forecastBasis(cost, { label: 'days used', color: COLOR.QUIET }),
      ],
      timeRange: MONTH,
      firstRow: false,
    },
  ];
}
