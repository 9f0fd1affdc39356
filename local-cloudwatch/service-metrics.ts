import { requestModel } from '../engine/metering/request-model';
import type { MetricName, MetricStore } from './metric-store';
import type { LogRow } from './insights-expression';

const BEDROCK = 'AWS/Bedrock';

/** What Bedrock publishes of a model, and of all of them together. */
const MODEL_METRICS = [
  'Invocations',
  'InvocationLatency',
  'TimeToFirstToken',
  'InvocationClientErrors',
  'InvocationServerErrors',
  'InvocationThrottles',
  'InputTokenCount',
  'OutputTokenCount',
  'CacheReadInputTokenCount',
  'CacheWriteInputTokenCount',
  'OutputImageCount',
  'EstimatedTPMQuotaUsage',
  'LegacyModelInvocations',
];

/** What it publishes for the account only. */
const ACCOUNT_METRICS = ['ModelInvocationLogsCloudWatch', 'ModelInvocationLogsS3', 'ModelInvocationLargeDataS3'].flatMap((target) => [
  `${target}DeliverySuccess`,
  `${target}DeliveryFailure`,
]);

const SERVER_ERRORS = ['InternalServerException', 'ServiceUnavailableException', 'ModelErrorException', 'ModelTimeoutException'];

/** Makes the service's own metrics known, so that a wrong name can be told from a metric without data. */
export function declareServiceMetrics(store: MetricStore): void {
  [...MODEL_METRICS, ...ACCOUNT_METRICS].forEach((metricName) => store.declare(nameOf(metricName)));
  store.declare({ namespace: 'AWS/BedrockMantle', metricName: 'Inferences', dimensions: {} });
}

/** The metrics that Bedrock publishes of a call, as far as its ledger line tells them. */
export function addServiceMetrics(store: MetricStore, line: LogRow): void {
  const time = Date.parse(String(line.get('time'))) / 1000;
  const modelId = requestModel(String(line.get('modelId')));
  const error = line.get('errorCode');
  const read = (name: string) => Number(line.get(name) ?? NaN);
  if (!store.has(nameOf('Invocations', modelId))) {
    MODEL_METRICS.forEach((metricName) => store.declare(nameOf(metricName, modelId)));
  }
  const put = (metricName: string, value: number | boolean) => {
    // Nothing is published of what did not happen.
    if (Number(value)) {
      store.put(nameOf(metricName), time, [Number(value)]);
      store.put(nameOf(metricName, modelId), time, [Number(value)]);
    }
  };
  const throttled = error === 'ThrottlingException';
  const [input, output] = [read('tokens.input'), read('tokens.output')];
  const written = ['tokens.cacheWrite', 'tokens.cacheWrite5m', 'tokens.cacheWrite1h'].reduce((sum, name) => sum + (read(name) || 0), 0);
  put('Invocations', !throttled);
  put('InvocationThrottles', throttled);
  put('InvocationServerErrors', SERVER_ERRORS.includes(String(error)));
  put('InvocationClientErrors', error !== undefined && !throttled && !SERVER_ERRORS.includes(String(error)));
  put('InvocationLatency', read('latencyMs'));
  put('TimeToFirstToken', read('firstByteMs'));
  put('InputTokenCount', input);
  put('OutputTokenCount', output);
  put('CacheReadInputTokenCount', read('tokens.cacheRead'));
  put('CacheWriteInputTokenCount', written);
  put('EstimatedTPMQuotaUsage', input + written + output * 5);
  put('LegacyModelInvocations', /claude-(v2|instant|3-)/.test(modelId));
}

const names = new Map<string, MetricName>();

function nameOf(metricName: string, modelId?: string): MetricName {
  const key = `${metricName} ${modelId ?? ''}`;
  let name = names.get(key);
  if (!name) {
    names.set(key, (name = { namespace: BEDROCK, metricName, dimensions: modelId === undefined ? {} : { ModelId: modelId } }));
  }
  return name;
}

/** What the example company's other services publish: guardrails, and the endpoint that writes no records. */
export function addSampleMetrics(store: MetricStore, end: number, fraction: () => number): void {
  const guardrail = (id: string): MetricName => ({
    namespace: 'AWS/Bedrock/Guardrails',
    metricName: 'InvocationsIntervened',
    dimensions: { GuardrailArn: `arn:aws:bedrock:us-east-1:111122223333:guardrail/${id}`, GuardrailVersion: '1' },
  });
  const [support, content] = [guardrail('support'), guardrail('content')];
  for (let hour = 0; hour < 32 * 24; hour++) {
    const seconds = Math.floor(end / 1000) - hour * 3600;
    store.put(support, seconds, [Math.floor(fraction() * 4)]);
    store.put(content, seconds, [Math.floor(fraction() * 2.2)]);
    if (fraction() < 0.1) {
      store.put({ namespace: 'AWS/BedrockMantle', metricName: 'Inferences', dimensions: {} }, seconds, [1 + Math.floor(fraction() * 5)]);
    }
  }
}
