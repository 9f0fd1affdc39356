import { type BilledFacts, type BillLine, billLine, type Charge } from './bill-line';
import { type BilledModels, isEdition } from './billed-models';

/** A row of a CSV file by its columns. */
export type Row = Readonly<Record<string, string | undefined>>;

/** By `line_item_line_item_type`. */
const CHARGES: readonly (readonly [type: RegExp, charge: Charge])[] = [
  [/^(Usage|DiscountedUsage|SavingsPlanCoveredUsage)$/, 'usage'],
  [/discount/i, 'discount'],
  [/^Credit$/, 'credit'],
  [/^Refund$/, 'refund'],
  [/^Tax$/, 'tax'],
  [/fee/i, 'fee'],
];

const BEDROCK_CODE = /^AmazonBedrock/;

/** Legacy reports write `lineItem/UsageType` where CUR 2.0 has `line_item_usage_type`. */
export const curColumn = (name: string): string =>
  name
    .trim()
    .replace(/\//g, '_')
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .toLowerCase();

/** Whether these are the columns of a Cost and Usage Report, by their names in CUR 2.0. */
export const isCur = (columns: readonly string[]): boolean =>
  columns.includes('line_item_usage_type') && columns.includes('line_item_unblended_cost');

/**
 * Reads a row of a Cost and Usage Report.
 *
 * @returns nothing for a row that is not of Bedrock, and the reason for one that cannot be read
 */
export function readCurRow(row: Row, models: BilledModels): BillLine | string | undefined {
  const product = productOf(row);
  const name = product.product_name ?? row.product_product_name;
  if (!isBedrock(row, product, name)) return undefined;
  const currency = row.line_item_currency_code;
  if (currency && currency !== 'USD') return `its currency is ${currency}, and only USD is compared`;
  return billLine(factsOf(row, product, name), models);
}

function factsOf(row: Row, product: Row, service: string | undefined): BilledFacts {
  const gross = row.line_item_unblended_cost ?? '';
  const charge = CHARGES.find(([type]) => type.test(row.line_item_line_item_type ?? ''))?.[1] ?? 'other';
  return {
    ...{ charge, service, gross, amount: row.line_item_net_unblended_cost || gross },
    ...daysOf(row),
    account: row.line_item_usage_account_id || undefined,
    region: product.region_code ?? (row.product_region_code || undefined),
    usageType: row.line_item_usage_type || undefined,
    modelName: product.model || undefined,
    inferenceType: product.inference_type,
    quantity: row.line_item_usage_amount || undefined,
    unit: row.pricing_unit,
    principal: row.line_item_iam_principal || undefined,
  };
}

/** Without a date, none: such rows are shown, and compared with nothing. */
function daysOf({ line_item_usage_start_date: start, line_item_usage_end_date: end }: Row): Pick<BilledFacts, 'from' | 'until'> {
  const from = dayOf(start);
  return from === undefined ? {} : { from, until: lastDayOf(end, from) ?? nextDay(from) };
}

function isBedrock(row: Row, product: Row, name: string | undefined): boolean {
  return (
    [row.product_servicecode, row.line_item_product_code, product.servicecode].some((code) => BEDROCK_CODE.test(code ?? '')) ||
    /^Amazon Bedrock/.test(row.product_product_family ?? product.product_family ?? '') ||
    (name !== undefined && (isEdition(name) || name.startsWith('Amazon Bedrock')))
  );
}

/** The map of product attributes, which CSV has as JSON. */
function productOf({ product = '' }: Row): Row {
  try {
    const map: unknown = product === '' ? {} : JSON.parse(product);
    return typeof map === 'object' && map !== null ? (map as Row) : {};
  } catch {
    return {};
  }
}

/** The UTC day of a time. CUR 2.0 in CSV writes `2026-11-20T00:00:00.000Z` or `2026-11-20 00:00:00`. */
export function dayOf(time: string | undefined): string | undefined {
  const [day] = /^\d{4}-\d\d-\d\d/.exec(time ?? '') ?? [];
  return day;
}

const DAY_MS = 86_400_000;
export const nextDay = (day: string): string => new Date(Date.parse(day) + DAY_MS).toISOString().slice(0, 10);

/** The first day that is no longer of a charge which ends at a time, where it is for more than a day. */
function lastDayOf(end: string | undefined, from: string): string | undefined {
  const day = dayOf(end);
  if (day === undefined || day <= from) return undefined;
  return /^.{10}([T ]00:00:00(\.0+)?Z?)?$/.test(end ?? '') ? day : nextDay(day);
}
