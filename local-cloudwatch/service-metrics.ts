import type { MetricName } from './stored-metric';

const BEDROCK_NAMESPACE = 'AWS/Bedrock';

/** A call as Bedrock sees it. Members that the caller of this module does not know are left out. */
export interface ServiceCall {
  readonly errorCode?: string;
  readonly latencyMs?: number;
  readonly firstByteMs?: number;
  readonly inputTokens?: number;
  readonly outputTokens?: number;
  readonly cacheReadTokens?: number;
  readonly cacheWriteTokens?: number;
  /** The model as the caller names it. */
  readonly modelId?: string;
}

interface ServiceMetric {
  readonly metricName: string;
  readonly unit: 'Count' | 'Milliseconds';
  /** Its value for one call; nothing is published where it is 0 or unknown. Absent: known by name, not simulated. */
  readonly valueFor?: (call: ServiceCall) => number | undefined;
}

const SERVER_ERRORS = ['InternalServerException', 'ServiceUnavailableException', 'ModelErrorException', 'ModelTimeoutException'];

/** Output tokens count five times against the quota of tokens a minute: the factor of recent Claude models. */
const OUTPUT_QUOTA_FACTOR = 5;

function outcomeOf({ errorCode }: ServiceCall): 'success' | 'throttle' | 'server' | 'client' {
  if (errorCode === undefined) {
    return 'success';
  }
  if (errorCode === 'ThrottlingException') {
    return 'throttle';
  }
  return SERVER_ERRORS.includes(errorCode) ? 'server' : 'client';
}

/**
 * The metrics that Bedrock publishes for every call, once for its model and once for the account.
 * Source: Amazon Bedrock User Guide, "Amazon Bedrock runtime metrics".
 */
const MODEL_METRICS: readonly ServiceMetric[] = [
  { metricName: 'Invocations', unit: 'Count', valueFor: (call) => Number(outcomeOf(call) !== 'throttle') },
  { metricName: 'InvocationThrottles', unit: 'Count', valueFor: (call) => Number(outcomeOf(call) === 'throttle') },
  { metricName: 'InvocationServerErrors', unit: 'Count', valueFor: (call) => Number(outcomeOf(call) === 'server') },
  { metricName: 'InvocationClientErrors', unit: 'Count', valueFor: (call) => Number(outcomeOf(call) === 'client') },
  { metricName: 'InvocationLatency', unit: 'Milliseconds', valueFor: ({ latencyMs }) => latencyMs },
  { metricName: 'TimeToFirstToken', unit: 'Milliseconds', valueFor: ({ firstByteMs }) => firstByteMs },
  { metricName: 'InputTokenCount', unit: 'Count', valueFor: ({ inputTokens }) => inputTokens },
  { metricName: 'OutputTokenCount', unit: 'Count', valueFor: ({ outputTokens }) => outputTokens },
  { metricName: 'CacheReadInputTokenCount', unit: 'Count', valueFor: ({ cacheReadTokens }) => cacheReadTokens },
  { metricName: 'CacheWriteInputTokenCount', unit: 'Count', valueFor: ({ cacheWriteTokens }) => cacheWriteTokens },
  { metricName: 'OutputImageCount', unit: 'Count' },
  {
    metricName: 'EstimatedTPMQuotaUsage',
    unit: 'Count',
    valueFor: ({ inputTokens = 0, cacheWriteTokens = 0, outputTokens = 0 }) =>
      inputTokens + cacheWriteTokens + outputTokens * OUTPUT_QUOTA_FACTOR,
  },
  { metricName: 'LegacyModelInvocations', unit: 'Count', valueFor: ({ modelId = '' }) => Number(/claude-(v2|instant|3-)/.test(modelId)) },
];

/** What it publishes for the account only. */
const ACCOUNT_METRICS = ['ModelInvocationLogsCloudWatch', 'ModelInvocationLogsS3', 'ModelInvocationLargeDataS3'].flatMap((target) => [
  `${target}DeliverySuccess`,
  `${target}DeliveryFailure`,
]);

export interface ServiceDatum extends MetricName {
  readonly unit: ServiceMetric['unit'];
  readonly value: number;
}

/** What Bedrock publishes for one call: each metric for the account and, where the model is known, for the model. */
export function serviceMetricsOf(call: ServiceCall): ServiceDatum[] {
  const levels: Array<MetricName['dimensions']> = call.modelId === undefined ? [{}] : [{}, { ModelId: call.modelId }];
  return MODEL_METRICS.flatMap(({ metricName, unit, valueFor }) => {
    const value = valueFor?.(call);
    return value ? levels.map((dimensions) => ({ namespace: BEDROCK_NAMESPACE, metricName, dimensions, unit, value })) : [];
  });
}

/** Every metric of the account as a whole, published or not. */
export function accountMetrics(): MetricName[] {
  const names = [...MODEL_METRICS.map(({ metricName }) => metricName), ...ACCOUNT_METRICS];
  return [
    ...names.map((metricName) => ({ namespace: BEDROCK_NAMESPACE, metricName, dimensions: {} })),
    { namespace: 'AWS/BedrockMantle', metricName: 'Inferences', dimensions: {} },
  ];
}

/** Every metric of a model, published or not. */
export function modelMetrics(modelId: string): MetricName[] {
  return MODEL_METRICS.map(({ metricName }) => ({ namespace: BEDROCK_NAMESPACE, metricName, dimensions: { ModelId: modelId } }));
}
