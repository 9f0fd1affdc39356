import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { Audience } from '../../audience';
import { BedrockMetrics } from '../../bedrock-metrics';
import { DashboardWidgetProps } from '../../dashboard-widget';
import { WidgetShape } from '../../widget-shape';
import { Signals } from '../../../engine/telemetry/names';
import { defaultThreshold } from '../alarms/table/rows';
import { BEDROCK_NAMESPACE } from '../bedrock-namespace';
import { CHOSEN_MODEL } from './chosen-model';
import { completionRate, errorRate, throttleRate } from './dashboard-math';
import { highestByModel } from './model-series';
import { COLOR } from './token-style';
import { WidgetContext } from './widget-context';

const { EXECUTIVE, DEVOPS, DEVELOPER } = Audience;
const { LINES, STACK } = WidgetShape;

/** Graphs of latency, errors, throttles and quotas. To add one, add one entry. */
export function serviceWidgets({ sources, audience, period, by, models }: WidgetContext): DashboardWidgetProps[] {
  const { costMetrics: cost, signalsPublished } = sources;
  const bedrock = BedrockMetrics.forAccount();
  const byModel = { namespace: BEDROCK_NAMESPACE, dimension: 'ModelId', period };
  const completionTarget = defaultThreshold('CompletionRate');
  const third = audience === DEVELOPER ? 12 : 8;
  return [
    {
      id: 'Latency',
      audiences: [DEVOPS, DEVELOPER],
      question: 'how fast are answers',
      title: `Latency, ${by} (ms)`,
      shape: LINES,
      // The 95th percentile is drawn over the 99th, because the alarm judges it.
      metrics: percentiles([99, 95, 50], (options) => bedrock.metricInvocationLatency({ period, ...options })),
      width: third,
    },
    {
      id: 'FirstToken',
      audiences: [DEVOPS, DEVELOPER],
      question: 'how fast do answers begin',
      title: `Time to first token of streams, ${by} (ms)`,
      shape: LINES,
      metrics: percentiles([95, 50], (options) => bedrock.metricTimeToFirstToken({ period, ...options })),
      width: third,
    },
    {
      id: 'Errors',
      audiences: [DEVOPS, DEVELOPER],
      question: 'what fails, and on whose side',
      title: `Errors and throttles, ${by} (calls)`,
      shape: STACK,
      metrics: [
        bedrock.metricInvocationServerErrors({ period, label: 'Server errors (5xx)', color: COLOR.BAD }),
        bedrock.metricInvocationClientErrors({ period, label: 'Client errors (4xx)', color: COLOR.WARN }),
        bedrock.metricInvocationThrottles({ period, label: 'Throttles', color: COLOR.QUIET }),
      ],
      width: third,
    },
    {
      id: 'FailureRate',
      audiences: [EXECUTIVE, DEVOPS],
      question: 'how large is the share of calls that fail',
      title: `Failed calls, ${by} (%)`,
      shape: LINES,
      metrics: [errorRate(bedrock, { period, label: 'Failed', color: COLOR.MAIN })],
      horizontalAnnotations: [alarmAt('ErrorRate')],
      width: 8,
    },
    {
      id: 'ThrottleRates',
      audiences: [DEVOPS],
      question: 'how large is the share of calls that are throttled',
      title: `Throttled calls, ${by} (%)`,
      shape: LINES,
      metrics: [throttleRate(bedrock, { period, label: 'Throttled', color: COLOR.MAIN })],
      width: 8,
    },
    {
      id: 'Completion',
      audiences: [DEVOPS],
      question: 'are answers complete or cut off',
      title: `Complete answers, ${by} (%)`,
      shape: LINES,
      metrics: [completionRate(cost, { period, label: 'Complete', color: COLOR.MAIN })],
      horizontalAnnotations: [{ value: completionTarget, label: `Target ${completionTarget} %`, color: COLOR.GOOD }],
      maximum: 100,
      needsLoggedText: true,
      width: 8,
    },
    {
      id: 'LatencyByModel',
      audiences: [DEVOPS],
      question: 'which model is slow',
      title: `Latency by model, p95, ${by} (ms)`,
      shape: LINES,
      metrics: highestByModel(models, { ...byModel, metricName: 'InvocationLatency', statistic: 'p95' }),
      width: 16,
    },
    {
      id: 'ChosenModelLatency',
      audiences: [DEVOPS, DEVELOPER],
      question: 'how does one model do',
      title: `Latency of ${CHOSEN_MODEL}, ${by} (ms)`,
      shape: LINES,
      metrics: percentiles([99, 95, 50], (options) =>
        BedrockMetrics.forModel(CHOSEN_MODEL).metricInvocationLatency({ period, ...options }),
      ),
      width: third,
    },
    {
      id: 'QuotaUse',
      audiences: [DEVOPS],
      question: 'how near is the quota of tokens per minute',
      title: `Tokens per minute that count against the quota, by model, mean ${by}`,
      shape: LINES,
      metrics: highestByModel(models, { ...byModel, metricName: 'EstimatedTPMQuotaUsage', statistic: 'Sum', perMinute: true }),
      width: 16,
    },
    ...(signalsPublished
      ? [
          {
            id: 'QuotaHeadroom',
            audiences: [DEVOPS],
            question: 'which share of its quota does the busiest model use',
            title: `Highest quota use of a model, ${by} (%)`,
            shape: LINES,
            metrics: [
              cost.metric(Signals.QUOTA_USAGE, { statistic: cloudwatch.Stats.MAXIMUM, period, label: 'Quota used', color: COLOR.MAIN }),
            ],
            horizontalAnnotations: [alarmAt('QuotaUsage')],
            width: 8,
          },
        ]
      : []),
  ];
}

const PERCENTILE_COLOR: Readonly<Record<number, string>> = { 50: COLOR.GOOD, 95: COLOR.MAIN, 99: COLOR.QUIET };

function percentiles(values: number[], metric: (options: cloudwatch.MetricOptions) => cloudwatch.IMetric): cloudwatch.IMetric[] {
  return values.map((value) =>
    metric({ statistic: cloudwatch.Stats.percentile(value), label: `p${value}`, color: PERCENTILE_COLOR[value] }),
  );
}

/** A line at the threshold, in percent, that a default alarm has. */
function alarmAt(rule: string): cloudwatch.HorizontalAnnotation {
  const value = defaultThreshold(rule);
  return { value, label: `Alarm at ${value} %`, color: COLOR.BAD };
}
