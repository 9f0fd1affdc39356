import { AthenaClient } from '@aws-sdk/client-athena';
import { S3Client } from '@aws-sdk/client-s3';
import { BilledModels } from '../../../engine/bill/billed-models';
import { Catalogue } from '../../../engine/pricing/catalogue';
import { DataExportBill } from '../../../lambda/reconcile-bill/data-export-bill';
import { answering } from '../aws-clients';

const models = new BilledModels(Catalogue.builtIn());
const EXPORT = { workGroup: 'w', database: 'd', table: 'bill', bucket: 'b', folder: 'exports/costs' };
const CONFIG = {
  namespace: 'N',
  ledgerLogGroups: ['l'],
  accounts: ['111122223333'],
  regions: ['us-east-1'],
  costExplorerRegion: 'us-east-1',
};

const row = (more: Readonly<Record<string, string>> = {}) => ({
  ...{ billing_period: '2026-11', delivery: '', start_day: '2026-11-20 00:00:00.000', end_time: '2026-11-21 00:00:00.000' },
  ...{ line_item_usage_account_id: '111122223333', line_item_line_item_type: 'Usage', line_item_product_code: 'AmazonBedrock' },
  ...{
    line_item_usage_type: 'USE1-NovaMicro-input-tokens',
    line_item_currency_code: 'USD',
    usage_amount: '1000.000',
    unblended_cost: '0.035',
  },
  ...more,
});

interface Delivered {
  readonly manifest?: readonly string[];
  readonly files?: readonly string[];
  readonly state?: string;
  readonly reason?: string;
}

/** Athena with rows on two pages, of which the first begins with the names of the columns. */
function athena(
  rows: ReadonlyArray<Readonly<Record<string, string>>>,
  { manifest, files = [], state = 'SUCCEEDED', reason }: Delivered = {},
) {
  const names = [...new Set(rows.flatMap((each) => Object.keys(each)))];
  const data = [Object.fromEntries(names.map((name) => [name, name])), ...rows].map((each) => ({
    Data: names.map((name) => ({ VarCharValue: each[name] })),
  }));
  const states = ['QUEUED', state];
  answering(S3Client, {
    GetObjectCommand: ({ Key }) => {
      if (!manifest || !String(Key).includes('2026-11')) throw Object.assign(new Error('no'), { name: 'NoSuchKey' });
      return { Body: { transformToString: () => Promise.resolve(JSON.stringify({ dataFiles: manifest })) } };
    },
    ListObjectsV2Command: () => ({ Contents: files.map((Key) => ({ Key })) }),
  });
  return answering(AthenaClient, {
    StartQueryExecutionCommand: () => ({ QueryExecutionId: 'q' }),
    GetQueryExecutionCommand: () => ({
      QueryExecution: {
        Status: { State: states.shift() ?? state, StateChangeReason: reason },
        Statistics: { DataScannedInBytes: 1024 ** 4 },
      },
    }),
    GetQueryResultsCommand: ({ NextToken }) =>
      NextToken ? { ResultSet: { Rows: data.slice(2) } } : { ResultSet: { Rows: data.slice(0, 2) }, NextToken: 'next' },
    StopQueryExecutionCommand: () => ({}),
  });
}

const read = () => new DataExportBill(EXPORT, CONFIG, models).read('2026-11-15', '2026-12-01');

afterEach(() => jest.restoreAllMocks());

test('the lines of the accounts and Regions that are metered, of all pages, and what it cost to ask', async () => {
  const asked = athena([
    row(),
    row({ line_item_usage_account_id: '444455556666' }),
    row({ line_item_usage_type: 'EUC1-NovaMicro-input-tokens' }),
    row({ line_item_line_item_type: 'Credit', unblended_cost: '-1' }),
  ]);
  const bill = await read();
  expect(bill.lines).toMatchObject([{ charge: 'usage', amount: 35_000_000_000n, tokens: 1_000_000 }, { charge: 'credit' }]);
  expect(bill).toMatchObject({ requests: 1, requestUsd: 5, setAside: [] });
  expect(asked[0]).toMatchObject(['StartQueryExecutionCommand', { WorkGroup: 'w', QueryExecutionContext: { Database: 'd' } }]);
});

test('of a month that was delivered again the last delivery counts, and what it changed is known', async () => {
  athena([row({ delivery: '20261201T000000Z-1' }), row({ delivery: '20261203T000000Z-9', unblended_cost: '0.036' })]);
  const { lines, setAside } = await read();
  expect(lines.map(({ amount }) => amount)).toEqual([36_000_000_000n]);
  expect(setAside).toMatchObject([
    { month: '2026-11', name: '2026-11 20261201T000000Z-1', amount: 35_000_000_000n, amountUsed: 36_000_000_000n, isRestated: true },
  ]);
});

test('an export without a line of Bedrock is not there yet, and not zero', async () => {
  athena([]);
  expect(await read()).toMatchObject({ lines: [], notReady: 'the export has no line of Amazon Bedrock from 2026-11-15 on' });
});

test('a manifest that names a file that is not there: it is being delivered, and nothing is known', async () => {
  const manifest = ['s3://b/exports/costs/data/BILLING_PERIOD=2026-11/costs-00001.snappy.parquet', 's3://b/x/costs-00002.snappy.parquet'];
  athena([row()], { manifest, files: ['exports/costs/data/BILLING_PERIOD=2026-11/costs-00001.snappy.parquet'] });
  await expect(read()).rejects.toThrow('lacks 1 of 2 files that its manifest names: costs-00002.snappy.parquet');
  athena([row()], { manifest, files: ['a/costs-00001.snappy.parquet', 'a/costs-00002.snappy.parquet'] });
  expect((await read()).lines).toHaveLength(1);
});

test('a query that fails says why, and is not left to scan', async () => {
  const asked = athena([row()], { state: 'FAILED', reason: 'HIVE_BAD_DATA: column is of another type' });
  await expect(read()).rejects.toThrow('a query of Athena ended with FAILED: HIVE_BAD_DATA: column is of another type');
  expect(asked.map(([command]) => command)).toContain('StopQueryExecutionCommand');
});

test.each([
  ['another currency', { line_item_currency_code: 'CNY' }, 'its currency is CNY'],
  ['no amount', { unblended_cost: 'x' }, "its amount 'x' is not a number"],
])('a row with %s: nothing is known', async (_, more, reason) => {
  athena([row(more)]);
  await expect(read()).rejects.toThrow(reason);
});
