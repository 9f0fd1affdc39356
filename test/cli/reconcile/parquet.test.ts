import { createReadStream, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { wholeParquet } from '../../../cli/reconcile/whole-parquet';
import { runInProcess, temporaryFolder } from '../command-line';
import { file } from '../replaying';
import { csvOf, curRow, type CurRow, usageOf } from './billed-rows';

const MODELS = ['us.anthropic.claude-sonnet-4-6', 'global.anthropic.claude-haiku-4-5-20251001-v1:0', 'amazon.nova-pro-v1:0'];
const records = Array.from({ length: 90 }, (_, n) =>
  JSON.stringify({
    ...{ schemaType: 'ModelInvocationLog', schemaVersion: '1.0', accountId: '111122223333', region: 'us-east-1', operation: 'Converse' },
    timestamp: new Date(Date.UTC(2026, 9, 1) + (n % 30) * 86_400_000).toISOString(),
    requestId: `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`,
    modelId: MODELS[n % MODELS.length],
    identity: { arn: 'arn:aws:sts::111122223333:assumed-role/app/session' },
    input: { inputTokenCount: 1000 + n },
    output: { outputTokenCount: 100 + (n % 7) },
  }),
);
const logs = file(records.join('\n'));
const agreed = usageOf(records).map(curRow);
const folder = temporaryFolder();

/** As an export has them: times, doubles, and a map of attributes. */
const TYPES = `* REPLACE (cast(line_item_usage_start_date as timestamp) as line_item_usage_start_date,
  cast(line_item_usage_amount as double) as line_item_usage_amount, cast(line_item_unblended_cost as double) as line_item_unblended_cost,
  cast(cast(product as json) as map(varchar, varchar)) as product), map {'team': 'a'} as resource_tags`;

/** An export in Parquet, written by another program than the one that reads it here. */
async function parquetOf(
  rows: readonly CurRow[],
  name: string,
  { select = TYPES, where = 'true', compression = 'snappy' } = {},
): Promise<string> {
  const csv = join(folder, `${name}.csv`);
  const path = join(folder, `${name}.parquet`);
  writeFileSync(csv, csvOf(rows));
  const connection = await (await DuckDBInstance.create()).connect();
  await connection.run(
    `copy (select ${select} from read_csv('${csv}', all_varchar = true) where ${where}) to '${path}' (format parquet, compression ${compression}, row_group_size 40)`,
  );
  connection.closeSync();
  return path;
}

async function reconcile(...bills: readonly string[]) {
  const options = bills.flatMap((bill) => ['--bill', bill]);
  const { out, err, code } = await runInProcess([
    'reconcile',
    logs,
    ...options,
    '--as-of',
    '2026-11-20',
    '--format',
    'json',
    '--by',
    'principal',
  ]);
  return { document: out === '' ? undefined : (JSON.parse(out) as Record<string, unknown>), err, code };
}

test.each(['snappy', 'gzip', 'uncompressed', 'brotli'])(
  'an export of CUR 2.0 in Parquet is compared as the same one in CSV: %s',
  async (compression) => {
    const parquet = await reconcile(await parquetOf(agreed, `costs-${compression}`, { compression }));
    const csv = await reconcile(file(csvOf(agreed), 'costs.csv'));
    expect(parquet.err).toBe(csv.err);
    expect(parquet).toMatchObject({ code: 0, document: { driftPercent: 0, kinds: [], isComplete: true } });
    expect(parquet.document).toEqual(csv.document);
  },
);

test('a whole amount of USD has no rounding of half a dollar, which would explain away what differs', async () => {
  const rows = agreed.map((row, at) => (at === 0 ? { ...row, line_item_unblended_cost: '1' } : row));
  const { document } = await reconcile(await parquetOf(rows, 'whole'));
  expect(document).toMatchObject({ kinds: [expect.objectContaining({ kind: 'price' })] });
});

test('a month that was delivered again in Parquet counts once, and a file that the manifest names and that is missing is said', async () => {
  const first = join(folder, 'first');
  const second = join(folder, 'second');
  [first, second].forEach((path) => mkdirSync(path));
  writeFileSync(join(first, 'costs-00001.snappy.parquet'), readFileSync(await parquetOf(agreed.slice(5), 'old')));
  writeFileSync(join(second, 'costs-00001.snappy.parquet'), readFileSync(await parquetOf(agreed, 'new')));
  const { document, code } = await reconcile(first, second);
  expect(code).toBe(0);
  expect(document).toMatchObject({ driftPercent: 0, setAside: [expect.objectContaining({ isRestated: true })] });
  const dataFiles = [1, 2].map((part) => `s3://exports/data/BILLING_PERIOD=2026-10/costs-0000${part}.snappy.parquet`);
  writeFileSync(join(second, 'costs-Manifest.json'), JSON.stringify({ dataFiles }));
  const incomplete = await reconcile(second);
  expect(incomplete).toMatchObject({ code: 3, document: { isComplete: false } });
  expect(incomplete.err).toContain('costs-00002.snappy.parquet: a manifest names it, and it was not read');
});

test('an export without rows is read, and said to have none', async () => {
  const { err, code } = await reconcile(await parquetOf(agreed, 'none', { where: 'false' }));
  expect(err).toContain('there are no lines of Amazon Bedrock in');
  expect(err).toContain('0 rows were read');
  expect(code).toBe(1);
});

test('FOCUS in Parquet', async () => {
  const select = `'Usage' as "ChargeCategory", cast(line_item_usage_start_date as timestamp) as "ChargePeriodStart", 'USD' as "BillingCurrency",
    cast(line_item_unblended_cost as decimal(28, 12)) as "BilledCost", cast(line_item_unblended_cost as double) as "EffectiveCost",
    json_extract_string(product, '$.product_name') as "ServiceName", line_item_usage_type as "x_UsageType", line_item_usage_account_id as "SubAccountId",
    cast(line_item_usage_amount as double) as "PricingQuantity", 'us-east-1' as "RegionId", map {'team': 'a'} as "Tags"`;
  const { document, code } = await reconcile(await parquetOf(agreed, 'focus', { select }));
  expect(code).toBe(0);
  expect(document).toMatchObject({ driftPercent: 0, isComplete: true });
});

test('what is damaged, cut or another table is named, and nothing is made of it', async () => {
  const whole = readFileSync(await parquetOf(agreed, 'whole-file'));
  const cut = file(whole.subarray(0, whole.length - 200), 'cut.parquet');
  const damaged = file(Buffer.concat([whole.subarray(0, 4), Buffer.alloc(3000, 7), whole.subarray(3004)]), 'damaged.parquet');
  for (const path of [cut, damaged]) {
    const { err, code, document } = await reconcile(path);
    expect(code).toBe(3);
    expect(err).toContain(path);
    expect(document).toMatchObject({
      driftPercent: null,
      isComplete: false,
      total: { billed: null, difference: null },
      outside: { billed: null },
    });
  }
  const other = await reconcile(await parquetOf(agreed, 'other', { select: '1 as one' }));
  expect(other.err).toContain('its columns are neither those of a Cost and Usage Report nor those of FOCUS');
});

test('a file that is too large for memory is refused with a command that makes CSV of it, and that CSV is read', async () => {
  const path = await parquetOf(agreed, 'large');
  const refusal = await wholeParquet(createReadStream(path), 1000).catch((error: Error) => error.message);
  const [, sql] = /duckdb -c "(.+?)" into/.exec(String(refusal))!;
  const csv = join(folder, 'large-as.csv');
  const connection = await (await DuckDBInstance.create()).connect();
  await connection.run(sql!.replace('FILE', path).replace('/dev/stdout', csv));
  connection.closeSync();
  expect(await reconcile(csv)).toMatchObject({ code: 0, document: { driftPercent: 0, kinds: [] } });
});
