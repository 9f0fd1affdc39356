import type { Catalogue } from './catalogue';
import { ANYWHERE, readPeriod, readRow, type PriceRow } from './price-row';
import { parseUsd } from './usd-text';

/** A percentage off the published rates of a model, or of all models of a provider. */
export interface Discount {
  readonly name: string;
  readonly model?: string;
  readonly provider?: string;
  /** The discounted rate is the published one · `remaining` / `whole`. */
  readonly remaining: bigint;
  readonly whole: bigint;
  readonly from: number;
  readonly until: number;
}

const OVERRIDE_FIELDS = ['name', 'model', 'newModel', 'routing', 'regions', 'tier', 'context', 'spec', 'rates', 'from', 'until'];
const DISCOUNT_FIELDS = ['name', 'model', 'provider', 'percent', 'from', 'until'];
const PERCENT_DECIMALS = 6;
/** 100 percent, in units of the last decimal that a percentage may have. */
const WHOLE = 100n * 10n ** BigInt(PERCENT_DECIMALS);

/**
 * Reads an override as price rows: one for each routing, unless it names one.
 *
 * @throws with the field that is wrong
 */
export function readOverride(entry: unknown, catalogue: Catalogue): PriceRow[] {
  const fields = fieldsOf(entry, OVERRIDE_FIELDS);
  const model = text(fields, 'model');
  if (model === undefined) throw new Error("'model' is missing: name the model whose price this is");
  if (fields.newModel !== true) requireModel(model, catalogue);

  const name = text(fields, 'name');
  const routing = text(fields, 'routing');
  return (routing === undefined ? ['regional', 'global'] : [routing]).map((way) => {
    const raw = {
      price: model,
      routing: way,
      tier: text(fields, 'tier') ?? 'standard',
      ...optional('context', text(fields, 'context')),
      ...optional('spec', texts(fields, 'spec')),
      regions: regionsOf(fields),
      rates: texts(fields, 'rates') ?? {},
      ...optional('from', text(fields, 'from')),
      ...optional('until', text(fields, 'until')),
      sources: ['override'],
      grade: 'override',
      asOf: text(fields, 'from') ?? 'unknown',
    };
    const row = readRow(raw, () => undefined);
    return { ...row, id: name ?? `override:${row.id}` };
  });
}

/** @throws with the field that is wrong */
export function readDiscount(entry: unknown, catalogue: Catalogue): Discount {
  const fields = fieldsOf(entry, DISCOUNT_FIELDS);
  const model = text(fields, 'model');
  const provider = text(fields, 'provider');
  if ((model === undefined) === (provider === undefined)) {
    throw new Error("a discount needs either 'model' or 'provider'");
  }
  if (model !== undefined) requireModel(model, catalogue);
  const providers = [...new Set(catalogue.lines<{ provider: string }>('model').map((info) => info.provider))].sort();
  if (provider !== undefined && !providers.includes(provider)) {
    throw new Error(`'provider' must be one of ${providers.join(', ')}, got '${provider}'`);
  }
  const percent = text(fields, 'percent');
  return {
    name: text(fields, 'name') ?? `discount:${model ?? provider} ${percent}%`,
    ...optional('model', model),
    ...optional('provider', provider),
    remaining: WHOLE - readPercent(percent),
    whole: WHOLE,
    ...readPeriod(text(fields, 'from'), text(fields, 'until')),
  };
}

function readPercent(percent: string | undefined): bigint {
  try {
    const parsed = parseUsd(percent ?? '', PERCENT_DECIMALS);
    if (parsed <= WHOLE) return parsed;
  } catch {
    // The message below speaks of a percentage, not of an amount.
  }
  throw new Error(`'percent' must be a number from 0 to 100, got '${percent}'`);
}

function requireModel(model: string, catalogue: Catalogue): void {
  if (catalogue.model(model)) return;
  const alias = catalogue.aliasOf(model);
  const advice = alias
    ? `use '${alias}', whose price it carries`
    : `use an id without routing prefix, for example ${catalogue.nearest(model).join(', ')}, or set "newModel": true to price a model the catalogue does not have`;
  throw new Error(`'model' is not in the price catalogue, got '${model}': ${advice}`);
}

function regionsOf(fields: Readonly<Record<string, unknown>>): string[] {
  const { regions } = fields;
  if (regions === undefined) return [ANYWHERE];
  if (Array.isArray(regions) && regions.length > 0 && regions.every((region) => typeof region === 'string')) return regions;
  throw new Error(`'regions' must be a list of Regions, got ${JSON.stringify(regions)}: leave it out for all Regions`);
}

function fieldsOf(entry: unknown, allowed: readonly string[]): Readonly<Record<string, unknown>> {
  if (typeof entry !== 'object' || entry === null || Array.isArray(entry)) {
    throw new Error(`must be an object, got ${JSON.stringify(entry)}`);
  }
  const unknown = Object.keys(entry).find((field) => !allowed.includes(field));
  if (unknown !== undefined) throw new Error(`'${unknown}' is not known: use ${allowed.join(', ')}`);
  return entry as Record<string, unknown>;
}

/** Takes numbers as JSON writes them, so that 3.3 and "3.3" mean the same. */
function text(fields: Readonly<Record<string, unknown>>, field: string): string | undefined {
  const value = fields[field];
  if (value === undefined || typeof value === 'string') return value;
  if (typeof value === 'number') return String(value);
  throw new Error(`'${field}' must be a text or a number, got ${JSON.stringify(value)}`);
}

function texts(fields: Readonly<Record<string, unknown>>, field: string): Record<string, string> | undefined {
  const value = fields[field];
  if (value === undefined) return undefined;
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new Error(`'${field}' must be an object, got ${JSON.stringify(value)}`);
  }
  const nested = value as Record<string, unknown>;
  return Object.fromEntries(Object.keys(nested).map((key) => [key, text(nested, key) ?? '']));
}

function optional<K extends string, V>(key: K, value: V | undefined): Partial<Record<K, V>> {
  return value === undefined ? {} : ({ [key]: value } as Record<K, V>);
}
