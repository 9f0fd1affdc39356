import { Duration } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { Audience } from '../../audience';
import { CostMetrics, TokenType } from '../../cost-metrics';
import { DashboardWidgetProps } from '../../dashboard-widget';
import { WidgetShape } from '../../widget-shape';
import { Attributes, Metrics } from '../../../engine/telemetry/names';
import { expectedRange, math, ratio } from './dashboard-math';
import { sumByModel } from './model-series';
import { monthForecast, monthToDate } from './month-math';
import { COLOR, COST_TYPES, TOKEN_STYLE } from './token-style';
import { WidgetContext } from './widget-context';

const { EXECUTIVE, FINOPS } = Audience;
const { LINES, STACK, PIE } = WidgetShape;
const DAY = Duration.days(1);
/** A day more than the longest month: the first day of a time range is rarely complete. */
const MONTH = Duration.days(32);

/** Graphs of cost. To add one, add one entry. */
export function costWidgets(context: WidgetContext): DashboardWidgetProps[] {
  const { sources, period, by, monthlyBudgetUsd } = context;
  const { costMetrics: cost } = sources;
  return [
    {
      id: 'CostByModel',
      audiences: [EXECUTIVE, FINOPS],
      question: 'which model costs what, and when',
      title: `Cost by model, ${by} (USD)`,
      shape: STACK,
      metrics: costByModel(context),
      width: context.audience === FINOPS ? 16 : 12,
    },
    {
      id: 'ShareOfModels',
      audiences: [FINOPS],
      question: 'which model costs what',
      title: 'Share of each model in the cost',
      shape: PIE,
      metrics: costByModel(context),
      width: 8,
    },
    {
      id: 'MonthAgainstBudget',
      audiences: [EXECUTIVE, FINOPS],
      question: 'will the month stay within its budget',
      title: monthlyBudgetUsd === undefined ? 'This month and its forecast (USD)' : 'This month, its forecast and its budget (USD)',
      shape: LINES,
      metrics: [
        // Before the forecast, which uses the same expression: CloudWatch takes the label of the first.
        monthToDate(cost, { label: 'Spent', color: COLOR.MAIN }),
        monthForecast(cost, { label: 'Forecast of the month', color: COLOR.QUIET }),
      ],
      horizontalAnnotations: monthlyBudgetUsd === undefined ? [] : [{ value: monthlyBudgetUsd, label: 'Budget', color: COLOR.BAD }],
      timeRange: MONTH,
      width: context.audience === FINOPS ? 8 : 12,
    },
    {
      id: 'CostByKind',
      audiences: [FINOPS],
      question: 'what is paid for: input, output, cache reads or cache writes',
      title: `Cost by kind of token, ${by} (USD)`,
      shape: STACK,
      metrics: COST_TYPES.map((type) => cost.metricCostOf(type, { period, ...TOKEN_STYLE[type] })),
      width: 8,
    },
    {
      id: 'ExpectedCost',
      audiences: [FINOPS],
      question: 'is the cost out of the ordinary',
      title: `Cost ${by} and its expected range (USD)`,
      shape: LINES,
      metrics: [
        // Before the range, which uses the same metric: CloudWatch takes the label of the first.
        cost.metricCost({ period, label: 'Cost', color: COLOR.MAIN }),
        expectedRange(cost.metricCost(), { label: 'Expected, once it is learnt', period, color: cloudwatch.Color.GREY }),
      ],
      width: 8,
    },
    {
      id: 'CacheSavings',
      audiences: [FINOPS],
      question: 'does caching save money, or is it wasted',
      title: `Saved by caching, ${by}, estimate (USD)`,
      shape: LINES,
      metrics: [cacheSavings(cost, period)],
      horizontalAnnotations: [{ value: 0, label: 'Below: wasted', color: COLOR.QUIET }],
      canBeNegative: true,
      width: 8,
    },
    {
      id: 'CacheUse',
      audiences: [FINOPS],
      question: 'is what is written to the cache read again',
      title: `Cached tokens read for each one written, ${by}`,
      shape: LINES,
      metrics: [
        ratio(1, ['read', cost.metricTokensOf(TokenType.CACHE_READ)], ['written', cost.metricTokensOf(TokenType.CACHE_WRITE)], {
          digits: 2,
          period,
          label: 'Read for each written',
          color: COLOR.GOOD,
        }),
      ],
      horizontalAnnotations: [{ value: 0.28, label: 'Below: no saving', color: COLOR.QUIET }],
      width: 8,
    },
    {
      id: 'UnitCostTrend',
      audiences: [FINOPS],
      question: 'does a call become cheaper',
      title: 'Cost of 1,000 priced calls, by day (USD)',
      shape: LINES,
      metrics: [
        ratio(1000, ['cost', cost.metricCost()], ['priced', cost.metricPriced()], {
          digits: 2,
          period: DAY,
          label: '1,000 calls',
          color: COLOR.MAIN,
        }),
      ],
      timeRange: MONTH,
      width: 8,
    },
  ];
}

function costByModel({ sources: { costMetrics: cost }, period, models }: WidgetContext): cloudwatch.IMetric[] {
  const metric = {
    namespace: cost.metricNamespace,
    dimension: Attributes.REQUEST_MODEL,
    metricName: Metrics.COST,
    statistic: 'Sum',
    period,
  };
  return sumByModel(models, metric, cost.metricCost({ period }));
}

/**
 * The cost of cached tokens at the price of uncached input, minus their actual cost. It is an estimate, because it takes a read
 * for 0.1 times and a write for 1.25 times the input price, which are the ratios of the Claude models.
 */
function cacheSavings(cost: CostMetrics, period: Duration): cloudwatch.MathExpression {
  const using = { reads: cost.metricCostOf(TokenType.CACHE_READ), writes: cost.metricCostOf(TokenType.CACHE_WRITE) };
  const label = 'Saved, if a read costs 10 % and a write 125 % of input';
  return math('9 * FILL(reads, 0) - 0.2 * FILL(writes, 0)', using, { label, color: COLOR.GOOD, period });
}
