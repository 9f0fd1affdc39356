import { Duration } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { BedrockMetrics } from '../bedrock-metrics';
import { CostMetrics, TokenType } from '../cost-metrics';
import { TOKEN_STYLE, WidgetRow, WidgetShape } from './widget-row';

/** What the overview shows, top to bottom: numbers of today, then how they came about. One row is one widget. */
export function overviewWidgets(cost: CostMetrics, bedrock: BedrockMetrics): WidgetRow[] {
  const day = { period: Duration.days(1) };
  const fiveMinutes = { period: Duration.minutes(5) };
  return [
    {
      question: 'what did today cost',
      title: 'Cost today (USD, UTC)',
      shape: WidgetShape.NUMBER,
      metrics: [cost.metricCost({ ...day, label: 'USD' })],
    },
    {
      question: 'how many calls were made',
      title: 'Calls today',
      shape: WidgetShape.NUMBER,
      metrics: [cost.metricCalls({ ...day, label: 'Calls' })],
    },
    {
      question: 'is the cost complete',
      title: 'Unpriced calls today (their cost is unknown)',
      shape: WidgetShape.NUMBER,
      metrics: [cost.metricUnpriced({ ...day, label: 'Calls' })],
    },
    {
      question: 'do calls fail',
      title: 'Error rate of the last hour (%)',
      shape: WidgetShape.NUMBER,
      metrics: [bedrock.errorRate(1, { period: Duration.hours(1) })],
    },
    {
      question: 'which model costs what',
      title: 'Cost by model (USD)',
      shape: WidgetShape.STACK,
      metrics: [cost.searchCostByModel(fiveMinutes)],
    },
    {
      question: 'what is the money spent on',
      title: 'Cost by token type (USD)',
      shape: WidgetShape.STACK,
      metrics: Object.values(TokenType).map((type) => cost.metricCostOf(type, { ...fiveMinutes, ...TOKEN_STYLE[type] })),
    },
    {
      question: 'how many tokens are used, and how many come from the cache',
      title: 'Tokens by type',
      shape: WidgetShape.STACK,
      metrics: Object.values(TokenType)
        .filter((type) => type !== TokenType.UNITS)
        .map((type) => cost.metricTokensOf(type, { ...fiveMinutes, ...TOKEN_STYLE[type] })),
    },
    {
      question: 'how fast are answers',
      title: 'Latency (ms)',
      shape: WidgetShape.LINES,
      metrics: [
        ...[50, 95, 99].map((percentile) =>
          bedrock.metricInvocationLatency({ ...fiveMinutes, statistic: cloudwatch.Stats.percentile(percentile), label: `p${percentile}` }),
        ),
        bedrock.metricTimeToFirstToken({ ...fiveMinutes, label: 'Time to first token, p95' }),
      ],
    },
    {
      question: 'what fails, and on whose side',
      title: 'Errors and throttles',
      shape: WidgetShape.STACK,
      metrics: [
        bedrock.metricInvocationClientErrors({ ...fiveMinutes, label: 'Client errors' }),
        bedrock.metricInvocationServerErrors({ ...fiveMinutes, label: 'Server errors' }),
        bedrock.metricInvocationThrottles({ ...fiveMinutes, label: 'Throttles' }),
      ],
    },
    {
      question: 'is every record accounted for',
      title: 'Records by outcome',
      shape: WidgetShape.STACK,
      metrics: [
        cost.metricPriced({ ...fiveMinutes, label: 'Priced' }),
        cost.metricUnpriced({ ...fiveMinutes, label: 'Unpriced' }),
        cost.metricIgnored({ ...fiveMinutes, label: 'Ignored' }),
        cost.metricPoison({ ...fiveMinutes, label: 'Poison' }),
      ],
    },
  ];
}
