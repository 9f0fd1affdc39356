/** A column of the table over an export of CUR 2.0. A column that the export does not have is empty. */
export interface CurColumn {
  readonly name: string;
  /** As Athena names it. */
  readonly type: 'string' | 'double' | 'timestamp' | 'map<string,string>';
}

const text = (name: string): CurColumn => ({ name, type: 'string' });

/** What a comparison needs of CUR 2.0. Source: AWS Data Exports User Guide, "Cost and Usage Report (CUR) 2.0". */
export const CUR_COLUMNS: readonly CurColumn[] = [
  ...['line_item_usage_account_id', 'line_item_line_item_type', 'line_item_product_code', 'line_item_usage_type'].map(text),
  ...['line_item_currency_code', 'line_item_iam_principal', 'pricing_unit'].map(text),
  ...['product_product_family', 'product_region_code', 'product_servicecode'].map(text),
  { name: 'product', type: 'map<string,string>' },
  { name: 'line_item_usage_start_date', type: 'timestamp' },
  { name: 'line_item_usage_end_date', type: 'timestamp' },
  { name: 'line_item_usage_amount', type: 'double' },
  { name: 'line_item_unblended_cost', type: 'double' },
  { name: 'line_item_net_unblended_cost', type: 'double' },
];

/** The partition of the table: the month, as in 2026-11. */
export const BILLING_PERIOD = 'billing_period';
