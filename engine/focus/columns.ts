import type { Catalogue } from '../pricing/catalogue';
import type { PicoUsd } from '../pricing/types';
import { formatUsd } from '../pricing/usd-text';
import type { Charge, ChargeUnit } from './charge';
import { endOf, endSql, startOf, startSql } from './periods';
import { resourceTypeOf, RESOURCE_TYPE_SQL } from './resource-types';
import { byUnitSql, isToken, unitOf, unitSql } from './units';

/** Millionths of a unit in pico-units, in which amounts are written. */
const PICO_PER_MICRO = 1_000_000n;
const TOKENS_PER_PRICE = 1_000_000n;

interface FocusContext {
  readonly unit: ChargeUnit;
  readonly catalogue: Catalogue;
  readonly tags: readonly string[];
}

interface FocusColumn {
  readonly name: string;
  /** Of a charge of `replay`. */
  readonly read: (charge: Charge, context: FocusContext) => string | undefined;
  /** Of a row of `charges` in the SQL over the ledger as a table. */
  readonly sql: (unit: ChargeUnit) => string;
}

const column = (name: string, read: FocusColumn['read'], sql: string | ((unit: ChargeUnit) => string)): FocusColumn => ({
  name,
  read,
  sql: typeof sql === 'string' ? () => sql : sql,
});

const constant = (name: string, value: string): FocusColumn => column(name, () => value, `'${value}'`);
const absent = (name: string): FocusColumn => column(name, () => undefined, 'cast(null as varchar)');

const modelOf = ({ quote, modelId }: Charge): string => quote.resolved.model ?? modelId;
const MODEL = 'coalesce(model, model_id)';
const cost = ({ cost }: Charge): string => formatUsd(cost);

/** A number of SQL with twelve or six digits after the point, of a whole number. */
const pico = (number: string): string => `cast(${number} as decimal(26,0)) * cast('0.000000000001' as decimal(12,12))`;
const micro = (number: string): string => `cast(${number} as decimal(26,0)) * cast('0.000001' as decimal(12,12))`;

/** Without a price row there are none. Athena makes NULL of a text with a part that is NULL, and DuckDB leaves that part out. */
const PRICE_DETAILS_SQL =
  `case when price_row is not null then concat('{"x_Routing":"', routing, '","x_ServiceTier":"', price_tier, '"', ` +
  `case when price_context is null then '' else concat(',"x_ContextTokens":"', price_context, '"') end, '}') end`;

/** The table knows the published price only where it is the one that was used. */
const PUBLISHED = "price_basis = 'published'";
const UNIT_PRICE = byUnitSql(micro('unit_price'), pico('unit_price'));

/**
 * Columns of FOCUS 1.2 (https://focus.finops.org/focus-specification/v1-2/): all that are mandatory, those of the others for
 * which records have a value, and our own, which begin with x_. In the order of the specification. Each once, for the lines of
 * `replay` and for the SQL over the ledger as a table.
 */
export const FOCUS_COLUMNS: readonly FocusColumn[] = [
  // What is billed is an estimate from the price list and the discounts that the user has named.
  column('BilledCost', cost, pico('cost_pico')),
  column('BillingAccountId', ({ account }) => account ?? 'unknown', "coalesce(account_id, 'unknown')"),
  absent('BillingAccountName'),
  constant('BillingCurrency', 'USD'),
  column('BillingPeriodEnd', ({ time }) => endOf(time, 'month'), endSql('month')),
  column('BillingPeriodStart', ({ time }) => startOf(time, 'month'), startSql('month')),
  constant('ChargeCategory', 'Usage'),
  absent('ChargeClass'),
  column(
    'ChargeDescription',
    descriptionOf,
    `concat(coalesce(name, ${MODEL}), ', ', kind, ', ', routing, ' routing, ', coalesce(price_tier, 'unknown'), ' tier')`,
  ),
  constant('ChargeFrequency', 'Usage-Based'),
  column('ChargePeriodEnd', ({ time }, { unit }) => endOf(time, unit), endSql),
  column('ChargePeriodStart', ({ time }, { unit }) => startOf(time, unit), startSql),
  column('ConsumedQuantity', ({ quantity }) => formatUsd(quantity * PICO_PER_MICRO), micro('quantity')),
  column('ConsumedUnit', ({ kind }) => (isToken(kind) ? 'Tokens' : unitOf(kind)), unitSql('Tokens')),
  column('ContractedCost', cost, pico('cost_pico')),
  column('ContractedUnitPrice', ({ kind, unitPrice }) => priceOf(kind, unitPrice), UNIT_PRICE),
  column('EffectiveCost', cost, pico('cost_pico')),
  constant('InvoiceIssuerName', 'AWS'),
  column('ListCost', ({ listCost }) => formatUsd(listCost), `case when ${PUBLISHED} then ${pico('cost_pico')} end`),
  column('ListUnitPrice', ({ kind, listUnitPrice }) => priceOf(kind, listUnitPrice), `case when ${PUBLISHED} then ${UNIT_PRICE} end`),
  constant('PricingCategory', 'Standard'),
  column(
    'PricingQuantity',
    ({ kind, quantity }) => formatUsd((quantity * PICO_PER_MICRO) / (isToken(kind) ? TOKENS_PER_PRICE : 1n)),
    byUnitSql(pico('quantity'), micro('quantity')),
  ),
  column('PricingUnit', ({ kind }) => (isToken(kind) ? '1000000 Tokens' : unitOf(kind)), unitSql('1000000 Tokens')),
  constant('ProviderName', 'AWS'),
  column('PublisherName', (charge, { catalogue }) => catalogue.model(modelOf(charge))?.provider ?? 'AWS', "coalesce(provider, 'AWS')"),
  column('RegionId', ({ region }) => region, 'region'),
  column('RegionName', ({ region }) => region, 'region'),
  column('ResourceId', ({ modelId }) => modelId, 'model_id'),
  column('ResourceType', resourceTypeOf, RESOURCE_TYPE_SQL),
  constant('ServiceCategory', 'AI and Machine Learning'),
  constant('ServiceName', 'Amazon Bedrock'),
  constant('ServiceSubcategory', 'Generative AI'),
  column('SkuId', modelOf, MODEL),
  column('SkuMeter', ({ kind }) => kind, 'kind'),
  column('SkuPriceDetails', priceDetailsOf, PRICE_DETAILS_SQL),
  column('SkuPriceId', ({ quote }) => quote.row?.id, 'price_row'),
  column('SubAccountId', ({ account }) => account, 'account_id'),
  column('Tags', tagsOf, "'{}'"),
  column('x_CostHigh', ({ highCost }) => formatUsd(highCost), pico('high_pico')),
  constant('x_Estimated', 'true'),
  column('x_Model', (charge, { catalogue }) => catalogue.title(modelOf(charge)) ?? modelOf(charge), `coalesce(name, ${MODEL})`),
  column('x_Routing', ({ quote }) => quote.resolved.routing, 'routing'),
  column('x_ServiceTier', ({ quote }) => quote.row?.tier, 'price_tier'),
  // The ledger also has what no record describes, with its source.
  column('x_Source', () => 'log', "coalesce(source, 'log')"),
];

function descriptionOf(charge: Charge, { catalogue }: FocusContext): string {
  const { kind, quote } = charge;
  const name = catalogue.title(modelOf(charge)) ?? modelOf(charge);
  return [name, kind, `${quote.resolved.routing} routing`, `${quote.row?.tier ?? 'unknown'} tier`].join(', ');
}

function tagsOf({ tags }: Charge, { tags: keys }: FocusContext): string {
  return JSON.stringify(Object.fromEntries(keys.flatMap((key, at) => (tags[at] === undefined ? [] : [[key, tags[at]]]))));
}

/** Of a pricing unit. */
const priceOf = (kind: string, price: PicoUsd | undefined): string | undefined =>
  price === undefined ? undefined : formatUsd(isToken(kind) ? price * TOKENS_PER_PRICE : price);

function priceDetailsOf({ quote: { resolved, row } }: Charge): string | undefined {
  return row && JSON.stringify({ x_Routing: resolved.routing, x_ServiceTier: row.tier, x_ContextTokens: row.context });
}
