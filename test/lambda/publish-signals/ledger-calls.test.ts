import { roleOf } from '../../../engine/records/role';
import { eventRow, runQuery } from '../../../local-cloudwatch/logs-insights';
import { runSchedule } from '../../../lambda/publish-signals/publish';
import { FakeSources } from './fake-sources';
import { config, NOW, signals } from './signal-run';

/** Sources that answer queries from lines of the ledger. */
function ledgerOf(...lines: object[]): FakeSources {
  const all = lines.map((line, number) => ({ ledger: 1, status: 'priced', requestId: `r${number}`, ...line }));
  // Each line twice: a batch that was tried again.
  const rows = [...all, ...all].map((line) => eventRow(JSON.stringify(line), NOW));
  return new FakeSources(undefined, [], (query) =>
    runQuery(query, rows).rows.map((row) => Object.fromEntries([...row].map(([name, value]) => [name, String(value)]))),
  );
}

async function published(metric: string, ...lines: object[]): Promise<{ value?: number; subject?: unknown }> {
  const runs = await Promise.all(['Hour', 'HalfDay'].map((schedule) => runSchedule(schedule, ledgerOf(...lines), config(), NOW)));
  const written = runs.flatMap((run) => run.lines).map((line) => JSON.parse(line) as Record<string, unknown>);
  return {
    value: written.find((line) => metric in line)?.[metric] as number | undefined,
    subject: written.find(({ signal }) => signal === metric)?.subject,
  };
}

test('input for each output token leaves cache reads out, and is unknown below the floor of an hour', async () => {
  const call = { tokens: { input: 90_000, output: 500, cacheRead: 1_000_000, cacheWrite5m: 7000, cacheWrite1h: 2000, cacheWrite: 1000 } };
  expect((await published('bedrock.signal.input.output.ratio', call)).value).toBe(200);
  expect((await published('bedrock.signal.input.output.ratio', { tokens: { input: 99_999, output: 500 } })).value).toBeUndefined();
});

test('the largest call is named', async () => {
  const calls = [
    { requestId: 'a', tokens: { input: 10, output: 5 } },
    { requestId: 'b', tokens: { input: 100, output: 50, cacheWrite: 7, cacheRead: 1000 } },
  ];
  expect(await published('bedrock.signal.call.largest.tokens', ...calls)).toEqual({ value: 157, subject: 'b' });
});

test('waste is summed over the sessions of a role: more than 2,000 tokens for fewer than 200', async () => {
  const call = (caller: string, input: number, output: number) => ({ caller, role: roleOf(caller), tokens: { input, output } });
  const lines = [
    call('arn:aws:sts::1:assumed-role/app/a', 6000, 199),
    call('arn:aws:sts::1:assumed-role/app/b', 5000, 1),
    call('arn:aws:iam::1:user/x', 7000, 10),
    call('arn:aws:iam::1:user/x', 2000, 10),
    call('arn:aws:iam::1:user/x', 9000, 200),
    call('arn:aws:iam::1:user/x', 9000, 0),
  ];
  expect(await published('bedrock.signal.caller.wasted.tokens', ...lines)).toEqual({
    value: 11_000,
    subject: 'arn:aws:sts::1:assumed-role/app',
  });
});

test('where there were no calls nothing is known of them, and none is wasted', async () => {
  for (const name of ['input.output.ratio', 'call.largest.tokens', 'cross.region.latency.ms']) {
    expect((await published(`bedrock.signal.${name}`)).value).toBeUndefined();
  }
  expect((await published('bedrock.signal.caller.wasted.tokens')).value).toBe(0);
});

test('is not published without a ledger', async () => {
  const sources = ledgerOf();
  const values = await signals('Hour', sources, { ledgerLogGroups: [] });
  expect(sources.queries).toEqual([]);
  expect(values).not.toHaveProperty(['bedrock.signal.call.largest.tokens']);
});
