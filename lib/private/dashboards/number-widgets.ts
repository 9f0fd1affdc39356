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
const DAY = Duration.days(1);
const HOUR = Duration.hours(1);
const MONTH = Duration.days(32);
const WEEK = Duration.days(8);

/** The single values at the top: what is asked first. */
export function numberWidgets({ costMetrics: cost, invocationLogGroup, signalsPublished }: DashboardSources): DashboardWidgetProps[] {
  const bedrock = BedrockMetrics.forAccount();
  return [
    number('SpendOfRange', [FINOPS], 'what was spent in the time shown', 'Spend shown (USD)', WidgetShape.TOTAL, [
      cost.metricCost({ label: 'Cost' }),
      cost.metricCostUncertainty({ label: 'perhaps more' }),
    ]),
    number(
      'MonthToDate',
      [EXECUTIVE, FINOPS],
      'what was spent this month',
      'Spend this month (USD)',
      WidgetShape.NUMBER,
      [monthToDate(cost, 'Month to date')],
      MONTH,
    ),
    number(
      'Forecast',
      [EXECUTIVE, FINOPS],
      'what will the month come to',
      'Forecast (USD)',
      WidgetShape.NUMBER,
      [monthForecast(cost, 'Month, straight line')],
      MONTH,
    ),
    number(
      'CostYesterday',
      [EXECUTIVE],
      'what did the last whole day cost, and is it more than before',
      'Cost yesterday (USD)',
      WidgetShape.NUMBER,
      [wholeDays('cost', cost.metricCost(), 'Cost'), dayOverDay('cost', cost.metricCost())],
      WEEK,
    ),
    number(
      'CallsYesterday',
      [EXECUTIVE, SECURITY],
      'how much is it used, and is it more than before',
      'Calls yesterday',
      WidgetShape.NUMBER,
      [wholeDays('calls', cost.metricCalls(), 'Calls'), dayOverDay('calls', cost.metricCalls())],
      WEEK,
    ),
    number(
      'ErrorRateToday',
      [EXECUTIVE],
      'do calls fail',
      'Failed calls today (%)',
      WidgetShape.NUMBER,
      [bedrock.metricErrorRate(1, { period: DAY, label: 'Failed' })],
      WEEK,
    ),
    number(
      'UnitCost',
      [FINOPS, DEVELOPER],
      'what does a call cost',
      'Cost of 1,000 calls (USD)',
      WidgetShape.NUMBER,
      [ratio(1000, ['cost', cost.metricCost()], ['priced', cost.metricPriced()], { period: DAY, label: 'Today' })],
      WEEK,
    ),
    number('ErrorRate', [DEVOPS], 'do calls fail', 'Failed calls (%)', WidgetShape.NUMBER, [
      bedrock.metricErrorRate(1, { period: HOUR, label: 'This hour' }),
    ]),
    number('ThrottleRate', [DEVOPS], 'are calls throttled', 'Throttled calls (%)', WidgetShape.NUMBER, [
      throttleRate(bedrock, { period: HOUR, label: 'This hour' }),
    ]),
    number('LatencyNow', [DEVOPS, DEVELOPER], 'how fast are answers', 'Latency, p95 (ms)', WidgetShape.NUMBER, [
      bedrock.metricInvocationLatency({ period: HOUR, label: 'This hour' }),
    ]),
    number('FirstTokenNow', [DEVOPS], 'how fast do answers begin', 'First token, p95 (ms)', WidgetShape.NUMBER, [
      bedrock.metricTimeToFirstToken({ period: HOUR, label: 'This hour' }),
    ]),
    {
      ...number('CompletionRate', [DEVOPS, DEVELOPER], 'are answers whole', 'Whole answers (%)', WidgetShape.NUMBER, [
        completionRate(cost, { period: HOUR, label: 'This hour' }),
      ]),
      needsLoggedText: true,
    },
    number(
      'CacheShare',
      [FINOPS, DEVELOPER],
      'how much of the input comes from the cache',
      'Input from cache (%)',
      WidgetShape.NUMBER,
      [cacheShare(cost, { period: DAY, label: 'Today' })],
      WEEK,
    ),
    number(
      'OutputPerCall',
      [DEVELOPER],
      'how long are answers',
      'Output tokens a call',
      WidgetShape.NUMBER,
      [
        ratio(1, ['output', cost.metricTokensOf(TokenType.OUTPUT)], ['calls', cost.metricCalls()], {
          period: DAY,
          label: 'Today',
        }),
      ],
      WEEK,
    ),
    number(
      'PriceCoverage',
      [EXECUTIVE, FINOPS],
      'is the cost complete',
      'Calls with a price (%)',
      WidgetShape.NUMBER,
      [priceCoverage(cost, { period: DAY, label: 'Today' })],
      WEEK,
    ),
    number('CallsNow', [DEVOPS, DEVELOPER], 'is it used', 'Calls', WidgetShape.NUMBER, [
      cost.metricCalls({ period: HOUR, label: 'This hour' }),
    ]),
    number('UnreadRecords', [SECURITY], 'could every record be read', 'Unreadable records', WidgetShape.TOTAL, [
      cost.metricMalformed({ label: 'Unreadable' }),
    ]),
    number('DeliveryFailed', [SECURITY], 'is every call on record', 'Undelivered records', WidgetShape.TOTAL, [
      bedrock.metricModelInvocationLogsCloudWatchDeliveryFailure({ label: 'CloudWatch Logs' }),
      bedrock.metric('ModelInvocationLogsS3DeliveryFailure', { label: 'S3' }),
    ]),
    ...(signalsPublished
      ? [
          number('LoggingChanged', [SECURITY], 'was the logging changed', 'Changes of the logging', WidgetShape.TOTAL, [
            cost.metric(Signals.LOGGING_CHANGED, { label: 'Not by this stack' }),
          ]),
        ]
      : []),
    ...(invocationLogGroup
      ? [
          number('Findings', [SECURITY], 'was personal data found', 'Data-protection findings', WidgetShape.TOTAL, [
            new cloudwatch.Metric({
              namespace: 'AWS/Logs',
              metricName: 'LogEventsWithFindings',
              dimensionsMap: { LogGroupName: invocationLogGroup.logGroupName },
              statistic: cloudwatch.Stats.SUM,
              label: 'Log events masked',
            }),
          ]),
        ]
      : []),
    number('OutsideTheMeter', [SECURITY], 'which calls leave no record', 'Unrecorded calls', WidgetShape.TOTAL, [mantle()]),
  ];
}

/** Calls to the other endpoint of Bedrock: they write no invocation record and cannot be metered. */
function mantle(): cloudwatch.Metric {
  return new cloudwatch.Metric({
    namespace: 'AWS/BedrockMantle',
    metricName: 'Inferences',
    statistic: cloudwatch.Stats.SUM,
    label: 'bedrock-mantle',
  });
}

function number(
  id: string,
  audiences: Audience[],
  question: string,
  title: string,
  shape: WidgetShape,
  metrics: cloudwatch.IMetric[],
  timeRange?: Duration,
): DashboardWidgetProps {
  return { id, audiences, question, title, shape, metrics, timeRange };
}
