import { Duration } from 'aws-cdk-lib';
import { Audience } from '../../audience';
import { BedrockMetrics } from '../../bedrock-metrics';
import { TokenType } from '../../cost-metrics';
import { DashboardWidgetProps } from '../../dashboard-widget';
import { WidgetShape } from '../../widget-shape';
import {
  cacheShare,
  completionRate,
  countOrZero,
  dayOverDay,
  errorRate,
  priceCoverage,
  ratio,
  roundedMetric,
  throttleRate,
  wholeDays,
} from './dashboard-math';
import { COLOR } from './token-style';
import { WidgetContext } from './widget-context';

const { EXECUTIVE, FINOPS, DEVOPS, DEVELOPER } = Audience;
const { NUMBER, TOTAL } = WidgetShape;
/** A day more than needed: the first day of a time range is rarely complete. */
const WEEK = Duration.days(8);

/** Single values about money, use and service. A total is over the time that the dashboard shows. To add one, add one entry. */
export function numberWidgets({ sources: { costMetrics: cost }, period }: WidgetContext): DashboardWidgetProps[] {
  const bedrock = BedrockMetrics.forAccount();
  const cost1000 = { digits: 2, period, label: 'for 1,000 with a price' };
  return [
    {
      id: 'SpendOfRange',
      audiences: [FINOPS],
      question: 'what was spent in the time shown',
      title: 'Spent in the time shown (USD)',
      shape: TOTAL,
      metrics: [
        roundedMetric('spent', cost.metricCost(), 2, { label: 'at least', period }),
        roundedMetric('more', cost.metricCostUncertainty(), 2, { label: 'uncertain', period, color: COLOR.QUIET }),
      ],
    },
    {
      id: 'CostYesterday',
      audiences: [EXECUTIVE],
      question: 'what did the last whole day cost, and is it more than before',
      title: 'Cost of yesterday (USD) and its change',
      shape: NUMBER,
      metrics: [
        wholeDays('cost', cost.metricCost(), { digits: 2, label: 'yesterday' }),
        dayOverDay('cost', cost.metricCost(), 1, { label: '% more', color: COLOR.BAD }),
        dayOverDay('cost', cost.metricCost(), -1, { label: '% less', color: COLOR.GOOD }),
      ],
      timeRange: WEEK,
    },
    {
      id: 'CallsYesterday',
      audiences: [EXECUTIVE],
      question: 'how much is it used, and is it more than before',
      title: 'Calls of yesterday and their change',
      shape: NUMBER,
      metrics: [
        wholeDays('calls', cost.metricCalls(), { digits: 0, label: 'yesterday' }),
        dayOverDay('calls', cost.metricCalls(), 1, { label: '% more', color: COLOR.MAIN }),
        dayOverDay('calls', cost.metricCalls(), -1, { label: '% less', color: COLOR.QUIET }),
      ],
      timeRange: WEEK,
    },
    {
      id: 'UnitCost',
      audiences: [FINOPS, DEVELOPER],
      question: 'what does a call cost',
      title: 'Cost of calls (USD)',
      shape: TOTAL,
      metrics: [ratio(1000, ['cost', cost.metricCost()], ['priced', cost.metricPriced()], cost1000)],
    },
    {
      id: 'ErrorRate',
      audiences: [DEVOPS],
      question: 'do calls fail',
      title: 'Failed calls (%)',
      shape: TOTAL,
      metrics: [errorRate(bedrock, { period, label: 'of all calls' })],
    },
    {
      id: 'ThrottleRate',
      audiences: [DEVOPS],
      question: 'are calls throttled',
      title: 'Throttled calls (%)',
      shape: TOTAL,
      metrics: [throttleRate(bedrock, { period, label: 'of all calls' })],
    },
    {
      id: 'LatencyNow',
      audiences: [DEVOPS, DEVELOPER],
      question: 'how fast are answers',
      title: 'Latency (ms)',
      shape: TOTAL,
      metrics: [roundedMetric('latency', bedrock.metricInvocationLatency(), 0, { period, label: 'p95' })],
    },
    {
      id: 'FirstTokenNow',
      audiences: [DEVOPS],
      question: 'how fast do answers begin',
      title: 'First token of streams (ms)',
      shape: TOTAL,
      metrics: [roundedMetric('firstToken', bedrock.metricTimeToFirstToken(), 0, { period, label: 'p95' })],
    },
    {
      id: 'CompletionRate',
      audiences: [DEVOPS, DEVELOPER],
      question: 'are answers complete',
      title: 'Complete answers (%)',
      shape: TOTAL,
      metrics: [completionRate(cost, { period, label: 'not cut off' })],
      needsLoggedText: true,
    },
    {
      id: 'CacheShare',
      audiences: [FINOPS, DEVELOPER],
      question: 'how much of the input comes from the cache',
      title: 'Input from the cache (%)',
      shape: TOTAL,
      metrics: [cacheShare(cost, { period, label: 'of input tokens' })],
    },
    {
      id: 'OutputPerCall',
      audiences: [DEVELOPER],
      question: 'how long are answers',
      title: 'Output of a call (tokens)',
      shape: TOTAL,
      metrics: [
        ratio(1, ['output', cost.metricTokensOf(TokenType.OUTPUT)], ['calls', cost.metricCalls()], {
          digits: 0,
          period,
          label: 'on average',
        }),
      ],
    },
    {
      id: 'PriceCoverage',
      audiences: [FINOPS],
      question: 'is the cost complete',
      title: 'Calls with a price (%)',
      shape: TOTAL,
      metrics: [priceCoverage(cost, { period, label: 'of calls' })],
    },
    {
      id: 'CallsNow',
      audiences: [DEVOPS, DEVELOPER],
      question: 'is it used',
      title: 'Calls',
      shape: TOTAL,
      metrics: [
        countOrZero('calls', cost.metricCalls(), { period, label: 'in all' }),
        countOrZero('failed', cost.metricErrors(), { period, label: 'of which failed', color: COLOR.BAD }),
      ],
    },
  ];
}
