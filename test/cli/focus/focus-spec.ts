/** What the specification demands of a column. */
export interface ColumnSpec {
  readonly level: 'Mandatory' | 'Conditional' | 'Recommended';
  readonly type: 'String' | 'Decimal' | 'Date/Time' | 'JSON';
  readonly allowsNulls: boolean;
  readonly values?: readonly string[];
}

/**
 * Every column of FOCUS 1.2, from the tables "Content constraints" and the lists of allowed values of its specification
 * (https://focus.finops.org/focus-specification/v1-2/): level, type, and whether null is allowed.
 */
const COLUMNS = `
AvailabilityZone Recommended String null
BilledCost Mandatory Decimal
BillingAccountId Mandatory String
BillingAccountName Mandatory String null
BillingAccountType Conditional String
BillingCurrency Mandatory String
BillingPeriodEnd Mandatory Date/Time
BillingPeriodStart Mandatory Date/Time
CapacityReservationId Conditional String null
CapacityReservationStatus Conditional String null
ChargeCategory Mandatory String
ChargeClass Mandatory String null
ChargeDescription Mandatory String null
ChargeFrequency Recommended String
ChargePeriodEnd Mandatory Date/Time
ChargePeriodStart Mandatory Date/Time
CommitmentDiscountCategory Conditional String null
CommitmentDiscountId Conditional String null
CommitmentDiscountName Conditional String null
CommitmentDiscountQuantity Conditional Decimal null
CommitmentDiscountStatus Conditional String null
CommitmentDiscountType Conditional String null
CommitmentDiscountUnit Conditional String null
ConsumedQuantity Conditional Decimal null
ConsumedUnit Conditional String null
ContractedCost Mandatory Decimal
ContractedUnitPrice Conditional Decimal null
EffectiveCost Mandatory Decimal
InvoiceId Recommended String null
InvoiceIssuerName Mandatory String
ListCost Mandatory Decimal
ListUnitPrice Conditional Decimal null
PricingCategory Conditional String null
PricingCurrency Conditional String null
PricingCurrencyContractedUnitPrice Conditional Decimal null
PricingCurrencyEffectiveCost Conditional Decimal null
PricingCurrencyListUnitPrice Conditional Decimal null
PricingQuantity Mandatory Decimal null
PricingUnit Mandatory String null
ProviderName Mandatory String
PublisherName Mandatory String
RegionId Conditional String null
RegionName Conditional String null
ResourceId Conditional String null
ResourceName Conditional String null
ResourceType Conditional String null
ServiceCategory Mandatory String
ServiceName Mandatory String
ServiceSubcategory Recommended String
SkuId Conditional String null
SkuMeter Conditional String null
SkuPriceDetails Conditional JSON null
SkuPriceId Conditional String null
SubAccountId Conditional String null
SubAccountName Conditional String null
SubAccountType Conditional String null
Tags Conditional JSON null
`;

const VALUES: Readonly<Record<string, readonly string[]>> = {
  BillingCurrency: ['USD'],
  ChargeCategory: ['Usage', 'Purchase', 'Tax', 'Credit', 'Adjustment'],
  ChargeClass: ['Correction'],
  ChargeFrequency: ['One-Time', 'Recurring', 'Usage-Based'],
  PricingCategory: ['Standard', 'Dynamic', 'Committed', 'Other'],
  ServiceCategory: ['AI and Machine Learning'],
  ServiceSubcategory: ['AI Platforms', 'Bots', 'Generative AI', 'Machine Learning', 'Natural Language Processing'],
};

export const FOCUS_COLUMNS: ReadonlyMap<string, ColumnSpec> = new Map(
  COLUMNS.trim()
    .split('\n')
    .map((line) => {
      const [name = '', level, type, nulls] = line.split(' ');
      return [name, { level, type, allowsNulls: nulls === 'null', values: VALUES[name] } as ColumnSpec];
    }),
);

/** "Numeric Format", "Date/Time Format" and "Key-Value Format" of the specification. */
const FORMATS: Readonly<Record<ColumnSpec['type'], RegExp>> = {
  String: /\S/,
  Decimal: /^-?\d+(\.\d+)?$/,
  'Date/Time': /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/,
  JSON: /^\{.*\}$/s,
};

/** The columns that hold null when another one does, and never else where a charge is usage. */
const TOGETHER: ReadonlyArray<readonly [string, string]> = [
  ['ConsumedUnit', 'ConsumedQuantity'],
  ['PricingUnit', 'PricingQuantity'],
  ['RegionName', 'RegionId'],
  ['ResourceType', 'ResourceId'],
];

/** What the specification forbids to be null where a charge is usage, and is no correction. */
const OF_USAGE = ['ConsumedQuantity', 'ContractedUnitPrice', 'ListUnitPrice', 'PricingCategory', 'PricingQuantity', 'SkuId', 'SkuPriceId'];

/** What is wrong with a row of usage, in words. In CSV a null is an empty text. */
export function problemsOf(row: Readonly<Record<string, string>>): string[] {
  const problems: string[] = [];
  for (const [name, { level, type, allowsNulls, values }] of FOCUS_COLUMNS) {
    const value = row[name];
    if (value === undefined) {
      if (level === 'Mandatory') problems.push(`${name} is missing`);
    } else if (value === '') {
      if (!allowsNulls || OF_USAGE.includes(name)) problems.push(`${name} is null`);
    } else if (!FORMATS[type].test(value) || values?.includes(value) === false) {
      problems.push(`${name} is ${value}`);
    } else if (type === 'JSON') {
      JSON.parse(value);
    }
  }
  for (const [one, other] of TOGETHER) if ((row[one] === '') !== (row[other] === '')) problems.push(`${one} without ${other}`);
  const unknown = Object.keys(row).filter((name) => !FOCUS_COLUMNS.has(name) && !/^x_[A-Z]\w*$/.test(name));
  return [...problems, ...unknown.map((name) => `${name} is no column of FOCUS`)];
}
