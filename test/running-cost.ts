import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { BedrockObservability, type BedrockObservabilityProps } from '../lib';
import { METER_SERIES } from './meter-series';

/** List prices of us-east-1 in USD a month, without the free tier. Source: Amazon CloudWatch pricing page. */
export const USD = { alarmMetric: 0.1, composite: 0.5, dashboard: 3, metric: 0.3 } as const;

/** Metrics that the signals publish besides those of spans and budgets, and those of the price refresh. */
export const METRICS = { signals: 20, prices: 11 } as const;

/** CloudWatch bills a metric by the hour in which it has data: a refresh publishes once a day. */
const HOURS_OF_REFRESH = 1 / 24;

/** What GetMetricData and 12,400 short runs of the functions of the signals come to: an estimate. */
const SIGNAL_FUNCTIONS_USD = 1;

interface Metric {
  readonly MetricStat?: object;
  readonly Expression?: string;
}

interface Resource {
  readonly Type: string;
  readonly Properties: {
    readonly Metrics?: readonly Metric[];
    readonly Environment?: { readonly Variables: Readonly<Record<string, unknown>> };
  };
}

/** An alarm is billed by the metrics it reads, one on an anomaly band as three. */
function billedMetrics({ Properties: { Metrics } }: Resource): number {
  const band = Metrics?.some(({ Expression }) => Expression?.includes('ANOMALY_DETECTION_BAND'));
  return band ? 3 : (Metrics?.filter(({ MetricStat }) => MetricStat).length ?? 1);
}

/** What a template costs a month whatever the traffic, row by row, with some models in use. */
export function runningCost(template: object, models: number) {
  const resources = Object.values((template as { Resources: Record<string, Resource> }).Resources);
  const ofType = (type: string) => resources.filter(({ Type }) => Type === type);
  const environments = ofType('AWS::Lambda::Function').map(({ Properties }) => Properties.Environment?.Variables ?? {});
  const meters = environments.filter((variables) => 'LEDGER' in variables);
  const alarms = ofType('AWS::CloudWatch::Alarm');
  const counts = {
    alarms: alarms.length,
    alarmMetrics: alarms.map(billedMetrics).reduce((sum, count) => sum + count, 0),
    composites: ofType('AWS::CloudWatch::CompositeAlarm').length,
    dashboards: ofType('AWS::CloudWatch::Dashboard').length,
    tokenTypes: meters.filter(({ TOKEN_TYPES }) => TOKEN_TYPES !== 'none').length * METER_SERIES.tokenTypes,
    signals: environments.some((variables) => 'MINIMUM_CALLS' in variables) ? METRICS.signals : 0,
    prices: environments.some((variables) => 'CATALOGUE_KEY' in variables && 'METRICS_NAMESPACE' in variables && !('LEDGER' in variables))
      ? METRICS.prices
      : 0,
    resources: resources.length,
    bytes: JSON.stringify(template).length,
  };
  const { always, withBodies, perTokenType, perModel } = METER_SERIES;
  const meterMetrics = always + withBodies + counts.tokenTypes * perTokenType + models * perModel;
  const usd = {
    alarms: counts.alarmMetrics * USD.alarmMetric,
    composites: counts.composites * USD.composite,
    dashboards: counts.dashboards * USD.dashboard,
    meter: meterMetrics * USD.metric,
    signals: counts.signals * USD.metric,
    prices: counts.prices * USD.metric * HOURS_OF_REFRESH,
    functions: counts.signals > 0 ? SIGNAL_FUNCTIONS_USD : 0,
  };
  return { counts, meterMetrics, usd, total: Object.values(usd).reduce((sum, value) => sum + value, 0) };
}

/** The template of `new BedrockObservability(stack, 'BedrockObservability', props)`. */
export function templateOf(props?: BedrockObservabilityProps): object {
  const stack = new Stack(new App(), 'Bedrock');
  new BedrockObservability(stack, 'BedrockObservability', props);
  return Template.fromStack(stack).toJSON();
}
