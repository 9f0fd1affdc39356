import { Duration } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { Audience } from '../../audience';
import { BedrockMetrics } from '../../bedrock-metrics';
import { TokenType } from '../../cost-metrics';
import { DashboardSources } from '../../dashboard-sources';
import { DashboardWidgetProps } from '../../dashboard-widget';
import { WidgetShape } from '../../widget-shape';
import { Signals } from '../../../engine/telemetry/names';
import {
  cacheShare,
  completionRate,
  dayOverDay,
  monthForecast,
  monthToDate,
  priceCoverage,
  ratio,
  throttleRate,
  wholeDays,
} from './dashboard-math';

const { EXECUTIVE, FINOPS, DEVOPS, DEVELOPER, SECURITY } = Audience;
const { NUMBER, TOTAL } = WidgetShape;
const DAY = Duration.days(1);
const HOUR = Duration.hours(1);

// A day more than needed: the first day of a time range is rarely complete.
const MONTH = Duration.days(32);
const WEEK = Duration.days(8);

/** Single values at the top of dashboards. To add one, add one entry. */
export function numberWidgets({ costMetrics: cost, invocationLogGroup, signalsPublished }: DashboardSources): DashboardWidgetProps[] {
  const bedrock = BedrockMetrics.forAccount();
  return [
    {
      id: 'SpendOfRange',
      audiences: [FINOPS],
      question: 'what was spent in the time shown',
      title: 'Spend shown (USD)',
      shape: TOTAL,
      metrics: [cost.metricCost({ label: 'Cost' }), cost.metricCostUncertainty({ label: 'perhaps more' })],
    },
    {
      id: 'MonthToDate',
      audiences: [EXECUTIVE, FINOPS],
      question: 'what was spent this month',
      title: 'Spend this month (USD)',
      shape: NUMBER,
      metrics: [monthToDate(cost, 'Month to date')],
      timeRange: MONTH,
    },
    {
      id: 'Forecast',
      audiences: [EXECUTIVE, FINOPS],
      question: 'what will the month come to',
      title: 'Forecast (USD)',
      shape: NUMBER,
      metrics: [monthForecast(cost, 'Month, straight line')],
      timeRange: MONTH,
    },
    {
      id: 'CostYesterday',
      audiences: [EXECUTIVE],
      question: 'what did the last whole day cost, and is it more than before',
      title: 'Cost yesterday (USD)',
      shape: NUMBER,
      metrics: [wholeDays('cost', cost.metricCost(), 'Cost'), dayOverDay('cost', cost.metricCost())],
      timeRange: WEEK,
    },
    {
      id: 'CallsYesterday',
      audiences: [EXECUTIVE, SECURITY],
      question: 'how much is it used, and is it more than before',
      title: 'Calls yesterday',
      shape: NUMBER,
      metrics: [wholeDays('calls', cost.metricCalls(), 'Calls'), dayOverDay('calls', cost.metricCalls())],
      timeRange: WEEK,
    },
    {
      id: 'ErrorRateToday',
      audiences: [EXECUTIVE],
      question: 'do calls fail',
      title: 'Failed calls today (%)',
      shape: NUMBER,
      metrics: [bedrock.metricErrorRate(1, { period: DAY, label: 'Failed' })],
      timeRange: WEEK,
    },
    {
      id: 'UnitCost',
      audiences: [FINOPS, DEVELOPER],
      question: 'what does a call cost',
      title: 'Cost of 1,000 calls (USD)',
      shape: NUMBER,
      metrics: [ratio(1000, ['cost', cost.metricCost()], ['priced', cost.metricPriced()], { period: DAY, label: 'Today' })],
      timeRange: WEEK,
    },
    {
      id: 'ErrorRate',
      audiences: [DEVOPS],
      question: 'do calls fail',
      title: 'Failed calls (%)',
      shape: NUMBER,
      metrics: [bedrock.metricErrorRate(1, { period: HOUR, label: 'This hour' })],
    },
    {
      id: 'ThrottleRate',
      audiences: [DEVOPS],
      question: 'are calls throttled',
      title: 'Throttled calls (%)',
      shape: NUMBER,
      metrics: [throttleRate(bedrock, { period: HOUR, label: 'This hour' })],
    },
    {
      id: 'LatencyNow',
      audiences: [DEVOPS, DEVELOPER],
      question: 'how fast are answers',
      title: 'Latency, p95 (ms)',
      shape: NUMBER,
      metrics: [bedrock.metricInvocationLatency({ period: HOUR, label: 'This hour' })],
    },
    {
      id: 'FirstTokenNow',
      audiences: [DEVOPS],
      question: 'how fast do answers begin',
      title: 'First token, p95 (ms)',
      shape: NUMBER,
      metrics: [bedrock.metricTimeToFirstToken({ period: HOUR, label: 'This hour' })],
    },
    {
      id: 'CompletionRate',
      audiences: [DEVOPS, DEVELOPER],
      question: 'are answers whole',
      title: 'Whole answers (%)',
      shape: NUMBER,
      metrics: [completionRate(cost, { period: HOUR, label: 'This hour' })],
      needsLoggedText: true,
    },
    {
      id: 'CacheShare',
      audiences: [FINOPS, DEVELOPER],
      question: 'how much of the input comes from the cache',
      title: 'Input from cache (%)',
      shape: NUMBER,
      metrics: [cacheShare(cost, { period: DAY, label: 'Today' })],
      timeRange: WEEK,
    },
    {
      id: 'OutputPerCall',
      audiences: [DEVELOPER],
      question: 'how long are answers',
      title: 'Output tokens a call',
      shape: NUMBER,
      metrics: [
        ratio(1, ['output', cost.metricTokensOf(TokenType.OUTPUT)], ['calls', cost.metricCalls()], {
          period: DAY,
          label: 'Today',
        }),
      ],
      timeRange: WEEK,
    },
    {
      id: 'PriceCoverage',
      audiences: [EXECUTIVE, FINOPS],
      question: 'is the cost complete',
      title: 'Calls with a price (%)',
      shape: NUMBER,
      metrics: [priceCoverage(cost, { period: DAY, label: 'Today' })],
      timeRange: WEEK,
    },
    {
      id: 'CallsNow',
      audiences: [DEVOPS, DEVELOPER],
      question: 'is it used',
      title: 'Calls',
      shape: NUMBER,
      metrics: [cost.metricCalls({ period: HOUR, label: 'This hour' })],
    },
    {
      id: 'UnreadRecords',
      audiences: [SECURITY],
      question: 'could every record be read',
      title: 'Unreadable records',
      shape: TOTAL,
      metrics: [cost.metricMalformed({ label: 'Unreadable' })],
    },
    {
      id: 'DeliveryFailed',
      audiences: [SECURITY],
      question: 'is every call on record',
      title: 'Undelivered records',
      shape: TOTAL,
      metrics: [
        bedrock.metricModelInvocationLogsCloudWatchDeliveryFailure({ label: 'CloudWatch Logs' }),
        bedrock.metric('ModelInvocationLogsS3DeliveryFailure', { label: 'S3' }),
      ],
    },
    ...(signalsPublished
      ? [
          {
            id: 'LoggingChanged',
            audiences: [SECURITY],
            question: 'was the logging changed',
            title: 'Changes of the logging',
            shape: TOTAL,
            metrics: [cost.metric(Signals.LOGGING_CHANGED, { label: 'Not by this stack' })],
          },
        ]
      : []),
    ...(invocationLogGroup
      ? [
          {
            id: 'Findings',
            audiences: [SECURITY],
            question: 'was personal data found',
            title: 'Data-protection findings',
            shape: TOTAL,
            metrics: [
              new cloudwatch.Metric({
                namespace: 'AWS/Logs',
                metricName: 'LogEventsWithFindings',
                dimensionsMap: { LogGroupName: invocationLogGroup.logGroupRef.logGroupName },
                statistic: cloudwatch.Stats.SUM,
                label: 'Log events masked',
              }),
            ],
          },
        ]
      : []),
    {
      id: 'OutsideTheMeter',
      audiences: [SECURITY],
      question: 'which calls leave no record',
      title: 'Unrecorded calls',
      shape: TOTAL,
      metrics: [mantleCalls()],
    },
  ];
}

/** Calls to the `bedrock-mantle` endpoint, which writes no invocation records. Source: Amazon Bedrock User Guide. */
function mantleCalls(): cloudwatch.Metric {
  return new cloudwatch.Metric({
    namespace: 'AWS/BedrockMantle',
    metricName: 'Inferences',
    statistic: cloudwatch.Stats.SUM,
    label: 'bedrock-mantle',
  });
}
