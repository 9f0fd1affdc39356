import { Duration } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { Audience } from '../../audience';
import { BedrockMetrics } from '../../bedrock-metrics';
import { DashboardSources } from '../../dashboard-sources';
import { DashboardWidgetProps } from '../../dashboard-widget';
import { WidgetShape } from '../../widget-shape';
import { defaultThreshold } from '../alarms/table/rows';
import { BEDROCK_NAMESPACE } from '../bedrock-namespace';
import { CHOSEN_MODEL } from './chosen-model';
import { completionRate, searchBy, throttleRate, topTen } from './dashboard-math';
import { Signals } from '../../../engine/telemetry/names';
import { COLOR, TOKEN_STYLE, TOKEN_TYPES } from './token-style';

const { EXECUTIVE, FINOPS, DEVOPS, DEVELOPER, SECURITY } = Audience;
const FIVE_MINUTES = Duration.minutes(5);
const HOUR = Duration.hours(1);
const DAY = Duration.days(1);

const BY_MODEL = { namespace: BEDROCK_NAMESPACE, dimensions: ['ModelId'] };

/** Graphs of calls, tokens, latency and errors. To add one, add one entry. */
export function trafficWidgets({ costMetrics: cost, signalsPublished }: DashboardSources): DashboardWidgetProps[] {
  const bedrock = BedrockMetrics.forAccount();
  const chosen = BedrockMetrics.forModel(CHOSEN_MODEL);
  const percentiles = (metrics: BedrockMetrics, values: number[]) =>
    values.map((value, index) =>
      metrics.metricInvocationLatency({
        statistic: cloudwatch.Stats.percentile(value),
        period: FIVE_MINUTES,
        label: `p${value}`,
        color: [COLOR.MAIN, COLOR.WARN, COLOR.BAD][index],
      }),
    );
  const completionTarget = defaultThreshold('CompletionRate');
  return [
    {
      id: 'Latency',
      audiences: [DEVOPS, DEVELOPER],
      question: 'how fast are answers',
      title: 'Latency (ms)',
      shape: WidgetShape.LINES,
      metrics: percentiles(bedrock, [50, 95, 99]),
    },
    {
      id: 'FirstToken',
      audiences: [DEVOPS, DEVELOPER],
      question: 'how fast do answers begin',
      title: 'Time to first token of streams (ms)',
      shape: WidgetShape.LINES,
      metrics: [50, 95].map((value, index) =>
        bedrock.metricTimeToFirstToken({
          statistic: cloudwatch.Stats.percentile(value),
          period: FIVE_MINUTES,
          label: `p${value}`,
          color: [COLOR.MAIN, COLOR.WARN][index],
        }),
      ),
    },
    {
      id: 'Errors',
      audiences: [DEVOPS, DEVELOPER],
      question: 'what fails, and on whose side',
      title: 'Errors and throttles (calls)',
      shape: WidgetShape.STACK,
      metrics: [
        bedrock.metricInvocationClientErrors({ period: FIVE_MINUTES, label: 'Client errors (4xx)', color: COLOR.WARN }),
        bedrock.metricInvocationServerErrors({ period: FIVE_MINUTES, label: 'Server errors (5xx)', color: COLOR.BAD }),
        bedrock.metricInvocationThrottles({ period: FIVE_MINUTES, label: 'Throttles', color: COLOR.QUIET }),
      ],
    },
    {
      id: 'FailureRates',
      audiences: [DEVOPS],
      question: 'how large is the share of calls that fail',
      title: 'Failed and throttled calls by hour (%)',
      shape: WidgetShape.LINES,
      metrics: [
        bedrock.metricErrorRate(1, { period: HOUR, label: 'Failed', color: COLOR.BAD }),
        throttleRate(bedrock, { period: HOUR, label: 'Throttled', color: COLOR.QUIET }),
      ],
      horizontalAnnotations: [alarmAt('ErrorRate')],
    },
    {
      id: 'DailyFailureRates',
      audiences: [EXECUTIVE],
      question: 'does it work',
      title: 'Failed and throttled calls by day (%)',
      shape: WidgetShape.LINES,
      metrics: [
        bedrock.metricErrorRate(1, { period: DAY, label: 'Failed', color: COLOR.BAD }),
        throttleRate(bedrock, { period: DAY, label: 'Throttled', color: COLOR.QUIET }),
      ],
      timeRange: Duration.days(31),
    },
    {
      id: 'Completion',
      audiences: [DEVOPS],
      question: 'are answers whole or cut off',
      title: 'Whole answers by hour (%)',
      shape: WidgetShape.LINES,
      metrics: [completionRate(cost, { period: HOUR, label: 'Whole', color: COLOR.GOOD })],
      horizontalAnnotations: [{ value: completionTarget, label: `Target ${completionTarget} %`, color: COLOR.GOOD }],
      maximum: 100,
      needsLoggedText: true,
    },
    {
      id: 'Endings',
      audiences: [DEVOPS],
      question: 'how many answers are cut off',
      title: 'Whole and cut-off answers by hour (calls)',
      shape: WidgetShape.STACK,
      metrics: [
        cost.metricCompleted({ period: HOUR, label: 'Whole', color: COLOR.GOOD }),
        cost.metricTruncated({ period: HOUR, label: 'Cut off by the token limit', color: COLOR.BAD }),
      ],
      needsLoggedText: true,
    },
    {
      id: 'LatencyByModel',
      audiences: [DEVOPS],
      question: 'which model is slow',
      title: 'Latency by model, p95 (ms)',
      shape: WidgetShape.LINES,
      metrics: [searchBy(BY_MODEL, 'InvocationLatency', 'p95', FIVE_MINUTES)],
    },
    {
      id: 'QuotaUse',
      audiences: [DEVOPS],
      question: 'how near is the quota of tokens per minute',
      title: 'Quota use by model (tokens a minute; compare with Service Quotas)',
      shape: WidgetShape.LINES,
      metrics: [searchBy(BY_MODEL, 'EstimatedTPMQuotaUsage', 'Sum', Duration.minutes(1))],
    },
    ...(signalsPublished
      ? [
          {
            id: 'QuotaHeadroom',
            audiences: [DEVOPS],
            question: 'which share of its quota does the busiest model use',
            title: 'Quota use of the model nearest to it (%)',
            shape: WidgetShape.LINES,
            metrics: [
              cost.metric(Signals.QUOTA_USAGE, {
                statistic: cloudwatch.Stats.MAXIMUM,
                period: FIVE_MINUTES,
                label: 'Quota used',
                color: COLOR.WARN,
              }),
            ],
            horizontalAnnotations: [alarmAt('QuotaUsage')],
          },
        ]
      : []),
    {
      id: 'LegacyModels',
      audiences: [DEVOPS],
      question: 'which models must be replaced before they end',
      title: 'Calls to legacy models',
      shape: WidgetShape.LINES,
      metrics: [searchBy(BY_MODEL, 'LegacyModelInvocations', 'Sum', HOUR)],
    },
    {
      id: 'ChosenModelLatency',
      audiences: [DEVOPS, DEVELOPER],
      question: 'how does one model do',
      title: `Latency of ${CHOSEN_MODEL} (ms)`,
      shape: WidgetShape.LINES,
      metrics: percentiles(chosen, [50, 95, 99]),
    },
    {
      id: 'DailyCalls',
      audiences: [EXECUTIVE],
      question: 'does use grow',
      title: 'Calls by day',
      shape: WidgetShape.STACK,
      metrics: [cost.metricCalls({ period: DAY, label: 'Calls', color: COLOR.MAIN })],
      timeRange: Duration.days(31),
    },
    {
      id: 'TopModels',
      audiences: [EXECUTIVE],
      question: 'which models are used most',
      title: 'Ten most used models (calls)',
      shape: WidgetShape.BARS,
      metrics: [topTen(searchBy(BY_MODEL, 'Invocations', 'Sum', DAY), DAY)],
    },
    {
      id: 'Calls',
      audiences: [FINOPS, DEVELOPER],
      question: 'how many calls are made',
      title: 'Calls in 15 minutes',
      shape: WidgetShape.LINES,
      metrics: [
        cost.metricCalls({ period: Duration.minutes(15), label: 'Calls', color: COLOR.MAIN }),
        cost.metricErrors({ period: Duration.minutes(15), label: 'of which failed', color: COLOR.BAD }),
      ],
    },
    {
      id: 'Tokens',
      audiences: [FINOPS, DEVELOPER],
      question: 'what are tokens used for',
      title: 'Tokens by kind in 5 minutes',
      shape: WidgetShape.STACK,
      metrics: TOKEN_TYPES.map((type) => cost.metricTokensOf(type, { period: FIVE_MINUTES, ...TOKEN_STYLE[type] })),
    },
    {
      id: 'TotalTokens',
      audiences: [FINOPS],
      question: 'how many tokens are used',
      title: 'All tokens in 5 minutes',
      shape: WidgetShape.STACK,
      metrics: [
        new cloudwatch.MathExpression({
          expression: 'SUM([input, cacheread, cachewrite, output])',
          usingMetrics: Object.fromEntries(TOKEN_TYPES.map((type) => [type.replace('_', ''), cost.metricTokensOf(type)])),
          label: 'Tokens',
          color: COLOR.MAIN,
          period: FIVE_MINUTES,
        }),
      ],
    },
    {
      id: 'Guardrails',
      audiences: [SECURITY],
      question: 'how often do guardrails step in',
      title: 'Interventions by guardrail (calls)',
      shape: WidgetShape.STACK,
      metrics: [
        searchBy(
          { namespace: 'AWS/Bedrock/Guardrails', dimensions: ['GuardrailArn', 'GuardrailVersion'] },
          'InvocationsIntervened',
          'Sum',
          HOUR,
        ),
      ],
    },
  ];
}

/** A line at the threshold, in percent, that a default alarm has. */
function alarmAt(rule: string): cloudwatch.HorizontalAnnotation {
  const value = defaultThreshold(rule);
  return { value, label: `Alarm at ${value} %`, color: COLOR.BAD };
}
