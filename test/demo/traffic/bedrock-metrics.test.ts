import { bedrockMetrics } from '../../../demo/traffic/bedrock-metrics';

const time = new Date('2026-11-21T12:00:00Z');
const metricsOf = (...records: object[]) => bedrockMetrics(records.map((record) => ({ time, message: JSON.stringify(record) })));
const total = (metrics: ReturnType<typeof metricsOf>, name: string, dimensions = 0) =>
  metrics
    .filter(({ MetricName, Dimensions = [] }) => MetricName === name && Dimensions.length === dimensions)
    .reduce((sum, { Value = 0 }) => sum + Value, 0);

test('publishes each call for its model and for the account', () => {
  const metrics = metricsOf({
    requestId: '1',
    modelId: 'arn:aws:bedrock:us-east-1:1:inference-profile/us.m',
    input: { inputTokenCount: 5 },
  });

  expect(total(metrics, 'InputTokenCount')).toBe(5);
  expect(metrics).toContainEqual(
    expect.objectContaining({ MetricName: 'InputTokenCount', Value: 5, Dimensions: [{ Name: 'ModelId', Value: 'us.m' }] }),
  );
});

test.each([
  ['ThrottlingException', [0, 1, 0, 0]],
  ['ValidationException', [1, 0, 1, 0]],
  ['ServiceUnavailableException', [1, 0, 0, 1]],
  [undefined, [1, 0, 0, 0]],
])('counts %s', (errorCode, counts) => {
  const metrics = metricsOf({ requestId: '1', modelId: 'm', errorCode });

  expect(
    ['Invocations', 'InvocationThrottles', 'InvocationClientErrors', 'InvocationServerErrors'].map((name) => total(metrics, name)),
  ).toEqual(counts);
});

test('counts a call that was logged twice once', () => {
  const call = { requestId: '1', modelId: 'm', input: { inputTokenCount: 5 } };

  expect(total(metricsOf({ ...call, input: { inputTokenCount: 0 } }, call, call), 'InputTokenCount')).toBe(5);
  expect(total(metricsOf(call, call), 'Invocations', 1)).toBe(1);
});

test('passes over unreadable records', () => {
  expect(bedrockMetrics([{ time, message: '{"schemaType"' }])).toEqual([]);
});
