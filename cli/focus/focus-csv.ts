import type { Catalogue } from '../../engine/pricing/catalogue';
import { KINDS } from '../../engine/pricing/kinds';
import { TOKEN_BUCKETS } from '../../engine/pricing/token-buckets';
import type { PicoUsd } from '../../engine/pricing/types';
import { formatUsd } from '../../engine/pricing/usd-text';
import { csvOf } from '../replay/summary-csv';
import type { ChargeUnit } from './focus-axes';
import type { FocusLine, FocusLines } from './focus-lines';

/** Millionths of a unit in pico-units, in which amounts are written. */
const PICO_PER_MICRO = 1_000_000n;
const TOKENS_PER_PRICE = 1_000_000n;

interface Context {
  readonly unit: ChargeUnit;
  readonly catalogue: Catalogue;
  readonly tags: readonly string[];
}

type Column = readonly [name: string, read: (line: FocusLine, context: Context) => string | undefined];

const modelOf = ({ quote, modelId }: FocusLine): string => quote.resolved.model ?? modelId;
const cost = ({ cost }: FocusLine): string => formatUsd(cost.value);

/**
 * Columns of FOCUS 1.2 (https://focus.finops.org/focus-specification/v1-2/): all that are mandatory, those of the others for
 * which records have a value, and our own, which begin with x_. In the order of the specification.
 */
const COLUMNS: readonly Column[] = [
  // What is billed is an estimate from the price list and the discounts that the user has named.
  ['BilledCost', cost],
  ['BillingAccountId', ({ account }) => account ?? 'unknown'],
  ['BillingAccountName', () => undefined],
  ['BillingCurrency', () => 'USD'],
  ['BillingPeriodEnd', ({ time }) => endOf(time, 'month')],
  ['BillingPeriodStart', ({ time }) => startOf(time, 'month')],
  ['ChargeCategory', () => 'Usage'],
  ['ChargeClass', () => undefined],
  ['ChargeDescription', descriptionOf],
  ['ChargeFrequency', () => 'Usage-Based'],
  ['ChargePeriodEnd', ({ time }, { unit }) => endOf(time, unit)],
  ['ChargePeriodStart', ({ time }, { unit }) => startOf(time, unit)],
  ['ConsumedQuantity', ({ quantity }) => formatUsd(quantity.value * PICO_PER_MICRO)],
  ['ConsumedUnit', ({ kind }) => (isToken(kind) ? 'Tokens' : unitOf(kind))],
  ['ContractedCost', cost],
  ['ContractedUnitPrice', ({ kind, unitPrice }) => priceOf(kind, unitPrice)],
  ['EffectiveCost', cost],
  ['InvoiceIssuerName', () => 'AWS'],
  ['ListCost', ({ listCost }) => formatUsd(listCost.value)],
  ['ListUnitPrice', ({ kind, listUnitPrice }) => priceOf(kind, listUnitPrice)],
  ['PricingCategory', () => 'Standard'],
  ['PricingQuantity', ({ kind, quantity }) => formatUsd((quantity.value * PICO_PER_MICRO) / (isToken(kind) ? TOKENS_PER_PRICE : 1n))],
  ['PricingUnit', ({ kind }) => (isToken(kind) ? '1000000 Tokens' : unitOf(kind))],
  ['ProviderName', () => 'AWS'],
  ['PublisherName', (line, { catalogue }) => catalogue.model(modelOf(line))?.provider ?? 'AWS'],
  ['RegionId', ({ region }) => region],
  ['RegionName', ({ region }) => region],
  ['ResourceId', ({ modelId }) => modelId],
  ['ResourceType', resourceTypeOf],
  ['ServiceCategory', () => 'AI and Machine Learning'],
  ['ServiceName', () => 'Amazon Bedrock'],
  ['ServiceSubcategory', () => 'Generative AI'],
  ['SkuId', modelOf],
  ['SkuMeter', ({ kind }) => kind],
  ['SkuPriceDetails', priceDetailsOf],
  ['SkuPriceId', ({ quote }) => quote.row?.id],
  ['SubAccountId', ({ account }) => account],
  ['Tags', tagsOf],
  ['x_CostHigh', ({ highCost }) => formatUsd(highCost.value)],
  ['x_Estimated', () => 'true'],
  ['x_Model', (line, { catalogue }) => catalogue.model(modelOf(line))?.name ?? modelOf(line)],
  ['x_Routing', ({ quote }) => quote.resolved.routing],
  ['x_ServiceTier', ({ quote }) => quote.row?.tier],
  ['x_Source', () => 'log'],
];

/** The lines of a FOCUS dataset as CSV, in the order of time. */
export function focusCsv(lines: FocusLines, catalogue: Catalogue): string {
  const { unit, columns, tags } = lines.axes;
  const context = { unit, catalogue, tags };
  const rows = lines.all.map((line) => [...COLUMNS.map(([, read]) => read(line, context)), ...line.columns]);
  const period = COLUMNS.findIndex(([name]) => name === 'ChargePeriodStart');
  rows.sort(({ [period]: one = '' }, { [period]: other = '' }) => (one === other ? 0 : one < other ? -1 : 1));
  return csvOf([[...COLUMNS, ...columns].map(([name]) => name), ...rows]);
}

function descriptionOf(line: FocusLine, { catalogue }: Context): string {
  const { kind, quote } = line;
  const name = catalogue.model(modelOf(line))?.name ?? modelOf(line);
  return [name, kind, `${quote.resolved.routing} routing`, `${quote.row?.tier ?? 'unknown'} tier`].join(', ');
}

function tagsOf({ tags }: FocusLine, { tags: keys }: Context): string {
  return JSON.stringify(Object.fromEntries(keys.flatMap((key, at) => (tags[at] === undefined ? [] : [[key, tags[at]]]))));
}

/** Cache writes of an unknown lifetime, and input that may be cached, are kinds of tokens that no row names. */
const isToken = (kind: string): boolean =>
  KINDS[kind] === 'token' || (TOKEN_BUCKETS as readonly string[]).includes(kind) || KINDS[kind] === undefined;

/** With a capital, in the plural, as FOCUS writes units. */
const unitOf = (kind: string): string => {
  const unit = KINDS[kind]!;
  const plural = unit.endsWith('y') ? `${unit.slice(0, -1)}ies` : `${unit}s`;
  return plural.charAt(0).toUpperCase() + plural.slice(1);
};

/** Of a pricing unit. */
const priceOf = (kind: string, price: PicoUsd | undefined): string | undefined =>
  price === undefined ? undefined : formatUsd(isToken(kind) ? price * TOKENS_PER_PRICE : price);

/** `Foundation Model`, `Inference Profile`, or what the ARN of a resource says in front of its name. */
function resourceTypeOf({ modelId, quote }: FocusLine): string {
  const type =
    /^arn:.*:([a-z-]+)\//.exec(modelId)?.[1] ?? (quote.resolved.geography === undefined ? 'foundation-model' : 'inference-profile');
  return type.replace(/(?:^|-)[a-z]/g, (begin) => begin.replace('-', ' ').toUpperCase());
}

function priceDetailsOf({ quote: { resolved, row } }: FocusLine): string | undefined {
  return row && JSON.stringify({ x_Routing: resolved.routing, x_ServiceTier: row.tier, x_ContextTokens: row.context });
}

const startOf = (time: number, unit: ChargeUnit): string => isoTime(startsOf(time, unit));
const endOf = (time: number, unit: ChargeUnit): string => isoTime(startsOf(time, unit, 1));

/** The beginning of the unit of a time, or of a later one, in UTC. */
function startsOf(time: number, unit: ChargeUnit, later = 0): number {
  const date = new Date(time);
  const [year, month, day, hour] = [date.getUTCFullYear(), date.getUTCMonth(), date.getUTCDate(), date.getUTCHours()];
  if (unit === 'month') return Date.UTC(year, month + later);
  return unit === 'day' ? Date.UTC(year, month, day + later) : Date.UTC(year, month, day, hour + later);
}

const isoTime = (time: number): string => new Date(time).toISOString().replace('.000Z', 'Z');
