import { type BilledFacts, type BillLine, billLine, type Charge } from './bill-line';
import type { BilledModels } from './billed-models';
import { dayOf, nextDay, type Row } from './cur-row';

/** By `ChargeCategory`. A correction has the category of what it corrects. */
const CHARGES: Readonly<Record<string, Charge>> = { Usage: 'usage', Purchase: 'fee', Tax: 'tax', Credit: 'credit', Adjustment: 'refund' };

/** Whether these are the columns of a FOCUS dataset. */
export const isFocus = (columns: readonly string[]): boolean => columns.includes('ChargePeriodStart') && columns.includes('BilledCost');

/**
 * Reads a row of a FOCUS dataset, version 1.0 or later. What is compared is the effective cost: where a third party is paid, as in
 * the Marketplace, the billed cost can be 0 (FOCUS 1.2, "Billed Cost").
 *
 * @returns nothing for a row that is not of Bedrock, and the reason for one that cannot be read
 */
export function readFocusRow(row: Row, models: BilledModels): BillLine | string | undefined {
  const { ServiceName: service = '', BillingCurrency: currency } = row;
  if (!service.includes('Bedrock') && !/^AmazonBedrock/.test(row.x_ServiceCode ?? '')) return undefined;
  if (currency && currency !== 'USD') return `its currency is ${currency}, and only USD is compared`;
  return billLine(factsOf(row, service), models);
}

function factsOf(row: Row, service: string): BilledFacts {
  const from = dayOf(row.ChargePeriodStart);
  const { PricingQuantity, PricingUnit, ConsumedQuantity, ConsumedUnit } = row;
  return {
    charge: CHARGES[row.ChargeCategory ?? 'Usage'] ?? 'other',
    from,
    until: from === undefined ? undefined : lastDay(row.ChargePeriodEnd, from),
    account: row.SubAccountId || row.BillingAccountId || undefined,
    region: row.RegionId || undefined,
    service,
    usageType: [row.x_UsageType, row.SkuMeter].find((text) => text?.includes('-')),
    modelName: row.x_Model || undefined,
    inferenceType: row.SkuMeter && `${row.SkuMeter} tokens`,
    ...(PricingQuantity
      ? { quantity: PricingQuantity, unit: PricingUnit }
      : { quantity: ConsumedQuantity || undefined, unit: ConsumedUnit }),
    ...amountsOf(row),
  };
}

/** A list cost of 0 is one that the export does not have. */
function amountsOf({ EffectiveCost, BilledCost, ListCost = '' }: Row): Pick<BilledFacts, 'gross' | 'amount'> {
  const amount = EffectiveCost || BilledCost || '';
  return { amount, gross: /^(0(\.0*)?)?$/.test(ListCost) ? amount : ListCost };
}

/** Ends are exclusive. */
const lastDay = (end: string | undefined, from: string): string => {
  const day = dayOf(end);
  return day === undefined || day <= from ? nextDay(from) : day;
};
