import { gzipSync } from 'node:zlib';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { LedgerWriter } from '../../../engine/ledger/ledger-writer';
import { PriceEngine } from '../../../engine/pricing/price-engine';
import { Duplicates } from '../../../engine/rating/duplicates';
import { Rater } from '../../../engine/rating/rater';
import { parseRecord } from '../../../engine/records/parse-record';
import { parseUsd } from '../../../engine/pricing/usd-text';
import { runInProcess, temporaryFolder } from '../command-line';
import { file } from '../replaying';
import { csvOf, curRow, type CurRow, usageOf } from './billed-rows';

const MODELS = ['us.anthropic.claude-sonnet-4-6', 'global.anthropic.claude-haiku-4-5-20251001-v1:0', 'amazon.nova-pro-v1:0'];
const ROLES = ['app', 'search'];

/** A month of calls in two accounts. */
const records = Array.from({ length: 600 }, (_, n) =>
  JSON.stringify({
    schemaType: 'ModelInvocationLog',
    schemaVersion: '1.0',
    timestamp: new Date(Date.UTC(2026, 9, 1) + (n % 30) * 86_400_000 + n * 1000).toISOString(),
    accountId: n % 4 === 0 ? '444455556666' : '111122223333',
    region: 'us-east-1',
    requestId: `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`,
    operation: 'Converse',
    modelId: MODELS[n % MODELS.length],
    identity: { arn: `arn:aws:sts::111122223333:assumed-role/${ROLES[n % 2]}/session-${n % 3}` },
    input: { inputTokenCount: 1000 + n },
    output: { outputTokenCount: 100 + (n % 7) },
  }),
);
const logs = file(records.join('\n'));
const ours = usageOf(records);
const agreed = ours.map(curRow);
const total = ours.reduce((sum, { low = 0n }) => sum + low, 0n);
const AS_OF = ['--as-of', '2026-11-20'];

interface Document {
  readonly driftPercent: number | null;
  readonly isComplete: boolean;
  readonly total: { readonly ours: string; readonly billed: string };
  readonly by: readonly Readonly<Record<string, string>>[];
  readonly kinds: ReadonlyArray<{ readonly kind: string; readonly usd: string }>;
  readonly setAside: ReadonlyArray<{ readonly isRestated: boolean; readonly usd: string; readonly usdUsed: string }>;
  readonly beside: Readonly<Record<string, string>>;
}

async function reconcile(rows: readonly CurRow[] | string, ...args: string[]) {
  const bill = typeof rows === 'string' ? rows : file(csvOf(rows), `bill-${++bills}.csv`);
  const { out, err, code } = await runInProcess(['reconcile', logs, '--bill', bill, ...AS_OF, '--format', 'json', ...args]);
  return { document: JSON.parse(out) as Document, err, code };
}
let bills = 0;

const kindsOf = ({ kinds }: Document): Record<string, string> => Object.fromEntries(kinds.map(({ kind, usd }) => [kind, usd]));

test('a bill that agrees: no difference by model, day, account and principal, and a drift of 0', async () => {
  for (const by of ['model', 'day', 'account', 'principal', 'usage-type', 'region']) {
    const { document, code } = await reconcile(agreed, '--by', by);
    expect(code).toBe(0);
    expect(document).toMatchObject({ driftPercent: 0, kinds: [] });
    expect(document.by.map(({ difference }) => difference)).toEqual(document.by.map(() => '0'));
    expect(parseUsd(document.total.ours)).toBe(total);
  }
});

test('each planted difference is named with its kind and its amount', async () => {
  const of = (model: string, kind: string, at = 0): number =>
    agreed.indexOf(agreed.filter((_, n) => ours[n]!.model === model && ours[n]!.kind === kind)[at]!);
  const rows = agreed.map((row) => ({ ...row }));
  const sonnet = of('anthropic.claude-sonnet-4-6', 'input');
  const haiku = of('anthropic.claude-haiku-4-5-20251001-v1:0', 'output');
  const nova = of('amazon.nova-pro-v1:0', 'input');
  const free = of('amazon.nova-pro-v1:0', 'output', 3);
  // A call more on the bill: 1,000,000 input tokens of Sonnet at 3.3 USD.
  rows[sonnet]!.line_item_usage_amount = String(Number(rows[sonnet]!.line_item_usage_amount) + 1);
  rows[sonnet]!.line_item_unblended_cost = String(Number(rows[sonnet]!.line_item_unblended_cost) + 3.3);
  rows[haiku]!.line_item_unblended_cost = String(Number(rows[haiku]!.line_item_unblended_cost) + 0.5);
  rows[free]!.line_item_unblended_cost = '0';
  const batch = { ...rows[nova]!, line_item_usage_type: 'USE1-NovaPro-input-tokens-batch', line_item_unblended_cost: '7.25' };
  const unknown = { ...rows[nova]!, line_item_usage_type: 'USE1-NovaPro-surprises', line_item_unblended_cost: '0.75' };
  const discount = { ...rows[nova]!, line_item_line_item_type: 'EdpDiscount', line_item_unblended_cost: '-0.001' };
  const credit = { ...rows[nova]!, line_item_line_item_type: 'Credit', line_item_unblended_cost: '-4' };
  const { document } = await reconcile([...rows, batch, unknown, discount, credit]);
  expect(kindsOf(document)).toEqual({
    unrecorded: '3.3',
    price: '0.5',
    freeTier: `-${agreed[free]!.line_item_unblended_cost}`,
    unseenSource: '7.25',
    unclassified: '0.75',
    discount: '-0.001',
  });
  expect(document.beside).toEqual({ credit: '-4' });
});

test('ledger lines give the figures of the records, and a second line of a call counts once', async () => {
  const rater = new Rater(new PriceEngine(), new Duplicates());
  const writer = new LedgerWriter([]);
  const lines = records.map((record) => {
    const parsed = parseRecord(record);
    if (parsed.kind !== 'call') throw new Error(parsed.reason);
    return writer.line(rater.rate(parsed), { outsideMetricWindow: false });
  });
  const ledger = file([...lines, lines[0]!].map((line) => `2026-10-01T00:00:00.000Z ${line}`).join('\n'), 'ledger.log');
  const bill = file(csvOf(agreed), 'agreed.csv');
  const { out } = await runInProcess(['reconcile', '--ledger', ledger, '--bill', bill, ...AS_OF, '--format', 'json']);
  const document = JSON.parse(out) as Document;
  expect(document).toMatchObject({ driftPercent: 0, kinds: [] });
  expect(parseUsd(document.total.ours)).toBe(total);
});

test('a month that was delivered again counts once, and so does another export; both are said', async () => {
  const folder = temporaryFolder();
  const restated = agreed.map((row, at) =>
    at === 0 ? { ...row, line_item_unblended_cost: String(Number(row.line_item_unblended_cost) + 2) } : row,
  );
  [agreed, restated].forEach((rows, at) => {
    mkdirSync(join(folder, `2026110${at + 1}T000000Z`));
    const half = Math.floor(rows.length / 2);
    writeFileSync(join(folder, `2026110${at + 1}T000000Z`, 'costs-00001.csv.gz'), gzipSync(csvOf(rows.slice(0, half))));
    writeFileSync(join(folder, `2026110${at + 1}T000000Z`, 'costs-00002.csv.gz'), gzipSync(csvOf(rows.slice(half))));
  });
  const focus = agreed.map((row) => ({
    ...{ ServiceName: 'Amazon Bedrock', ChargeCategory: 'Usage', BilledCost: row.line_item_unblended_cost!, EffectiveCost: '' },
    ChargePeriodStart: row.line_item_usage_start_date!,
    SubAccountId: row.line_item_usage_account_id!,
  }));
  const { document } = await reconcile(folder, '--bill', file(csvOf(focus), 'focus.csv'));
  expect(document.setAside.map(({ isRestated }) => isRestated).sort()).toEqual([false, true]);
  expect(document.setAside.every(({ usd, usdUsed }) => Math.abs(Number(usdUsed) - Number(usd) - 2) < 1e-9)).toBe(true);
  expect(kindsOf(document)).toEqual({ price: '2' });
});

test('the answers of Cost Explorer, and data that is not ready, which is not zero', async () => {
  const groups = (day: string) =>
    agreed
      .filter(({ line_item_usage_start_date: start }) => start!.startsWith(day))
      .map((row) => ({
        Keys: [(JSON.parse(row.product!) as { product_name: string }).product_name, row.line_item_usage_type],
        Metrics: {
          UnblendedCost: { Amount: row.line_item_unblended_cost, Unit: 'USD' },
          UsageQuantity: { Amount: row.line_item_usage_amount, Unit: 'N/A' },
        },
      }));
  const days = [...new Set(ours.map(({ day }) => day))].sort();
  const answer = {
    GroupDefinitions: ['SERVICE', 'USAGE_TYPE'].map((Key) => ({ Type: 'DIMENSION', Key })),
    ResultsByTime: days.map((day) => ({
      TimePeriod: { Start: day, End: new Date(Date.parse(day) + 86_400_000).toISOString().slice(0, 10) },
      Groups: groups(day),
      Estimated: true,
    })),
  };
  const { document } = await reconcile(file(JSON.stringify(answer), 'ce.json'));
  expect(document).toMatchObject({ driftPercent: 0, kinds: [] });
  const notReady = await reconcile(file('{"__type":"DataUnavailableException","message":"Data is not ready"}', 'not-ready.json'));
  expect(notReady).toMatchObject({ code: 3, document: { driftPercent: null, isComplete: false } });
  expect(notReady.err).toContain('not ready');
});

test.each([
  ['a row without an amount', () => csvOf([{ ...agreed[0]!, line_item_unblended_cost: '' }, agreed[1]!]), 'bill-a.csv', 'is not a number'],
  ['a file that is no bill', () => 'a,b\n1,2\n', 'bill-b.csv', 'neither those of a Cost and Usage Report'],
  [
    'a manifest that names a file that is not there',
    () => '{"dataFiles":["s3://b/costs-00009.csv.gz"]}',
    'm-Manifest.json',
    'costs-00009.csv.gz',
  ],
])('%s is named, and the result incomplete', async (_, content, name, said) => {
  const { err, code, document } = await reconcile(file(content(), name));
  expect(err).toContain(said);
  expect(code).toBe(3);
  expect(document.isComplete).toBe(false);
});

test.each([
  [['--bill', 'x.csv'], 'name the logs'],
  [[logs], "'--bill"],
  [
    [logs, '--bill', file(csvOf([{ ...agreed[0]!, product: '{}', line_item_product_code: 'AmazonS3' }]), 's3.csv')],
    'no lines of Amazon Bedrock',
  ],
  [[logs, '--bill', 'x.csv', '--from', '2026-11', '--to', '2026-10'], "'--from' must be before"],
])('a command that cannot work says why: %j', async (args, said) => {
  const { err, code } = await runInProcess(['reconcile', ...args]);
  expect(code).toBe(1);
  expect(err).toContain(said);
});

test('as a table: sums, why they differ with examples, and how true they are', async () => {
  const rows = agreed.map((row, at) => (at === 0 ? { ...row, line_item_unblended_cost: '5' } : row));
  const { out } = await runInProcess(['reconcile', logs, '--bill', file(csvOf(rows), 'table.csv'), ...AS_OF]);
  expect(out).toContain('Why they differ');
  expect(out).toMatch(/price \+\d/);
  expect(out).toMatch(/True to the bill, model by model, but for \d/);
  expect(out).toContain('2026-10-30, 504 hours before it was read');
});
