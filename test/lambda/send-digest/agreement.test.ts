import { eventRow, type LogRow, runQuery } from '../../../local-cloudwatch/logs-insights';
import { type Digest, digestOf } from '../../../engine/digest/digest';
import { ledgerFacts } from '../../../lambda/send-digest/ledger-facts';
import {
  anthropicStream,
  converse,
  embedding,
  failed,
  metadataOnly,
  numbered,
  type Raw,
  zeroRecord,
} from '../../fixtures/invocation-records';
import { run } from '../../cli/command-line';
import { file, lines } from '../../cli/replaying';
import { meterOf, messages } from '../../engine/metering/harness';
import { FakeSources } from '../publish-signals/fake-sources';

const DAY = '2026-11-20';
const FROM = Date.parse(`${DAY}T00:00:00Z`);
const PERIOD = { from: FROM, until: FROM + 86_400_000, timeZone: 'UTC' };

/** Two days of records, some of them copies, failed, or without a price; the prompt is one that must not be seen again. */
const RECORDS: readonly Raw[] = [
  metadataOnly,
  converse,
  anthropicStream,
  embedding,
  failed,
  { ...metadataOnly, modelId: 'acme.unknown' },
].flatMap((record, kind) =>
  Array.from({ length: 5 }, (_, i) => ({
    ...numbered(record, 100 * kind + i),
    timestamp: `${i < 3 ? DAY : '2026-11-19'}T${String(3 * i + kind).padStart(2, '0')}:15:00Z`,
    identity: { arn: `arn:aws:sts::111122223333:assumed-role/app-${i % 2}/session` },
  })),
);
const ALL = [...RECORDS, RECORDS[0]!, { ...zeroRecord, timestamp: `${DAY}T05:00:00Z` }];

/** What the deployed digest makes of the ledger of these records, which came to one or several functions in batches. */
async function fromLedger(...batches: ReadonlyArray<readonly Raw[]>): Promise<Digest> {
  const rows: LogRow[] = [];
  for (const records of batches) {
    const { meter, ledger } = meterOf({ LEDGER: 'perCall' });
    await meter.meter(messages(records));
    rows.push(...ledger().map((line) => eventRow(JSON.stringify(line), rows.length)));
  }
  const sources = new FakeSources(undefined, [], (query) => {
    // The interpreter knows no patterns: the one about the time is applied here.
    const [clause = '', pattern = ''] = / and time like \/(.+?)\//.exec(query) ?? [];
    const inTime = rows.filter((row) => new RegExp(pattern).test(String(row.get('time'))));
    return runQuery(query.replace(clause, ''), inTime).rows.map((row) =>
      Object.fromEntries([...row].map(([name, value]) => [name, String(value)])),
    );
  });
  return digestOf(await ledgerFacts(sources, { ledger: 'ledger', meterFunction: 'meter' }, PERIOD), PERIOD);
}

test('the digest from the ledger and the one from the same records offline agree', async () => {
  const { code, out } = run(['digest', file(lines(...ALL)), '--from', DAY, '--json']);
  const offline = JSON.parse(out) as Digest;
  const deployed = await fromLedger(ALL);

  expect(code).toBe(0);
  const { change, newPriceRows, ownCosts, ...comparable } = deployed;
  expect(comparable).toEqual(offline);
  expect(offline.calls).toBeGreaterThan(10);
  expect(offline.unpriced).toContainEqual(expect.objectContaining({ model: 'acme.unknown', calls: 3 }));
  expect(offline.failedCalls).toBe(3);
  expect([change, newPriceRows, ownCosts?.length]).toEqual([expect.any(Number), expect.any(Array), 2]);
});

test('lines that come twice change nothing, nor the error of a call that another function priced, in either order', async () => {
  const once = await fromLedger(ALL);
  const priced = RECORDS.filter(({ timestamp, modelId }) => String(timestamp).startsWith(DAY) && modelId !== 'acme.unknown').slice(0, 4);
  const errors = priced.map(({ requestId, timestamp, identity, modelId }) => ({ ...failed, requestId, timestamp, identity, modelId }));
  for (const batches of [
    [ALL, ALL],
    [ALL, RECORDS.slice(3, 9), ALL],
    [ALL, errors],
    [errors, ALL],
  ]) {
    expect(await fromLedger(...batches)).toEqual(once);
  }
});

test('an error record and the priced one of its call are the same offline, in either order', () => {
  const error = { ...failed, requestId: metadataOnly.requestId, timestamp: metadataOnly.timestamp };
  const day = String(metadataOnly.timestamp).slice(0, 10);
  for (const records of [
    [error, metadataOnly, error],
    [metadataOnly, error],
    [error, error, metadataOnly, metadataOnly],
  ]) {
    const offline = JSON.parse(run(['digest', file(lines(...records)), '--from', day, '--json']).out) as Digest;
    expect(offline).toMatchObject({ calls: 1, failedCalls: 0, usd: '0.021698' });
  }
});

test('its total is that of replay', () => {
  const path = file(lines(...ALL));
  const { out } = run(['replay', path, '--from', DAY, '--to', DAY]);
  const { usd } = JSON.parse(run(['digest', path, '--from', DAY, '--json']).out) as Digest;
  const [, total] = /exactly USD (\d+\.\d+)/.exec(out) ?? [];
  expect(Number(usd)).toBeCloseTo(Number(total), 5);
});

test('more roles than are told apart are named as a limit, and all are in the total', () => {
  const records = Array.from({ length: 10_002 }, (_, i) => ({
    ...numbered(embedding, i),
    timestamp: `${DAY}T05:00:00Z`,
    identity: { arn: `arn:aws:sts::111122223333:assumed-role/app-${i}/s` },
  }));
  const { calls, callers, limits } = JSON.parse(run(['digest', file(lines(...records)), '--from', DAY, '--json']).out) as Digest;
  expect([calls, callers.length, limits]).toEqual([10_002, 10, [expect.stringContaining('more than 10000 pairs of model and role')]]);
});

test('no prompt and no answer is in it', async () => {
  const digest = JSON.stringify(await fromLedger(ALL));
  const texts = [...JSON.stringify([converse, anthropicStream]).matchAll(/"text":"([^"]+)"/g)].map(([, text]) => text!);
  expect(texts.length).toBeGreaterThan(1);
  texts.forEach((text) => expect(digest).not.toContain(text));
});

test('prints a message, and says of an empty day that it is empty', () => {
  const path = file(lines(...ALL));
  expect(run(['digest', path, '--from', DAY]).out).toContain('Amazon Bedrock, 2026-11-20 (UTC)\n\nUSD ');
  expect(run(['digest', path, '--from', '2026-11-01']).out).toContain('No calls were recorded.');
});

test.each<[string, string[], string]>([
  ['a date that is none', ['--from', 'yesterday'], "'--from' must be a day like 2026-09-01"],
  [
    'an end before the beginning',
    ['--from', '2026-11-20', '--to', '2026-11-19'],
    "'--from' must be before the end of '--to', got '2026-11-20' and '2026-11-19'",
  ],
  ['no beginning', [], "required option '--from <date>' not specified"],
])('fails on %s', (_, args, message) => {
  const { code, err } = run(['digest', file(lines(...ALL)), ...args]);
  expect(code).toBe(1);
  expect(err).toContain(message);
});
