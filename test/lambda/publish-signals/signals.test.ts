import { QUERIES } from '../../../lambda/publish-signals/calls';
import { loggingChange, type LoggingChange } from '../../../lambda/publish-signals/logging-change';
import { linesOf, runSchedule, SCHEDULES } from '../../../lambda/publish-signals/publish';
import { readSignalsConfig, type SignalsConfig } from '../../../lambda/publish-signals/config';
import { startOf } from '../../../engine/calendar';
import type { MetricQuery, QueryRow } from '../../../lambda/shared/sources';
import { FakeSources } from './fake-sources';

const NOW = Date.UTC(2026, 10, 21, 12, 30);
const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const config = (changes: Partial<SignalsConfig> = {}): SignalsConfig => ({
  ...readSignalsConfig({}),
  ledger: 'ledger',
  spans: 'spans',
  ...changes,
});

/** The values of all signals of a schedule. */
async function signals(
  schedule: string,
  sources: FakeSources,
  changes: Partial<SignalsConfig> = {},
  now = NOW,
): Promise<Record<string, number>> {
  const { lines, failures } = await runSchedule(schedule, sources, config(changes), now);
  expect(failures).toEqual([]);
  return Object.assign({}, ...lines.map((line) => JSON.parse(line) as object).filter((line) => '_aws' in line)) as Record<string, number>;
}

/** USD per five minutes since a moment. */
const spending = (since: number, usd: (start: number) => number) => (query: MetricQuery, start: number) =>
  query.metricName === 'llm.cost.usd' && start >= since ? usd(start) : undefined;

describe('the cost of today', () => {
  const today = startOf('day', NOW, 'Europe/Berlin');
  const timeZone = 'Europe/Berlin';

  test('is summed since midnight of the time zone, and compared with the seven days before', async () => {
    const sources = new FakeSources(spending(today - 9 * DAY, (start) => (start >= today ? 1 : 0.1)));
    const values = await signals('FiveMinutes', sources, { timeZone });
    // 13.5 hours of twelve five-minute periods; an average day costs 28.80.
    expect(values['bedrock.signal.cost.today.usd']).toBe(162);
    expect(values['bedrock.signal.cost.today.percent']).toBeCloseTo((100 * 162) / 28.8);
  });

  test('is compared with the floor where the average is lower', async () => {
    const sources = new FakeSources(spending(today - 9 * DAY, () => 0.01));
    expect((await signals('FiveMinutes', sources, { timeZone }))['bedrock.signal.cost.today.percent']).toBeCloseTo(16.2);
  });

  test.each([
    ['three complete days', 3.5, true],
    ['two complete days and the one on which the meter was installed', 2.5, false],
  ])('after %s is judged: %#', async (_, days, judged) => {
    const sources = new FakeSources(spending(today - days * DAY, () => 1));
    const values = await signals('FiveMinutes', sources, { timeZone });
    expect(values['bedrock.signal.cost.today.usd']).toBeGreaterThan(0);
    expect('bedrock.signal.cost.today.percent' in values).toBe(judged);
  });

  test('begins at a midnight that daylight saving has moved', async () => {
    const sunday = Date.UTC(2026, 9, 25, 12);
    const sources = new FakeSources(spending(sunday - 9 * DAY, () => 1));
    // Until 13:00 the clock has seen fourteen hours.
    expect((await signals('FiveMinutes', sources, { timeZone }, sunday))['bedrock.signal.cost.today.usd']).toBe(14 * 12);
  });
});

describe('the last hour', () => {
  test('is compared with the same hour of other days, not with the day', async () => {
    const noon = (start: number) => new Date(start).getUTCHours() === 11;
    const cost = spending(NOW - 9 * DAY, (start) => (noon(start) ? 10 : 0.01));
    const tokens = ({ metricName, dimensions }: MetricQuery, start: number) =>
      metricName === 'gen_ai.client.token.usage' && dimensions?.['gen_ai.token.type'] === 'input'
        ? start >= NOW - 2 * HOUR
          ? 60_000
          : 20_000
        : undefined;
    const values = await signals('Hour', new FakeSources((query, start) => cost(query, start) ?? tokens(query, start)));
    expect(values['bedrock.signal.cost.hour.ratio']).toBe(1);
    expect(values['bedrock.signal.tokens.hour.ratio']).toBe(3);
  });
});

describe('what changes over days', () => {
  const tokens =
    (of: (type: string, start: number) => number | undefined) =>
    ({ metricName, dimensions }: MetricQuery, start: number) =>
      metricName === 'gen_ai.client.token.usage' ? of(dimensions?.['gen_ai.token.type'] ?? '', start) : undefined;

  test('tokens of a week are compared with the week before, once there are two', async () => {
    const grown = (since: number) =>
      new FakeSources(
        tokens((type, start) => (type === 'output' && start >= since ? (start < NOW - 7 * DAY ? 10_000 : 13_000) : undefined)),
      );
    expect((await signals('Hour', grown(NOW - 20 * DAY)))['bedrock.signal.tokens.week.growth.percent']).toBeCloseTo(30);
    expect(await signals('Hour', grown(NOW - 12 * DAY))).not.toHaveProperty('bedrock.signal.tokens.week.growth.percent');
  });

  test('a cache that is read less is told in points, and one that is read more is not told', async () => {
    const cache = (now: number) =>
      new FakeSources(tokens((type, start) => ({ input: 1000, cache_read: start < NOW - DAY ? 3000 : now })[type]));
    expect((await signals('Hour', cache(1000)))['bedrock.signal.cache.hit.drop']).toBeCloseTo(25);
    expect((await signals('Hour', cache(9000)))['bedrock.signal.cache.hit.drop']).toBe(0);
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
});

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
    ['fewer failures than a quarter of the floor', { InvocationServerErrors: 4 }, 0],
    ['some success, where Invocations counts failures', { Invocations: 9, InvocationServerErrors: 8, InputTokenCount: 10 }, 0],
    ['some success, where Invocations does not count failures', { Invocations: 3, InvocationServerErrors: 8, InputTokenCount: 10 }, 0],
    ['images, which have no tokens', { Invocations: 20, InvocationServerErrors: 8 }, 0],
    ['errors of the caller', { Invocations: 8, InvocationClientErrors: 8 }, 0],
  ])('%s: %j', async (_, metrics, count) => {
    expect(await model(metrics)).toBe(count);
  });
});

describe('single calls', () => {
  const answering = (rows: Partial<Record<keyof typeof QUERIES, readonly QueryRow[]>>) =>
    new FakeSources(
      spending(NOW - 20 * DAY, () => 1),
      [],
      (query) => Object.entries(rows).find(([name]) => QUERIES[name as keyof typeof QUERIES] === query)?.[1] ?? [],
    );

  test('give the share of a model, unless there is only one or little money', async () => {
    const share = async (...usd: number[]) =>
      (await signals('Hour', answering({ modelCosts: usd.map((value, i) => ({ model: `m${i}`, usd: `${value}` })) })))[
        'bedrock.signal.model.share.percent'
      ];
    expect(await share(9, 2, 1)).toBe(75);
    expect(await share(100)).toBe(0);
    expect(await share(4, 1)).toBe(0);
    expect(await share()).toBe(0);
  });

  test('give the waste of a role, whatever its sessions', async () => {
    const caller = (session: string) => `arn:aws:sts::1:assumed-role/app/${session}`;
    const wasted = [
      { caller: caller('a'), wasted: '600' },
      { caller: 'arn:aws:iam::1:user/x', wasted: '700' },
      { caller: caller('b'), wasted: '500' },
    ];
    const { lines } = await runSchedule('Hour', answering({ wasted }), config(), NOW);
    expect(lines.map((line) => JSON.parse(line) as object)).toContainEqual({
      signal: 'bedrock.signal.caller.wasted.tokens',
      value: 1100,
      subject: 'arn:aws:sts::1:assumed-role/app',
    });
  });

  test('give 0 when there were none, so that alarms end', async () => {
    const values = await signals('Hour', answering({}));
    for (const name of [
      'model.share.percent',
      'input.output.ratio',
      'call.largest.tokens',
      'caller.wasted.tokens',
      'cross.region.latency.ms',
    ]) {
      expect(values[`bedrock.signal.${name}`]).toBe(0);
    }
  });

  test('compare a role with its own average, and a new one with half the daily floor', async () => {
    const sources = (usd: string, before: string) =>
      new FakeSources(
        spending(NOW - 20 * DAY, () => 1),
        [],
        (_, __, to) => [{ caller: 'role', usd: to === NOW ? usd : before }],
      );
    expect((await signals('SixHours', sources('60', '140')))['bedrock.signal.caller.day.ratio']).toBe(3);
    expect((await signals('SixHours', sources('20', '0')))['bedrock.signal.caller.day.ratio']).toBe(4);
  });

  test('are not read without a ledger', async () => {
    const sources = answering({});
    const values = {
      ...(await signals('Hour', sources, { ledger: undefined })),
      ...(await signals('FiveMinutes', sources, { spans: undefined })),
    };
    expect(sources.queries).toEqual([]);
    expect(values).not.toHaveProperty('bedrock.signal.model.share.percent');
    expect(values).not.toHaveProperty('bedrock.signal.component.errors');
  });
});

describe('budgets', () => {
  test('publish what is spent, and what the month comes to at the pace of the last week', async () => {
    const start = Date.UTC(2026, 10, 1);
    const budgets = [{ name: 'Team', period: 'month' as const, dimension: 'aws.principal', value: 'role' }];
    const value = ({ dimensions }: MetricQuery, at: number) => (dimensions?.['aws.principal'] === 'role' && at >= start ? 1 : undefined);
    const { lines } = await runSchedule('FiveMinutes', new FakeSources(value), config({ budgets }), NOW);
    const line = lines.map((text) => JSON.parse(text) as Record<string, unknown>).find((parsed) => parsed['bedrock.budget'] === 'Team')!;
    const elapsed = (NOW - start) / 300_000;
    expect(line['bedrock.budget.spent.usd']).toBe(elapsed);
    expect(line['bedrock.budget.forecast.usd']).toBeCloseTo(30 * 24 * 12);
    expect(line).toMatchObject({ _aws: { CloudWatchMetrics: [{ Namespace: 'BedrockObservability', Dimensions: [['bedrock.budget']] }] } });
  });
});

describe('a run', () => {
  test('publishes the other signals when one fails, and does not count as a run', async () => {
    const sources = new FakeSources(
      () => 1,
      [],
      () => {
        throw new Error('query failed');
      },
    );
    const { lines, failures } = await runSchedule('FiveMinutes', sources, config(), NOW);
    expect(failures.map(({ message }) => message)).toEqual(['query failed']);
    expect(lines.join()).toContain('bedrock.signal.cost.today.usd');
    expect(lines.join()).not.toContain('bedrock.signal.runs');
  });

  test('fails on a schedule that does not exist', async () => {
    await expect(runSchedule('Daily', new FakeSources(), config(), NOW)).rejects.toThrow(
      "'schedule' must be one of FiveMinutes, Hour, SixHours, got 'Daily'",
    );
    expect(Object.keys(SCHEDULES)).toHaveLength(3);
  });
});

describe('a change of the logging configuration', () => {
  const change = (detail: Partial<LoggingChange['detail']>) =>
    loggingChange(
      { detail: { eventName: 'DeleteModelInvocationLoggingConfiguration', ...detail } } as LoggingChange,
      config({ loggingRoles: ['arn:aws:iam::1:role/deploy'] }),
    );

  test('names who did it', () => {
    expect(linesOf(change({ userIdentity: { arn: 'arn:aws:iam::1:user/ann' } }), config(), NOW)).toContain(
      '{"signal":"bedrock.signal.logging.changed","value":1,"subject":"DeleteModelInvocationLoggingConfiguration by arn:aws:iam::1:user/ann"}',
    );
  });

  test('is no news when it failed, or was made by an expected role', () => {
    expect(change({ errorCode: 'AccessDenied' })).toEqual([]);
    expect(change({ userIdentity: { sessionContext: { sessionIssuer: { arn: 'arn:aws:iam::1:role/deploy' } } } })).toEqual([]);
  });
});
