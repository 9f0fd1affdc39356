import { BILLING_PERIOD } from './cur-columns';
import type { Row } from './cur-row';

/** The attributes of a product that are read, out of its map. */
const ATTRIBUTES = ['product_name', 'model', 'inference_type', 'region_code', 'servicecode'] as const;

/** Columns by which rows are added up. */
const KEYS = [
  'line_item_usage_account_id',
  'line_item_line_item_type',
  'line_item_product_code',
  'line_item_usage_type',
  'line_item_currency_code',
  'line_item_iam_principal',
  'pricing_unit',
  'product_product_family',
  'product_region_code',
  'product_servicecode',
] as const;

/** Doubles are added up as decimals: the sum is then that of the numbers which the export shows. */
const sum = (expression: string, name: string): string => `cast(sum(cast(${expression} as decimal(38, 12))) as varchar) as ${name}`;

/**
 * Asks for the rows of Bedrock in an export, added up by day and by everything that a bill tells apart. What `CREATE_NEW_REPORT` keeps
 * of a month is in one folder for each delivery, and these must not be added.
 *
 * @param table its name in the database of the query
 * @param from the first day, as in 2026-11-01
 * @param until the first that is not asked for
 */
export function curQuery({ table, from, until }: { readonly table: string; readonly from: string; readonly until: string }): string {
  const attributes = ATTRIBUTES.map((key) => [`element_at(product, '${key}')`, `attribute_${key}`] as const);
  const grouped = [
    [BILLING_PERIOD, BILLING_PERIOD],
    [`regexp_extract("$path", 'BILLING_PERIOD=[^/]+/(.+)/[^/]+$', 1)`, 'delivery'],
    ["cast(date_trunc('day', line_item_usage_start_date) as varchar)", 'start_day'],
    ...KEYS.map((key) => [key, key] as const),
    ...attributes,
  ] as const;
  const months = monthsOf(from, until).map((month) => `'${month}'`);
  return [
    `select ${grouped.map(([expression, name]) => `${expression} as ${name}`).join(', ')}`,
    ', cast(max(line_item_usage_end_date) as varchar) as end_time',
    `, ${sum('line_item_usage_amount', 'usage_amount')}`,
    `, ${sum('line_item_unblended_cost', 'unblended_cost')}`,
    `, ${sum('coalesce(line_item_net_unblended_cost, line_item_unblended_cost)', 'net_unblended_cost')}`,
    `from ${table}`,
    `where ${BILLING_PERIOD} in (${months.join(', ')})`,
    `and line_item_usage_start_date >= timestamp '${from} 00:00:00' and line_item_usage_start_date < timestamp '${until} 00:00:00'`,
    `and (${IS_BEDROCK})`,
    `group by ${grouped.map((_, at) => at + 1).join(', ')}`,
  ].join('\n');
}

/** Wider than what a line is taken for later: the code of a Marketplace product is opaque, and its name says what it is. */
const IS_BEDROCK = [
  "line_item_product_code like 'AmazonBedrock%'",
  "product_servicecode like 'AmazonBedrock%'",
  "product_product_family like 'Amazon Bedrock%'",
  "element_at(product, 'product_name') like '%Bedrock%'",
  "element_at(product, 'servicecode') like 'AmazonBedrock%'",
].join(' or ');

/** A row of the answer as a row of the export. */
export function curRowOf(row: Row): Row {
  const product = Object.fromEntries(ATTRIBUTES.flatMap((key) => (row[`attribute_${key}`] ? [[key, row[`attribute_${key}`]]] : [])));
  return {
    ...Object.fromEntries(KEYS.map((key) => [key, row[key]])),
    product: JSON.stringify(product),
    line_item_usage_start_date: row.start_day,
    line_item_usage_end_date: row.end_time,
    line_item_usage_amount: row.usage_amount,
    line_item_unblended_cost: row.unblended_cost,
    line_item_net_unblended_cost: row.net_unblended_cost,
  };
}

/** The months in which days are, as in 2026-11. */
function monthsOf(from: string, until: string): string[] {
  const months = new Set<string>();
  for (let day = Date.parse(from); day < Date.parse(until); day += 86_400_000) months.add(new Date(day).toISOString().slice(0, 7));
  return [...months];
}
