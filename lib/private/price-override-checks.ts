import { readFileSync } from 'node:fs';
import { Token } from 'aws-cdk-lib';
import { BUILT_IN_CATALOGUE } from './handler-code';

interface Known {
  readonly models: ReadonlySet<string>;
  readonly providers: ReadonlySet<string>;
  readonly tiers: ReadonlySet<string>;
  readonly kinds: ReadonlySet<string>;
}

type Check = (value: unknown, known: Known, entry: Readonly<Record<string, unknown>>) => string | undefined;

const DAY = /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/;
const AMOUNT = /^\d{1,12}(\.\d{1,12})?$/;

const oneOf = (allowed: Iterable<string>): string => `must be one of ${[...allowed].sort().join(', ')}`;
const text: Check = (value) => (typeof value === 'string' && value !== '' ? undefined : 'must be a text');
const day: Check = (value) => (typeof value === 'string' && DAY.test(value) ? undefined : "must be a day like '2026-01-01'");
const texts: Check = (value) => (isRecord(value) ? undefined : 'must be an object');
const model: Check = (value, { models }, { newModel }) =>
  models.has(value as string) || newModel === true
    ? undefined
    : 'must be the id of a model in docs/prices.md, without a routing prefix; for another one set newModel';
const rates: Check = (value, { kinds }) => {
  if (!isRecord(value) || Object.keys(value).length === 0) return "must hold at least one rate, like { input: '3.30' }";
  const unknown = Object.keys(value).find((kind) => !kinds.has(kind));
  if (unknown !== undefined) return `has '${unknown}', each kind ${oneOf(kinds)}`;
  const wrong = Object.values(value).find((rate) => !AMOUNT.test(String(rate)));
  return wrong === undefined ? undefined : `has ${JSON.stringify(wrong)}, each rate must be a decimal like '3.30', not negative`;
};
const percent: Check = (value) => (Number(value) >= 0 && Number(value) <= 100 ? undefined : 'must be a number from 0 to 100');

/** What an entry of each list may say. */
const FIELDS: Readonly<Record<string, Readonly<Record<string, Check>>>> = {
  overrides: {
    model,
    rates,
    name: text,
    routing: (value) => (value === 'regional' || value === 'global' ? undefined : 'must be one of global, regional'),
    regions: (value) => (Array.isArray(value) && value.length > 0 ? undefined : 'must be a list of Regions'),
    tier: (value, { tiers }) => (tiers.has(value as string) ? undefined : oneOf(tiers)),
    context: (value) => (/^\d+-\d*$/.test(String(value)) ? undefined : "must be a range like '0-200000' or '200001-'"),
    spec: texts,
    from: day,
    until: day,
    newModel: (value) => (typeof value === 'boolean' ? undefined : 'must be true or false'),
  },
  discounts: {
    percent,
    model,
    provider: (value, { providers }) => (providers.has(value as string) ? undefined : oneOf(providers)),
    name: text,
    from: day,
    until: day,
  },
};
const REQUIRED: Readonly<Record<string, readonly string[]>> = { overrides: ['model', 'rates'], discounts: ['percent'] };

/**
 * Refuses price overrides that the meter would refuse. It checks them once more: entries that contradict each other, for
 * example, are found only there.
 *
 * @throws with the entry and the field that is wrong
 */
export function checkPriceOverrides(json: string, where: string): void {
  let lists: unknown;
  try {
    lists = JSON.parse(json);
  } catch (error) {
    throw new Error(`${where} must be JSON: ${(error as Error).message}`, { cause: error });
  }
  if (!isRecord(lists)) throw new Error(`${where} must be an object with the lists overrides and discounts`);
  const known = readKnown();
  for (const [list, entries] of Object.entries(lists)) {
    const fields = FIELDS[list];
    if (!fields) throw new Error(`'${list}' is not known in ${where}, use overrides or discounts`);
    if (!Array.isArray(entries)) throw new Error(`'${list}' in ${where} must be a list`);
    entries.forEach((entry, at) => checkEntry(entry, fields, REQUIRED[list]!, known, `${list}[${at}] in ${where}`));
  }
}

function checkEntry(
  entry: unknown,
  fields: Readonly<Record<string, Check>>,
  required: readonly string[],
  known: Known,
  where: string,
): void {
  if (!isRecord(entry)) throw new Error(`${where} must be an object, got ${JSON.stringify(entry)}`);
  const missing = required.find((field) => !(field in entry));
  if (missing !== undefined) throw new Error(`${where} needs '${missing}'`);
  if (fields.percent && 'model' in entry === 'provider' in entry) throw new Error(`${where} needs either 'model' or 'provider'`);
  for (const [field, value] of Object.entries(entry)) {
    const check = fields[field];
    if (!check) throw new Error(`'${field}' in ${where} is not known, use ${Object.keys(fields).join(', ')}`);
    const wrong = Token.isUnresolved(value) ? undefined : check(value, known, entry);
    if (wrong !== undefined) throw new Error(`'${field}' in ${where} ${wrong}, got ${JSON.stringify(value)}`);
  }
}

/** What the catalogue that the meter is shipped with knows. */
function readKnown(): Known {
  const lines = readFileSync(BUILT_IN_CATALOGUE, 'utf8').trim().split('\n');
  const all = (start: string): Array<Record<string, unknown>> =>
    lines.filter((line) => line.startsWith(start)).map((line) => JSON.parse(line) as Record<string, unknown>);
  const [models, prices] = [all('{"model":'), all('{"price":')];
  const texts = (rows: ReadonlyArray<Record<string, unknown>>, field: string): Set<string> =>
    new Set(rows.map((row) => row[field] as string));
  return {
    models: texts(models, 'model'),
    providers: texts(models, 'provider'),
    tiers: texts(prices, 'tier'),
    kinds: new Set(prices.flatMap(({ rates: published }) => Object.keys(published as object))),
  };
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
