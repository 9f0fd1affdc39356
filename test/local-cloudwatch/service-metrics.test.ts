import { accountMetrics, modelMetrics, serviceMetricsOf } from '../../local-cloudwatch/service-metrics';

const OUTCOMES = ['Invocations', 'InvocationThrottles', 'InvocationClientErrors', 'InvocationServerErrors'];

function valuesOf(call: Parameters<typeof serviceMetricsOf>[0]): Record<string, number> {
  return Object.fromEntries(serviceMetricsOf(call).map(({ metricName, value }) => [metricName, value]));
}

test.each([
  ['ThrottlingException', [undefined, 1, undefined, undefined]],
  ['ValidationException', [1, undefined, 1, undefined]],
  ['SomethingNewException', [1, undefined, 1, undefined]],
  ['ServiceUnavailableException', [1, undefined, undefined, 1]],
  ['ModelTimeoutException', [1, undefined, undefined, 1]],
  [undefined, [1, undefined, undefined, undefined]],
])('counts %s', (errorCode, counts) => {
  const values = valuesOf({ errorCode });
  expect(OUTCOMES.map((name) => values[name])).toEqual(counts);
});

test('publishes tokens and times that are known, and the use of the quota', () => {
  const call = {
    inputTokens: 100,
    outputTokens: 20,
    cacheReadTokens: 1000,
    cacheWriteTokens: 50,
    latencyMs: 900,
    firstByteMs: 300,
    modelId: 'anthropic.claude-3-haiku-20240307-v1:0',
  };
  expect(valuesOf(call)).toEqual({
    Invocations: 1,
    InvocationLatency: 900,
    TimeToFirstToken: 300,
    InputTokenCount: 100,
    OutputTokenCount: 20,
    CacheReadInputTokenCount: 1000,
    CacheWriteInputTokenCount: 50,
    EstimatedTPMQuotaUsage: 100 + 50 + 5 * 20,
    LegacyModelInvocations: 1,
  });
  expect(valuesOf({ outputTokens: 0 })).toEqual({ Invocations: 1 });
});

test('knows every metric by name, published or not', () => {
  const names = (metrics: ReturnType<typeof accountMetrics>) => metrics.map(({ metricName }) => metricName);
  expect(names(modelMetrics('m'))).toContain('OutputImageCount');
  expect(names(accountMetrics())).toEqual(expect.arrayContaining([...names(modelMetrics('m')), 'ModelInvocationLogsS3DeliveryFailure']));
  expect(modelMetrics('m').every(({ dimensions }) => dimensions.ModelId === 'm')).toBe(true);
});
