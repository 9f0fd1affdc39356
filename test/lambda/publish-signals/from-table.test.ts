import { runSchedule } from '../../../lambda/publish-signals/publish';
import { SCHEDULES } from '../../../lambda/publish-signals/schedules';
import type { SignalSources } from '../../../lambda/publish-signals/signal';
import { eventRow, runQuery } from '../../../local-cloudwatch/logs-insights';
import { DuckLedger } from '../../engine/ledger/questions/duck-ledger';
import { messages, meterOf, NOW as WRITTEN } from '../../engine/metering/harness';
import { failed, metadataOnly, numbered } from '../../fixtures/invocation-records';
import { DuckReader } from '../shared/duck-reader';
import { FakeSources } from './fake-sources';
import { config, DAY, HOUR, spending } from './signal-run';

/** Lines of calls by several roles, some of which waste tokens, one that failed, and one that came twice. */
async function ledgerLines(): Promise<string[]> {
  const { meter, written } = meterOf({ LEDGER: 'perCall', LEDGER_STREAM: 'rows' });
  const callOf = (number: number, role: string, inputTokenCount: number, outputTokenCount: number) => ({
    ...numbered(metadataOnly, number),
    identity: { arn: `arn:aws:sts::111122223333:assumed-role/${role}/session-${number}` },
    input: { inputTokenCount, cacheReadInputTokenCount: 50, cacheWriteInputTokenCount: 7 },
    output: { outputTokenCount },
  });
  await meter.meter(
    messages([
      ...[callOf(1, 'app', 90_000, 10), callOf(2, 'app', 70_000, 9), callOf(3, 'batch', 3_000_000, 9000), callOf(4, 'batch', 1, 1)],
      numbered(failed, 5),
    ]),
  );
  const lines = written
    .join('')
    .split('\n')
    .filter((line) => line.startsWith('{"ledger"'));
  return [...lines, lines[0]!];
}

const spendings = (now: number) => spending(now - 20 * DAY, () => 1);

test('the signals from the table are those from the log group', async () => {
  const lines = await ledgerLines();
  // The same calls have been made five days before, so that the ledger goes back far enough for a comparison.
  const before = lines.map((line) => line.replaceAll('2026-11-20T', '2026-11-15T').replaceAll('3f2b1c9e', '00000000'));
  const events = [...before.map((line) => ({ line, written: WRITTEN - 5 * DAY })), ...lines.map((line) => ({ line, written: WRITTEN }))];
  const table = await DuckLedger.ofEvents(events);
  const now = WRITTEN + HOUR / 2;
  const group = new FakeSources(spendings(now), [], (query, from, to) => {
    const rows = events.filter(({ written }) => from <= written && written < to).map(({ line, written }) => eventRow(line, written));
    if (!query.includes('ledger = 1')) return [];
    return runQuery(query, rows).rows.map((row) =>
      Object.fromEntries([...row].flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)]]))),
    );
  });
  const inTable: SignalSources = Object.assign(new FakeSources(spendings(now)), { ledgerReader: new DuckReader(table) });
  const ofLedger = new Set<string>();
  for (const schedule of Object.keys(SCHEDULES)) {
    const [fromGroup, fromTable] = await Promise.all([group, inTable].map((sources) => runSchedule(schedule, sources, config(), now)));
    expect(fromTable).toEqual(fromGroup);
    expect(fromTable!.failures).toEqual([]);
    for (const name of ['caller.day.ratio', 'caller.wasted.tokens', 'call.largest.tokens', 'input.output.ratio']) {
      if (fromTable!.lines.some((line) => line.includes(`bedrock.signal.${name}":`))) ofLedger.add(name);
    }
  }
  expect([...ofLedger].sort()).toEqual(['call.largest.tokens', 'caller.day.ratio', 'caller.wasted.tokens', 'input.output.ratio']);
  table.close();
});

test('a question that Athena cannot answer is a failed run, and no zero', async () => {
  const refusing = {
    name: 'Athena',
    askCalled: () => Promise.reject(new Error('no')),
    askWritten: () => Promise.reject(new Error('FAILED')),
  };
  const sources: SignalSources = Object.assign(new FakeSources(spendings(WRITTEN)), { ledgerReader: refusing });
  const { lines, failures } = await runSchedule('HalfDay', sources, config(), WRITTEN);
  expect(failures.map(({ message }) => message)).toEqual(['FAILED', 'FAILED']);
  expect(lines.join()).not.toContain('bedrock.signal');
});

test('a ledger that is younger than three days is compared with nothing, however old the metrics are', async () => {
  const rowsOf = (firstDay: string) => (_: string, __: number, to: number) => [
    { principal: 'role', usd: to === WRITTEN ? '60' : '14', firstDay },
  ];
  const ratioOf = async (firstDay: string) => {
    const { lines } = await runSchedule('HalfDay', new FakeSources(spendings(WRITTEN), [], rowsOf(firstDay)), config(), WRITTEN);
    return /"bedrock\.signal\.caller\.day\.ratio":([\d.]+)/.exec(lines.join())?.[1];
  };
  const dayBefore = (days: number) => new Date(WRITTEN - days * DAY).toISOString().slice(0, 10);
  expect(await ratioOf(dayBefore(8))).toBe('12');
  expect(await ratioOf(dayBefore(3))).toBeUndefined();
});
