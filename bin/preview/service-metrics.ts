import type { MetricName, MetricStore } from './metric-store';
import type { Row } from './insights-expression';

const BEDROCK = 'AWS/Bedrock';

/** What Bedrock and CloudWatch publish for the account, whether or not there is data. */
const ACCOUNT_METRICS = [
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
  'ModelInvocationLogsCloudWatchDeliverySuccess',
  'ModelInvocationLogsCloudWatchDeliveryFailure',
  'ModelInvocationLogsS3DeliverySuccess',
  'ModelInvocationLogsS3DeliveryFailure',
  'ModelInvocationLargeDataS3DeliverySuccess',
  'ModelInvocationLargeDataS3DeliveryFailure',
];

const SERVER_ERRORS = ['InternalServerException', 'ServiceUnavailableException', 'ModelErrorException', 'ModelTimeoutException'];

/** Makes the service's own metrics known, so that a wrong name can be told from a metric without data. */
export function declareServiceMetrics(store: MetricStore): void {
  const of = (namespace: string, metricName: string): MetricName => ({ namespace, metricName, dimensions: {} });
  ACCOUNT_METRICS.forEach((name) => store.declare(of(BEDROCK, name)));
  store.declare(of('AWS/BedrockMantle', 'Inferences'));
}

/** The metrics that Bedrock publishes of a call, as far as its ledger line tells them. */
export function addServiceMetrics(store: MetricStore, line: Row): void {
  const time = Date.parse(String(line.get('time'))) / 1000;
  const modelId = String(line.get('modelId')).replace(/^arn:[^:]*:bedrock:[^:]*:[^:]*:[a-z-]+\//, '');
  const error = line.get('errorCode');
  const read = (name: string) => Number(line.get(name) ?? NaN);
  const put = (metricName: string, value: number, accountOnly = false) => {
    for (const dimensions of accountOnly ? [{}] : [{}, { ModelId: modelId }]) {
      const name = { namespace: BEDROCK, metricName, dimensions: dimensions as Record<string, string> };
      if (Number.isFinite(value)) {
        store.put(name, time, [value]);
      } else {
        store.declare(name);
      }
    }
  };
  const throttled = error === 'ThrottlingException';
  const [input, output] = [read('tokens.input'), read('tokens.output')];
  const written = ['tokens.cacheWrite', 'tokens.cacheWrite5m', 'tokens.cacheWrite1h'].reduce((sum, name) => sum + (read(name) || 0), 0);
  put('Invocations', throttled ? NaN : 1);
  put('InvocationThrottles', throttled ? 1 : 0);
  put('InvocationServerErrors', SERVER_ERRORS.includes(String(error)) ? 1 : 0);
  put('InvocationClientErrors', error !== undefined && !throttled && !SERVER_ERRORS.includes(String(error)) ? 1 : 0);
  put('InvocationLatency', read('latencyMs'));
  put('TimeToFirstToken', read('firstByteMs'));
  put('InputTokenCount', input);
  put('OutputTokenCount', output);
  put('CacheReadInputTokenCount', read('tokens.cacheRead'));
  put('CacheWriteInputTokenCount', written || NaN);
  put('EstimatedTPMQuotaUsage', input + written + output * 5);
  put('LegacyModelInvocations', /claude-(v2|instant|3-)/.test(modelId) ? 1 : NaN);
  put('ModelInvocationLogsCloudWatchDeliverySuccess', 1, true);
}
