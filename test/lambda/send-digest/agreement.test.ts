import { type Digest, digestOf } from '../../../engine/digest/digest';
import type { DigestFacts } from '../../../engine/digest/digest-facts';
import {
  anthropicStream,
  APPLICATION_PROFILE_ARN,
  blocked,
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
import { factsFromLedger, factsFromTable } from './from-ledger';

const DAY = '2026-11-20';
const FROM = Date.parse(`${DAY}T00:00:00Z`);
const PERIOD = { from: FROM, until: FROM + 86_400_000, timeZone: 'UTC' };

/** Two days of records, some of them copies, failed, blocked, through a profile, or without a price; the prompt is one that must not be seen again. */
const RECORDS: readonly Raw[] = [
  metadataOnly,
  converse,
  anthropicStream,
  embedding,
  failed,
  blocked,
  { ...metadataOnly, modelId: 'acme.unknown' },
  { ...metadataOnly, modelId: APPLICATION_PROFILE_ARN },
  { ...failed, modelId: APPLICATION_PROFILE_ARN },
  { ...metadataOnly, errorCode: 'ModelStreamErrorException' },
].flatMap((record, kind) =>
  Array.from({ length: 5 }, (_, i) => ({
    ...numbered(record, 100 * kind + i),
    timestamp: `${i < 3 ? DAY : '2026-11-19'}T${String(3 * i + kind).padStart(2, '0')}:15:00Z`,
    identity: { arn: `arn:aws:sts::111122223333:assumed-role/app-${i % 2}/session` },
  })),
);
const ALL = [...RECORDS, RECORDS[0]!, { ...zeroRecord, timestamp: `${DAY}T05:00:00Z` }];

/** What the deployed digest makes of the ledger of these records. */
const fromLedger = async (...batches: ReadonlyArray<readonly Raw[]>): Promise<Digest> =>
  digestOf(await factsFromLedger(PERIOD, batches, { metric: () => 1000 }), PERIOD);

test('the digest from the ledger and the one from the same records offline agree', async () => {
  const { code, out } = run(['digest', file(lines(...ALL)), '--from', DAY, '--json']);
  const offline = JSON.parse(out) as Digest;
  const deployed = await fromLedger(ALL);

  expect(code).toBe(0);
  const { change, newPriceRows, ownCosts, ...comparable } = deployed;
  expect(comparable).toEqual(offline);
  expect(offline.calls).toBeGreaterThan(10);
  expect(offline.unpriced).toContainEqual(expect.objectContaining({ model: 'acme.unknown', calls: 3 }));
  expect([offline.calls, offline.failedCalls]).toEqual([30, 9]);
  expect(offline.profiles).toEqual([{ profile: APPLICATION_PROFILE_ARN, calls: 6, failedCalls: 3 }]);
  expect([change, newPriceRows, ownCosts?.length]).toEqual([expect.any(Number), expect.any(Array), 2]);
});

test('lines that come twice change nothing', async () => {
  const once = await fromLedger(ALL);
  for (const batches of [
    [ALL, ALL],
    [ALL, RECORDS.slice(3, 9), ALL],
  ]) {
    expect(await fromLedger(...batches)).toEqual(once);
  }
});

test('the digest from the table is that from the log group, in either order and with copies', async () => {
  const error = { ...RECORDS[0]!, errorCode: 'ModelStreamErrorException', input: {}, output: {} };
  for (const batches of [[ALL], [ALL, RECORDS.slice(3, 9)], [[error], ALL]]) {
    const digest = (facts: DigestFacts) => ({ ...digestOf(facts, PERIOD), ownCosts: [] });
    expect(digest(await factsFromTable(PERIOD, batches))).toEqual(digest(await factsFromLedger(PERIOD, batches)));
  }
});

test('the error of a call that another function priced makes it a failed one, in either order, and changes nothing else', async () => {
  const once = await fromLedger(ALL);
  const priced = RECORDS.filter(({ timestamp, modelId }) => String(timestamp).startsWith(DAY) && modelId === metadataOnly.modelId).slice(
    0,
    3,
  );
  const errors = priced.map(({ requestId, timestamp, identity, modelId }) => ({ ...failed, requestId, timestamp, identity, modelId }));
  for (const batches of [
    [ALL, errors],
    [errors, ALL],
  ]) {
    const { failedCalls, models, callers, ...rest } = await fromLedger(...batches);
    expect(failedCalls).toBe(once.failedCalls + 3);
    expect({ ...once, ...rest }).toEqual(once);
    expect([models, callers].map((lines) => lines.map(({ calls, usd }) => [calls, usd]))).toEqual(
      [once.models, once.callers].map((lines) => lines.map(({ calls, usd }) => [calls, usd])),
    );
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
    expect(offline).toMatchObject({ calls: 1, failedCalls: 1, usd: '0.021698' });
  }
});

test('its total, its calls and the failed ones among them are those of replay', () => {
  const path = file(lines(...ALL));
  const { total } = JSON.parse(run(['replay', path, '--from', DAY, '--to', DAY, '--format', 'json']).out) as {
    total: { calls: number; failed: number; costUsd: string };
  };
  const { usd, calls, failedCalls } = JSON.parse(run(['digest', path, '--from', DAY, '--json']).out) as Digest;
  expect([calls, failedCalls]).toEqual([total.calls, total.failed]);
  expect(Number(usd)).toBeCloseTo(Number(total.costUsd), 5);
});

test('more roles than are told apart are named as a limit, and all are in the total', () => {
  const records = Array.from({ length: 10_002 }, (_, i) => ({
    ...numbered(embedding, i),
    timestamp: `${DAY}T05:00:00Z`,
    identity: { arn: `arn:aws:sts::111122223333:assumed-role/app-${i}/s` },
  }));
  const { calls, callers, limits } = JSON.parse(run(['digest', file(lines(...records)), '--from', DAY, '--json']).out) as Digest;
  expect([calls, callers.length, limits]).toEqual([
    10_002,
    10,
    [expect.stringContaining('more than 10000 combinations of model, role and profile')],
  ]);
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
