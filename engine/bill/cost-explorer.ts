import { isObject, type Json, readText } from '../records/json';
import { type BilledFacts, type BillLine, billLine, type Charge } from './bill-line';
import type { BilledModels } from './billed-models';
import { dayOf } from './cur-row';

/** By the dimension RECORD_TYPE. */
const CHARGES: Readonly<Record<string, Charge>> = {
  Usage: 'usage',
  DiscountedUsage: 'usage',
  Credit: 'credit',
  Refund: 'refund',
  Tax: 'tax',
  'Enterprise Discount Program Discount': 'discount',
};

/** What a group of a response is by, as members of the facts of a line. */
const DIMENSIONS: Readonly<Record<string, keyof BilledFacts>> = {
  SERVICE: 'service',
  USAGE_TYPE: 'usageType',
  LINKED_ACCOUNT: 'account',
  REGION: 'region',
  model: 'modelName',
  inferenceType: 'inferenceType',
};

/** The metrics in order of preference: after discounts, and before. */
const AMOUNTS = ['NetUnblendedCost', 'UnblendedCost', 'BilledCost', 'AmortizedCost', 'BlendedCost'];
const GROSS_AMOUNTS = ['ListCost', 'UnblendedCost'];

export interface CostExplorerAnswer {
  readonly lines: readonly BillLine[];
  /** Lines that cannot be read, and why. */
  readonly problems: readonly string[];
  /** Why there is nothing, in words: data that is not ready is not zero. */
  readonly notReady?: string;
  /** What the groups are by, as in `SERVICE, USAGE_TYPE`. */
  readonly groupedBy: readonly string[];
}

/** Whether a JSON document is a response of GetCostAndUsage, or its error that there is no data yet. */
export const isCostExplorer = (value: unknown): value is Json =>
  isObject(value) && (Array.isArray(value.ResultsByTime) || errorOf(value) !== undefined);

/** Reads a response of GetCostAndUsage of AWS Cost Explorer. */
export function readCostExplorer(document: Json, models: BilledModels): CostExplorerAnswer {
  const error = errorOf(document);
  if (error !== undefined) return { lines: [], problems: [], notReady: error, groupedBy: [] };
  const definitions = (Array.isArray(document.GroupDefinitions) ? document.GroupDefinitions : []).filter(isObject);
  const groupedBy = definitions.map(({ Key }) => String(Key));
  const lines: BillLine[] = [];
  const problems: string[] = [];
  for (const result of (document.ResultsByTime as unknown[]).filter(isObject)) {
    const period = isObject(result.TimePeriod) ? result.TimePeriod : {};
    const groups = (Array.isArray(result.Groups) ? result.Groups : []).filter(isObject);
    for (const { Keys, Metrics } of groups) {
      const facts = factsOf(groupedBy, Keys, isObject(Metrics) ? Metrics : {}, period);
      if (facts === undefined) continue;
      const line = typeof facts === 'string' ? facts : billLine(facts, models);
      if (typeof line === 'string') problems.push(`${String(Keys)}: ${line}`);
      else lines.push(line);
    }
  }
  return { lines, problems, groupedBy };
}

/** Nothing for a group that is not of Bedrock. */
function factsOf(groupedBy: readonly string[], keys: unknown, metrics: Json, period: Json): BilledFacts | string | undefined {
  if (!Array.isArray(keys)) return 'it has no keys';
  const named: Partial<Record<keyof BilledFacts, string>> = {};
  let charge: Charge = 'usage';
  groupedBy.forEach((dimension, at) => {
    const value = String(keys[at] ?? '').replace(new RegExp(`^${dimension}\\$`), '');
    if (dimension === 'RECORD_TYPE') charge = CHARGES[value] ?? 'other';
    else if (DIMENSIONS[dimension] && value !== '') named[DIMENSIONS[dimension]] = value;
  });
  if (named.service !== undefined && !named.service.includes('Bedrock')) return undefined;
  const amount = metric(metrics, AMOUNTS);
  if (amount === undefined) return `it has none of the metrics ${AMOUNTS.join(', ')}`;
  if (amount.unit !== 'USD') return `its currency is ${amount.unit}, and only USD is compared`;
  const quantity = metric(metrics, ['UsageQuantity']);
  return {
    ...named,
    charge,
    from: dayOf(readText(period.Start)),
    until: dayOf(readText(period.End)),
    amount: amount.text,
    gross: metric(metrics, GROSS_AMOUNTS)?.text ?? amount.text,
    quantity: quantity?.text,
    unit: quantity?.unit,
  };
}

/** The first of the metrics that the response has, and is not an empty list price. */
function metric(metrics: Json, names: readonly string[]): { readonly text: string; readonly unit: string } | undefined {
  for (const name of names) {
    const value = Object.hasOwn(metrics, name) ? metrics[name] : undefined;
    if (!isObject(value) || typeof value.Amount !== 'string') continue;
    if (name === 'ListCost' && Number(value.Amount) === 0) continue;
    return { text: value.Amount, unit: readText(value.Unit) ?? '' };
  }
  return undefined;
}

/** The message of an error that is a state: the data is not ready. */
function errorOf({ __type: type, name, message }: Json): string | undefined {
  const error = typeof type === 'string' ? type : typeof name === 'string' ? name : '';
  return error.endsWith('DataUnavailableException')
    ? `Cost Explorer: ${typeof message === 'string' ? message : 'data is not ready'}`
    : undefined;
}
