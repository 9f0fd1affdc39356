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
  expect(out).toMatch(/assumes the same tokens in and out\n {4}changes any commercial Region may answer/);
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
