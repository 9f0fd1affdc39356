import { run, runInProcess } from './command-line';
import { call, file, lines } from './replaying';
import type { Raw } from '../fixtures/invocation-records';

const SONNET = 'us.anthropic.claude-sonnet-4-6';
const written = (ttl: string, inputTokens: number) => ({
  usage: { inputTokens: 0, outputTokens: 0, cacheDetails: [{ ttl, inputTokens }] },
});
const cached = (n: number, ttl: string): Raw =>
  call(n, {
    modelId: SONNET,
    input: { inputTokenCount: 1000, cacheReadInputTokenCount: 5000, cacheWriteInputTokenCount: 100 },
    output: { outputTokenCount: 300, outputBodyJson: written(ttl, 100) },
  });
const nova = (n: number, more: Raw = {}): Raw =>
  call(n, { modelId: 'amazon.nova-pro-v1:0', input: { inputTokenCount: 1000 }, output: { outputTokenCount: 300 }, ...more });

interface Result {
  readonly calls: number;
  readonly levers: ReadonlyArray<{ lever: string; calls: number; nowUsd: string; thenUsd: string; savesUsd: string; models: unknown[] }>;
}

async function whatif(records: readonly Raw[], ...args: string[]): Promise<Result> {
  const { code, out } = await runInProcess(['whatif', file(lines(...records)), '--json', ...args]);
  expect(code).toBe(0);
  return JSON.parse(out) as Result;
}

const amounts = ({ levers }: Result) =>
  levers.map(({ lever, calls, nowUsd, thenUsd, savesUsd }) => [lever, calls, nowUsd, thenUsd, savesUsd]);

test('each lever is exact to the row, the largest saving first, and what costs more is said too', async () => {
  // Sonnet 4.6, per million: 3.30, 0.33, 4.125 or 6.60, 16.50; global a tenth of it less. Nova Pro: 0.80 and 3.20, half in flex and batch.
  expect(amounts(await whatif([cached(1, '5m'), nova(2)]))).toEqual([
    ['global profile', 1, '0.0103125', '0.009375', '0.0009375'],
    ['flex tier', 1, '0.00176', '0.00088', '0.00088'],
    ['batch inference', 1, '0.00176', '0.00088', '0.00088'],
    ['cache for 1 hour', 1, '0.0103125', '0.01056', '-0.0002475'],
  ]);
});

test('a lifetime of an hour can be 5 minutes, and another model is compared where it prices every kind', async () => {
  const { levers } = await whatif([cached(1, '1h'), cached(4, '5m'), nova(2), nova(3)], '--model', 'amazon.nova-lite-v1:0');
  expect(levers.find(({ lever }) => lever === 'cache for 5 minutes')).toMatchObject({ calls: 1, savesUsd: '0.0002475' });
  expect(levers.find(({ lever }) => lever === 'amazon.nova-lite-v1:0')?.models).toHaveLength(2);
});

test('a price that is not published is no answer: no fallback to another tier, no missing kind, no hours, no call without a price', async () => {
  const results = await whatif([
    call(1, { modelId: 'global.anthropic.claude-sonnet-4-6', input: { inputTokenCount: 5 }, output: { outputTokenCount: 5 } }),
    nova(2, { modelId: 'acme.unknown-v1:0' }),
    nova(3, { modelId: 'arn:aws:bedrock:us-east-1:111122223333:provisioned-model/abc' }),
    nova(4, { errorCode: 'ThrottlingException', input: {}, output: {} }),
  ]);
  expect(results).toMatchObject({ calls: 4, failed: 1 });
  expect(results.levers.filter(({ lever }) => lever !== 'batch inference')).toEqual([]);
});

test('a copy counts once, and only calls of the period count', async () => {
  expect(amounts(await whatif([nova(2), nova(2)]))[0]![1]).toBe(1);
  expect((await whatif([nova(2)], '--from', '2026-11-21')).levers).toEqual([]);
});

test('the text says what each lever assumes and what the caller would notice', () => {
  const { code, out } = run(['whatif', file(lines(cached(1, '5m')))]);
  expect(code).toBe(0);
  expect(out).toContain('global profile');
  expect(out).toMatch(/assumes: the same tokens in and out\n {4}changes: data may leave its geography/);
});

test('without another price the text says so', async () => {
  const unknown = nova(2, { modelId: 'acme.unknown-v1:0' });
  expect((await runInProcess(['whatif', file(lines(unknown))])).out).toBe('1 call: none of them has another published price\n');
});

test('a model that the catalogue does not have is refused with the nearest ids', async () => {
  const ran = await runInProcess(['whatif', file(lines(nova(1))), '--model', 'us.anthropic.claude-sonet-4-6']);
  expect(ran).toMatchObject({
    code: 2,
    out: '',
    err: expect.stringContaining("'--model us.anthropic.claude-sonet-4-6' is not in the price catalogue"),
  });
  expect(ran.err).toContain('anthropic.claude-sonnet-4-6');
});

const LONG = { messages: [{ role: 'user', content: [{ text: 'a long contract' }] }] };
const prompted = (n: number, minute: number, more: Raw = {}): Raw =>
  call(n, {
    modelId: SONNET,
    timestamp: `2026-11-20T10:${String(minute).padStart(2, '0')}:00Z`,
    input: { inputTokenCount: 10_000, inputBodyJson: LONG },
    output: { outputTokenCount: 100 },
    ...more,
  });
const repeated = (result: Result) => result.levers.find(({ lever }) => lever === 'cache repeated prompts');

test('a prompt that comes again within 5 minutes would have been read from a cache; what comes later is written again', async () => {
  // At 3.30 in, 4.125 to write and 0.33 to read: two writes, at minute 0 and 9, and two reads, at 4 and 8, each 5 minutes after the last use.
  const result = await whatif([prompted(4, 14), prompted(1, 0), prompted(2, 4), prompted(3, 8)]);
  expect(repeated(result)).toMatchObject({ calls: 4, nowUsd: '0.1386', thenUsd: '0.0957', savesUsd: '0.0429' });
});

test.each<[string, readonly Raw[]]>([
  ['that comes again after 5 minutes', [prompted(1, 0), prompted(2, 5)]],
  ['that is too short for a cache', [1, 2].map((n) => prompted(n, n, { input: { inputTokenCount: 4095, inputBodyJson: LONG } }))],
  ['without text', [1, 2].map((n) => prompted(n, n, { input: { inputTokenCount: 10_000 } }))],
  ['of another model', [prompted(1, 0), prompted(2, 1, { modelId: 'global.anthropic.claude-sonnet-4-6' })]],
  ['of another account', [prompted(1, 0), prompted(2, 1, { accountId: '444455556666' })]],
  ['of a model without prices of a cache', [1, 2].map((n) => prompted(n, n, { modelId: 'mistral.mistral-large-2402-v1:0' }))],
  ['that failed', [prompted(1, 0), prompted(2, 1, { errorCode: 'ThrottlingException', output: {} })]],
])('no cache would have helped a prompt %s', async (_, records) => {
  expect(repeated(await whatif(records))).toBeUndefined();
});

test('prompts are compared by all of their text, however long it is, in every form', async () => {
  const text = 'a long contract '.repeat(1000);
  const records = ['a', 'b', 'a'].map((end, n) =>
    prompted(n, n, {
      input: { inputTokenCount: 10_000, inputBodyJson: { messages: [{ role: 'user', content: [{ text: text + end }] }] } },
    }),
  );
  const events = JSON.stringify({ events: records.map((record) => ({ message: JSON.stringify(record) })) });
  for (const each of [lines(...records), JSON.stringify(records, undefined, 2), events]) {
    const { out } = await runInProcess(['whatif', file(each), '--json']);
    expect(repeated(JSON.parse(out) as Result)).toMatchObject({ calls: 2 });
  }
});

const ledgerLine = (n: number, minute: number, more: Raw = {}): string =>
  JSON.stringify({
    ledger: 1,
    time: `2026-11-20T10:${String(minute).padStart(2, '0')}:00.000Z`,
    accountId: '111122223333',
    region: 'us-east-1',
    modelId: SONNET,
    model: 'anthropic.claude-sonnet-4-6',
    routing: 'regional',
    status: 'priced',
    requestId: `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`,
    tokens: { input: 10_000, output: 100 },
    costUsd: 0.03465,
    promptHash: 'c0ffee',
    ...more,
  });

test('the ledger has hashes of prompts without their text, and gives the same amounts as the records', async () => {
  const ledger = file(lines(ledgerLine(1, 0), ledgerLine(1, 0), ledgerLine(2, 4), ledgerLine(3, 8), ledgerLine(4, 14), 'START RequestId'));
  const { code, out } = await runInProcess(['whatif', '--ledger', ledger, '--json']);
  expect(code).toBe(0);
  expect(JSON.parse(out)).toEqual(await whatif([prompted(1, 0), prompted(2, 4), prompted(3, 8), prompted(4, 14)]));
});

test('of the ledger too, only priced calls of the period count, each once', async () => {
  const unpriced = ledgerLine(2, 1, { status: 'unpriced', costUsd: undefined });
  const failed = ledgerLine(3, 2, { status: 'ignored', errorCode: 'ThrottlingException', tokens: undefined, costUsd: undefined });
  const ofBoth = ledgerLine(1, 3, { status: 'ignored', errorCode: 'ModelErrorException', tokens: undefined, costUsd: undefined });
  const ledger = file(lines(ofBoth, ledgerLine(1, 0), unpriced, failed, failed, ledgerLine(4, 0, { time: '2026-12-01T00:00:00.000Z' })));
  const { out } = await runInProcess(['whatif', '--ledger', ledger, '--json', '--to', '2026-11-20']);
  const result = JSON.parse(out) as Result;
  expect(result).toMatchObject({ calls: 3, failed: 2, promptsNotCompared: 0 });
  expect(result.levers.map(({ lever, calls }) => [lever, calls])).toEqual([
    ['batch inference', 1],
    ['global profile', 1],
  ]);
});

test('records or the ledger, one of them', async () => {
  for (const args of [[], ['x', '--ledger', 'y']]) {
    expect(await runInProcess(['whatif', ...args])).toMatchObject({ code: 1, err: expect.stringContaining('give either records') });
  }
  const none = file('{"other": 1}\n');
  expect(await runInProcess(['whatif', '--ledger', none])).toMatchObject({
    code: 1,
    err: expect.stringContaining('no line of the ledger'),
  });
});

test('the digest names the lever that would have saved most', async () => {
  const { out } = await runInProcess(['digest', file(lines(cached(1, '5m'), nova(2))), '--from', '2026-11']);
  expect(out).toContain('What would have saved most\n- global profile: less than USD 0.01 less of the USD 0.01 of 1 call');
});
