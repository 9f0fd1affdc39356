import { stringify } from 'csv-stringify/sync';
import { OurUsage, type OurLine } from '../../../engine/bill/our-usage';
import { PriceEngine } from '../../../engine/pricing/price-engine';
import { formatUsd } from '../../../engine/pricing/usd-text';
import { Duplicates } from '../../../engine/rating/duplicates';
import { Rater } from '../../../engine/rating/rater';
import { parseRecord } from '../../../engine/records/parse-record';

/** A row of CUR 2.0. */
export type CurRow = Record<string, string>;

/** Models as bills name them: a service of the Marketplace, or the beginning of a usage type. */
const NAMES: Readonly<Record<string, { readonly edition: string } | { readonly stem: string }>> = {
  'anthropic.claude-sonnet-4-6': { edition: 'Claude Sonnet 4.6' },
  'anthropic.claude-haiku-4-5-20251001-v1:0': { edition: 'Claude Haiku 4.5' },
  'amazon.nova-pro-v1:0': { stem: 'NovaPro' },
};
const MARKETPLACE_KINDS: Readonly<Record<string, string>> = {
  ...{ input: 'InputTokenCount', output: 'OutputTokenCount', cacheRead: 'CacheReadInputTokenCount' },
  ...{ cacheWrite: 'CacheWriteInputTokenCount', cacheWrite5m: 'CacheWriteInputTokenCount', cacheWrite1h: 'CacheWrite1hInputTokenCount' },
};

/** What the calls of records come to, by what a bill tells apart. */
export function usageOf(records: readonly string[]): readonly OurLine[] {
  const usage = new OurUsage();
  const rater = new Rater(new PriceEngine(), new Duplicates(60_000));
  for (const record of records) {
    const parsed = parseRecord(record);
    if (parsed.kind === 'call') usage.add(rater.rate(parsed));
  }
  return usage.lines;
}

/** The row of a bill that agrees with a line of ours to the last digit, in us-east-1. */
export function curRow({ model, kind, routing, day, account = '', principal = '', tokens, low = 0n }: OurLine): CurRow {
  const name = NAMES[model]!;
  const isEdition = 'edition' in name;
  const usageType = isEdition
    ? `USE1-MP:USE1_${MARKETPLACE_KINDS[kind]}${routing === 'global' ? '_Global' : ''}-Units`
    : `USE1-${name.stem}-${kind}-tokens`;
  return {
    bill_billing_entity: isEdition ? 'AWS Marketplace' : 'AWS',
    line_item_usage_account_id: account,
    line_item_line_item_type: 'Usage',
    line_item_product_code: isEdition ? '0example1234567890abcdef' : 'AmazonBedrock',
    product: JSON.stringify({ product_name: isEdition ? `${name.edition} (Amazon Bedrock Edition)` : 'Amazon Bedrock' }),
    line_item_usage_type: usageType,
    line_item_usage_start_date: `${day}T00:00:00Z`,
    line_item_usage_amount: String(tokens / (isEdition ? 1_000_000 : 1000)),
    line_item_unblended_cost: formatUsd(low),
    line_item_currency_code: 'USD',
    line_item_iam_principal: principal.replace(/^arn:aws:iam::(\d+):role\/(.+)$/, 'arn:aws:sts::$1:assumed-role/$2/session'),
  };
}

export const csvOf = (rows: readonly CurRow[]): string => stringify(rows as CurRow[], { header: true });
