import { linesOf, runSchedule } from '../../../lambda/publish-signals/publish';
import { SCHEDULES } from '../../../lambda/publish-signals/schedules';
import { FakeSources } from './fake-sources';
import { config, NOW } from './signal-run';

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
      "'schedule' must be one of FiveMinutes, Hour, HalfDay, got 'Daily'",
    );
    expect(Object.keys(SCHEDULES)).toHaveLength(3);
  });
});

test('a value that CloudWatch would not take is a failure', async () => {
  const endless = new FakeSources(({ metricName }) => (metricName === 'llm.cost.usd' ? Infinity : undefined));
  const { lines, failures } = await runSchedule('FiveMinutes', endless, config(), NOW);
  expect(failures[0]!.message).toBe('bedrock.signal.cost.today.usd: Infinity is no number');
  expect(lines.join()).not.toContain('bedrock.signal.runs');
});

test('a log line names what is behind a value above zero; a value that is unknown is not published', () => {
  const findings = [
    { metric: 'a', value: 2, subject: 'role' },
    { metric: 'b', value: 0, subject: 'model' },
    { metric: 'c', value: 1 },
    { metric: 'd', value: undefined, subject: 'caller' },
  ];
  const [metrics, ...log] = linesOf(findings, config(), NOW).map((line) => JSON.parse(line) as Record<string, unknown>);
  expect(metrics).toMatchObject({ a: 2, b: 0, c: 1 });
  expect(metrics).not.toHaveProperty('d');
  expect(log).toEqual([{ signal: 'a', value: 2, subject: 'role' }]);
});
