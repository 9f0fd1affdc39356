import { insightsQuery } from '../../../engine/ledger/questions/insights-query';
import { CALLER_COSTS } from '../../../lambda/publish-signals/callers';
import { eventRow, runQuery } from '../../../local-cloudwatch/logs-insights';
import { messages, meterOf } from '../../engine/metering/harness';
import { failed, metadataOnly, numbered } from '../../fixtures/invocation-records';
import { FakeSources } from './fake-sources';
import { runSchedule } from '../../../lambda/publish-signals/publish';
import type { QueryRow } from '../../../lambda/shared/sources';
import { config, DAY, NOW, signals, spending } from './signal-run';

/** The day of the first line, where the ledger goes back as far as it is asked. */
const FIRST_DAY = new Date(NOW - 8 * DAY).toISOString().slice(0, 10);

/** What a role spent in the last 24 hours, and in the seven days before. */
const sources = (usd: string, before: string, since = NOW - 20 * DAY, firstDay = FIRST_DAY) =>
  new FakeSources(
    spending(since, () => 1),
    [],
    (_, __, to) => [{ principal: 'role', usd: to === NOW ? usd : before, firstDay }],
  );

test.each([
  ['its own average', '60', '140', 3],
  ['half the daily floor where it is new', '20', '0', 4],
])('a role is compared with %s', async (_, usd, before, ratio) => {
  expect((await signals('HalfDay', sources(usd, before)))['bedrock.signal.caller.day.ratio']).toBe(ratio);
});

test('is not published before there are three days', async () => {
  const fresh = sources('60', '140', NOW - 2.9 * DAY);
  expect(await signals('HalfDay', fresh)).not.toHaveProperty(['bedrock.signal.caller.day.ratio']);
  expect(fresh.queries.filter(({ query }) => query.includes('costUsd'))).toEqual([]);
});

test.each([1, 2, 3])('is not published while the ledger is younger than the metrics, begun %i days ago', async (days) => {
  const begun = new Date(NOW - days * DAY).toISOString().slice(0, 10);
  expect(await signals('HalfDay', sources('60', '140', undefined, begun))).not.toHaveProperty(['bedrock.signal.caller.day.ratio']);
});

test('is not published where the ledger has nothing before, though the metrics have: nobody is above an average that is not known', async () => {
  const begunToday = new FakeSources(
    spending(NOW - 20 * DAY, () => 1),
    [],
    (_, __, to) => (to === NOW ? [{ principal: 'role', usd: '60' }] : []),
  );
  expect(await signals('HalfDay', begunToday)).not.toHaveProperty(['bedrock.signal.caller.day.ratio']);
});

test('is not published without a ledger', async () => {
  expect(await signals('HalfDay', sources('60', '140'), { ledgerLogGroups: [] })).not.toHaveProperty(['bedrock.signal.caller.day.ratio']);
});

test('sessions of a role count together, also in lines that an older version wrote', async () => {
  const rows = ['a', 'b'].map((session) => ({ principal: `arn:aws:sts::1:assumed-role/app/${session}`, usd: '30' }));
  const sessions = new FakeSources(
    spending(NOW - 20 * DAY, () => 1),
    [],
    (_, __, to) => (to === NOW ? rows : [{ principal: 'arn:aws:sts::1:assumed-role/app', usd: '140', firstDay: FIRST_DAY }]),
  );
  expect((await signals('HalfDay', sessions))['bedrock.signal.caller.day.ratio']).toBe(3);
});

test('a role that a full list leaves out is compared with the least in it, and the limit is logged', async () => {
  const full = Array.from({ length: 10_000 }, (_, i) => ({ principal: `r${i}`, usd: i === 9999 ? '70' : '700', firstDay: FIRST_DAY }));
  const sourcesOf = (before: QueryRow[]) =>
    new FakeSources(
      spending(NOW - 20 * DAY, () => 1),
      [],
      (_, __, to) => (to === NOW ? [{ principal: 'late', usd: '60' }] : before),
    );
  const { lines } = await runSchedule('HalfDay', sourcesOf(full), config(), NOW);
  const written = lines.map((line) => JSON.parse(line) as Record<string, unknown>);
  expect(written).toContainEqual({
    level: 'WARN',
    message: 'bedrock.signal.caller.day.ratio: Logs Insights returned only the first 10000 rows',
  });
  expect(written.find((line) => 'bedrock.signal.caller.day.ratio' in line)).toMatchObject({ 'bedrock.signal.caller.day.ratio': 6 });
  const whole = await runSchedule('HalfDay', sourcesOf(full.slice(1)), config(), NOW);
  expect(whole.lines.join()).not.toContain('WARN');
});

test('a day in which nothing was spent ends the alarm', async () => {
  const idle = new FakeSources(spending(NOW - 20 * DAY, () => 1));
  expect((await signals('HalfDay', idle))['bedrock.signal.caller.day.ratio']).toBe(0);
});

test('the query adds up the exact dollars of each role, each call once, over the ledger that the meter writes', async () => {
  const { meter, ledger } = meterOf({ LEDGER: 'perCall' });
  const callOf = (number: number, role: string, session: string) => ({
    ...numbered(metadataOnly, number),
    identity: { arn: `arn:aws:sts::111122223333:assumed-role/${role}/${session}` },
  });
  const calls = [callOf(1, 'app', 'a'), callOf(2, 'app', 'b'), callOf(3, 'app', 'b'), callOf(4, 'batch', 'a')];
  await meter.meter(messages([...calls, numbered(failed, 5), { ...callOf(6, 'batch', 'a'), modelId: 'acme.unknown' }]));
  const lines = ledger();
  // The first line comes twice, as from a batch that was tried again.
  const rows = [...lines, lines[0]!].map((line, at) => eventRow(JSON.stringify(line), at));
  const sums = runQuery(insightsQuery(CALLER_COSTS).join(' | '), rows).rows.map((row) => [row.get('principal'), row.get('usd')]);
  expect(sums).toEqual([
    ['arn:aws:sts::111122223333:assumed-role/app', expect.closeTo(3 * 0.0216975, 12)],
    ['arn:aws:sts::111122223333:assumed-role/batch', expect.closeTo(0.0216975, 12)],
  ]);
});
