import { Duration } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { Audience } from '../../audience';
import { BedrockMetrics } from '../../bedrock-metrics';
import { CostMetrics, TokenType } from '../../cost-metrics';
import { DashboardSources } from '../../dashboard-sources';
import { DashboardWidgetProps } from '../../dashboard-widget';
import { WidgetShape } from '../../widget-shape';
import { expectedRange, monthForecast, monthToDate, priceCoverage, ratio, searchBy } from './dashboard-math';
import { CHOSEN_MODEL } from './chosen-model';
import { Attributes, Metrics } from '../../../engine/telemetry/names';
import { COLOR, TOKEN_STYLE } from './token-style';

const { EXECUTIVE, FINOPS, SECURITY } = Audience;
const HOUR = Duration.hours(1);
const DAY = Duration.days(1);
// A day more than the longest month: the first day of a time range is rarely complete.
const MONTH = Duration.days(32);

/** Graphs of cost and of its completeness. To add one, add one entry. */
export function costWidgets({ costMetrics: cost }: DashboardSources, monthlyBudgetUsd?: number): DashboardWidgetProps[] {
  const byModel = { namespace: cost.metricNamespace, dimensions: [Attributes.REQUEST_MODEL] };
  const budget = (value: number, label: string) => ({ value, label, color: COLOR.BAD });
  return [
    {
      id: 'DailyCost',
      audiences: [EXECUTIVE, FINOPS],
      question: 'how does the cost of a day develop',
      title: 'Cost by day (USD)',
      shape: WidgetShape.STACK,
      metrics: [cost.metricCost({ period: DAY, label: 'Cost', color: COLOR.MAIN })],
      horizontalAnnotations: monthlyBudgetUsd === undefined ? [] : [budget(monthlyBudgetUsd / 30, 'Monthly budget / 30')],
      timeRange: MONTH,
    },
    {
      id: 'MonthAgainstBudget',
      audiences: [EXECUTIVE, FINOPS],
      question: 'will the month stay within its budget',
      title: monthlyBudgetUsd === undefined ? 'This month and its forecast (USD)' : 'This month, its forecast and its budget (USD)',
      shape: WidgetShape.LINES,
      metrics: [
        coloured(monthToDate(cost, 'Month to date'), COLOR.MAIN),
        coloured(monthForecast(cost, 'Forecast for the month'), COLOR.QUIET),
      ],
      horizontalAnnotations: monthlyBudgetUsd === undefined ? [] : [budget(monthlyBudgetUsd, 'Budget')],
      timeRange: MONTH,
    },
    {
      id: 'DailyCostByModel',
      audiences: [EXECUTIVE],
      question: 'which model costs what',
      title: 'Cost by model and day (USD)',
      shape: WidgetShape.STACK,
      metrics: [searchBy(byModel, Metrics.COST, 'Sum', DAY)],
    },
    {
      id: 'CostByModel',
      audiences: [FINOPS],
      question: 'which model costs what, and when',
      title: 'Cost by model and hour (USD)',
      shape: WidgetShape.STACK,
      metrics: [searchBy(byModel, Metrics.COST, 'Sum', HOUR)],
    },
    {
      id: 'ShareOfModels',
      audiences: [FINOPS],
      question: 'which model costs what',
      title: 'Share of each model in the cost',
      shape: WidgetShape.PIE,
      metrics: [searchBy(byModel, Metrics.COST, 'Sum', HOUR)],
    },
    {
      id: 'CostByKind',
      audiences: [FINOPS],
      question: 'what is paid for: input, output, cache reads or cache writes',
      title: 'Cost by kind of token and hour (USD)',
      shape: WidgetShape.STACK,
      metrics: Object.values(TokenType).map((type) => cost.metricCostOf(type, { period: HOUR, ...TOKEN_STYLE[type] })),
    },
    {
      id: 'ExpectedCost',
      audiences: [FINOPS],
      question: 'is the cost out of the ordinary',
      title: 'Cost by hour and its expected range (USD)',
      shape: WidgetShape.LINES,
      metrics: [
        // Before the range, which uses the same metric: CloudWatch takes the label of the first.
        cost.metricCost({ period: HOUR, label: 'Cost', color: COLOR.MAIN }),
        expectedRange(cost.metricCost(), 'Expected range, once CloudWatch has learnt it'),
      ],
    },
    {
      id: 'CacheSavings',
      audiences: [FINOPS],
      question: 'does caching save money, or is it wasted',
      title: 'Cache savings by hour, estimate (USD; below zero is waste)',
      shape: WidgetShape.LINES,
      metrics: [cacheSavings(cost)],
      horizontalAnnotations: [{ value: 0, label: 'Break-even', color: COLOR.QUIET }],
      canBeNegative: true,
    },
    {
      id: 'CacheUse',
      audiences: [FINOPS],
      question: 'is what is written to the cache read again',
      title: 'Tokens read from the cache for each one written',
      shape: WidgetShape.LINES,
      metrics: [
        ratio(1, ['read', cost.metricTokensOf(TokenType.CACHE_READ)], ['written', cost.metricTokensOf(TokenType.CACHE_WRITE)], {
          period: HOUR,
          label: 'Read for each written',
          color: COLOR.GOOD,
        }),
      ],
      horizontalAnnotations: [
        { value: 1.11, label: 'Below 1.11 one-hour writes do not pay off, below 0.28 no writes do', color: COLOR.QUIET },
      ],
    },
    {
      id: 'UnitCostTrend',
      audiences: [FINOPS],
      question: 'does a call become cheaper',
      title: 'Cost of 1,000 priced calls by day (USD)',
      shape: WidgetShape.LINES,
      metrics: [
        ratio(1000, ['cost', cost.metricCost()], ['priced', cost.metricPriced()], { period: DAY, label: '1,000 calls', color: COLOR.MAIN }),
      ],
      timeRange: MONTH,
    },
    {
      id: 'CoverageTrend',
      audiences: [FINOPS],
      question: 'how much of the use has a price',
      title: 'Calls with a price by hour (%)',
      shape: WidgetShape.LINES,
      metrics: [priceCoverage(cost, { period: HOUR, label: 'With a price', color: COLOR.GOOD })],
      maximum: 100,
    },
    {
      id: 'ChosenModelCost',
      audiences: [FINOPS],
      question: 'what does one model cost',
      title: `Cost of ${CHOSEN_MODEL} by hour (USD)`,
      shape: WidgetShape.STACK,
      metrics: [cost.metricCostOfModel(CHOSEN_MODEL, { period: HOUR, label: 'Cost', color: COLOR.MAIN })],
    },
    {
      id: 'Records',
      audiences: [FINOPS, SECURITY],
      question: 'is every record accounted for',
      title: 'Log records by outcome and hour',
      shape: WidgetShape.STACK,
      metrics: [
        cost.metricPriced({ period: HOUR, label: 'Priced', color: COLOR.GOOD }),
        cost.metricUnpriced({ period: HOUR, label: 'Without a price', color: COLOR.WARN }),
        cost.metricIgnored({ period: HOUR, label: 'Nothing to price', color: COLOR.QUIET }),
        cost.metricMalformed({ period: HOUR, label: 'Unreadable', color: COLOR.BAD }),
      ],
    },
    {
      id: 'Delivery',
      audiences: [SECURITY],
      question: 'when was the record incomplete',
      title: 'Log records that Bedrock could not deliver, by hour',
      shape: WidgetShape.STACK,
      metrics: [
        BedrockMetrics.forAccount().metricModelInvocationLogsCloudWatchDeliveryFailure({
          period: HOUR,
          label: 'CloudWatch Logs',
          color: COLOR.BAD,
        }),
        BedrockMetrics.forAccount().metric('ModelInvocationLogsS3DeliveryFailure', { period: HOUR, label: 'S3', color: COLOR.WARN }),
        BedrockMetrics.forAccount().metric('ModelInvocationLargeDataS3DeliveryFailure', {
          period: HOUR,
          label: 'Large bodies',
          color: COLOR.QUIET,
        }),
      ],
    },
  ];
}

/**
 * The cost of cached tokens at the price of uncached input, minus their actual cost. It is an estimate, because it takes a read
 * for 0.1 times and a write for 1.25 times the input price, which are the ratios of the Claude models.
 */
function cacheSavings(cost: CostMetrics): cloudwatch.MathExpression {
  return new cloudwatch.MathExpression({
    expression: '9 * FILL(reads, 0) - 0.2 * FILL(writes, 0)',
    usingMetrics: { reads: cost.metricCostOf(TokenType.CACHE_READ), writes: cost.metricCostOf(TokenType.CACHE_WRITE) },
    label: 'Saved, if a read costs 10 % and a write 125 % of input',
    color: COLOR.GOOD,
    period: HOUR,
  });
}

function coloured(math: cloudwatch.MathExpression, color: string): cloudwatch.IMetric {
  return new cloudwatch.MathExpression({
    expression: math.expression,
    usingMetrics: math.usingMetrics,
    label: math.label,
    period: DAY,
    color,
  });
}
