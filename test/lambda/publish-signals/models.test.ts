import { startOf } from '../../../engine/calendar';
import type { MetricQuery } from '../../../lambda/shared/sources';
import { FakeSources } from './fake-sources';
import { DAY, NOW, signals } from './signal-run';

describe('models that only fail', () => {
  const model = (metrics: Record<string, number>) => {
    const value = ({ metricName, dimensions }: MetricQuery, start: number) =>
      start !== NOW - 300_000
        ? undefined
        : dimensions?.ModelId === 'other'
          ? ({ Invocations: 9 } as Record<string, number>)[metricName]
          : metrics[metricName];
    return signals('FiveMinutes', new FakeSources(value, ['broken', 'other'])).then(
      (values) => values['bedrock.signal.models.unavailable'],
    );
  };

  test.each<[string, Record<string, number>, number]>([
    ['server errors that Invocations counts', { Invocations: 8, InvocationServerErrors: 8 }, 1],
    ['server errors that Invocations does not count', { InvocationServerErrors: 8 }, 1],
    ['throttles', { InvocationThrottles: 8 }, 1],
    ['failures of exactly a quarter of the floor', { InvocationServerErrors: 5 }, 1],
    ['fewer failures than a quarter of the floor', { InvocationServerErrors: 4 }, 0],
    ['some success, where Invocations counts failures', { Invocations: 9, InvocationServerErrors: 8, InputTokenCount: 10 }, 0],
    ['some success, where Invocations does not count failures', { Invocations: 3, InvocationServerErrors: 8, InputTokenCount: 10 }, 0],
    ['images, which have no tokens', { Invocations: 20, InvocationServerErrors: 8 }, 0],
    ['errors of the caller', { Invocations: 8, InvocationClientErrors: 8 }, 0],
    ['server errors and errors of the caller', { Invocations: 9, InvocationServerErrors: 8, InvocationClientErrors: 1 }, 1],
  ])('%s: %j', async (_, metrics, count) => {
    expect(await model(metrics)).toBe(count);
  });
});

test("yesterday's latency is compared with the days before, busy ones only", async () => {
  const today = startOf('day', NOW, 'UTC');
  const latency =
    (calls: number) =>
    ({ metricName, statistic }: MetricQuery, start: number) =>
      metricName !== 'InvocationLatency'
        ? undefined
        : statistic === 'SampleCount'
          ? start < today - 5 * DAY
            ? calls
            : 100
          : start === today - DAY
            ? 3000
            : start < today - 5 * DAY
              ? 9000
              : 2000;
  expect((await signals('Hour', new FakeSources(latency(5))))['bedrock.signal.latency.day.ratio']).toBe(1.5);
  expect((await signals('Hour', new FakeSources(latency(50))))['bedrock.signal.latency.day.ratio']).toBeLessThan(1);
});

describe('cross-Region latency', () => {
  const latencies = (calls: number) => {
    const value = ({ metricName, statistic, dimensions }: MetricQuery) =>
      metricName !== 'InvocationLatency'
        ? undefined
        : statistic === 'SampleCount'
          ? calls
          : { 'us.a': 3000, 'global.b': 4000, 'anthropic.c': 9000, 'us-gov.d': 2000 }[dimensions?.ModelId ?? 'us.a'];
    return signals('Hour', new FakeSources(value, ['us.a', 'global.b', 'anthropic.c', 'us-gov.d']));
  };

  test('is that of the slowest profile; models of one Region do not count', async () => {
    expect((await latencies(20))['bedrock.signal.cross.region.latency.ms']).toBe(4000);
  });

  test('is unknown below the floor of calls', async () => {
    expect(await latencies(19)).not.toHaveProperty(['bedrock.signal.cross.region.latency.ms']);
  });
});
