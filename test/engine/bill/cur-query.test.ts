import { DuckDBInstance } from '@duckdb/node-api';
import { BilledModels } from '../../../engine/bill/billed-models';
import { CUR_COLUMNS } from '../../../engine/bill/cur-columns';
import { curQuery, curRowOf } from '../../../engine/bill/cur-query';
import { readCurRow, type Row } from '../../../engine/bill/cur-row';
import { Catalogue } from '../../../engine/pricing/catalogue';

const models = new BilledModels(Catalogue.builtIn());
const FILE = 's3://b/costs/data/BILLING_PERIOD=2026-11';

type Values = Readonly<Record<string, string>>;
const HAIKU = "map {'product_name': 'Claude Haiku 4.5 (Amazon Bedrock Edition)', 'region_code': 'eu-west-1'}";
/** A row of an export, with what differs from one of Haiku. */
const row = (more: Values = {}): Values => ({
  line_item_usage_account_id: "'111122223333'",
  line_item_line_item_type: "'Usage'",
  line_item_product_code: "'0aexample1234567890abcdef'",
  line_item_usage_type: "'EU-MP:EU_InputTokenCount-Units'",
  line_item_currency_code: "'USD'",
  line_item_iam_principal: "'arn:aws:sts::111122223333:assumed-role/app/session'",
  product: HAIKU,
  line_item_usage_start_date: "timestamp '2026-11-20 22:00:00'",
  line_item_usage_end_date: "timestamp '2026-11-20 23:00:00'",
  line_item_usage_amount: '0.5',
  line_item_unblended_cost: '0.55',
  billing_period: "'2026-11'",
  '"$path"': `'${FILE}/costs-00001.snappy.parquet'`,
  ...more,
});

/** The query on DuckDB, which lacks a function of Athena. */
async function answered(rows: readonly Values[], from = '2026-11-15', until = '2026-11-22'): Promise<Row[]> {
  const connection = await (await DuckDBInstance.create(':memory:')).connect();
  const types = { ...Object.fromEntries(CUR_COLUMNS.map(({ name, type }) => [name, type])), billing_period: 'string', '"$path"': 'string' };
  const columns = Object.entries(types).map(([name, type]) => `${name} ${type === 'map<string,string>' ? 'map(varchar, varchar)' : type}`);
  await connection.run(`create table bill (${columns.join(', ')})`);
  await connection.run('create macro element_at(m, k) as m[k]');
  for (const values of rows) {
    await connection.run(`insert into bill (${Object.keys(values).join(', ')}) values (${Object.values(values).join(', ')})`);
  }
  const reader = await connection.runAndReadAll(curQuery({ table: 'bill', from, until }));
  const found = reader
    .getRowObjects()
    .map((each) => Object.fromEntries(Object.entries(each).flatMap(([name, value]) => (value === null ? [] : [[name, String(value)]]))));
  connection.closeSync();
  return found;
}

const linesOf = (rows: readonly Row[]) => rows.map((each) => readCurRow(curRowOf(each), models));

test('rows are added up by day to the digit, and read as those of the export', async () => {
  const sums = await answered([
    row({ line_item_unblended_cost: '0.1', line_item_usage_amount: '0.1' }),
    row({
      line_item_unblended_cost: '0.2',
      line_item_usage_amount: '0.2',
      line_item_usage_start_date: "timestamp '2026-11-20 23:00:00'",
      line_item_usage_end_date: "timestamp '2026-11-21 00:00:00'",
    }),
    row({
      line_item_unblended_cost: '1',
      line_item_net_unblended_cost: '0.9',
      line_item_usage_start_date: "timestamp '2026-11-21 00:00:00'",
      line_item_usage_end_date: "timestamp '2026-11-21 01:00:00'",
    }),
  ]);
  expect(linesOf(sums.sort((one, other) => (one.start_day! < other.start_day! ? -1 : 1)))).toMatchObject([
    {
      ...{ charge: 'usage', from: '2026-11-20', until: '2026-11-21', account: '111122223333', region: 'eu-west-1', kind: 'input' },
      ...{ model: 'anthropic.claude-haiku-4-5-20251001-v1:0', tokens: 300_000, amount: 300_000_000_000n, gross: 300_000_000_000n },
      principal: 'arn:aws:iam::111122223333:role/app',
    },
    { from: '2026-11-21', until: '2026-11-22', amount: 900_000_000_000n, gross: 1_000_000_000_000n },
  ]);
});

test('what is not of Bedrock, of another time or of another month is left out', async () => {
  const s3 = row({ product: "map {'product_name': 'Amazon Simple Storage Service'}", line_item_product_code: "'AmazonS3'" });
  const early = row({ line_item_usage_start_date: "timestamp '2026-11-14 23:59:59'" });
  const late = row({ line_item_usage_start_date: "timestamp '2026-11-22 00:00:00'" });
  const other = row({ billing_period: "'2026-12'" });
  expect(await answered([s3, early, late, other])).toEqual([]);
});

test.each<[string, Values]>([
  ['the code of the product', { product: 'null', line_item_product_code: "'AmazonBedrock'" }],
  ['the code of the service', { product: 'null', product_servicecode: "'AmazonBedrockFoundationModels'" }],
  ['the family of the product', { product: 'null', product_product_family: "'Amazon Bedrock'" }],
])('a row is of Bedrock by %s', async (_, values) => {
  const rows = await answered([row({ line_item_usage_type: "'EU-NovaMicro-input-tokens'", ...values })]);
  expect(linesOf(rows)).toMatchObject([{ model: 'amazon.nova-micro-v1:0', amount: 550_000_000_000n }]);
});

test('deliveries of a month are told apart, and months that a period touches are both read', async () => {
  const rows = await answered(
    [
      row({ '"$path"': `'${FILE}/20261201T000000Z-1/costs-00001.snappy.parquet'` }),
      row({ '"$path"': `'${FILE}/20261202T000000Z-2/costs-00001.snappy.parquet'`, line_item_unblended_cost: '0.6' }),
      row({ billing_period: "'2026-12'", line_item_usage_start_date: "timestamp '2026-12-01 00:00:00'" }),
    ],
    '2026-11-20',
    '2026-12-02',
  );
  expect(rows.map(({ billing_period: month, delivery }) => [month, delivery]).sort()).toEqual([
    ['2026-11', '20261201T000000Z-1'],
    ['2026-11', '20261202T000000Z-2'],
    ['2026-12', ''],
  ]);
});

test('an export without the columns for callers and attributes is read without them', async () => {
  const rows = await answered([row({ line_item_iam_principal: 'null', product: 'null', line_item_product_code: "'AmazonBedrock'" })]);
  const [line] = linesOf(rows);
  expect(line).toMatchObject({ amount: 550_000_000_000n });
  expect(line).toHaveProperty('principal', undefined);
});
