import type { Catalogue } from './catalogue';
import { bareModelId, resolveModel } from './model-id';

/** An entry of a price override file, its fields not read yet. */
export type Entry = Readonly<Record<string, unknown>>;

/** Names of every object in JavaScript. No model, kind or axis is called so. */
const isReserved = (name: string): boolean => name in {};

const REGION = /^[a-z]{2,}(-[a-z]+)+-\d+$/;

/** @throws where the entry is no object or has a field that is not allowed */
export function readEntry(entry: unknown, allowed: readonly string[]): Entry {
  if (typeof entry !== 'object' || entry === null || Array.isArray(entry)) {
    throw new Error(`must be an object, got ${JSON.stringify(entry)}`);
  }
  const unknown = Object.keys(entry).find((field) => !allowed.includes(field));
  if (unknown !== undefined) throw new Error(`'${unknown}' is not known: use ${allowed.join(', ')}`);
  return entry as Entry;
}

/** Takes numbers as JSON writes them, so that 3.3 and "3.3" mean the same. */
export function readText(entry: Entry, field: string): string | undefined {
  const { [field]: value } = entry;
  if (value === undefined) return undefined;
  if (typeof value !== 'string' && typeof value !== 'number') {
    throw new Error(`'${field}' must be a text or a number, got ${JSON.stringify(value)}`);
  }
  // String(-0) is '0', which is not what was written.
  const text = Object.is(value, -0) ? '-0' : String(value);
  if (text === '') throw new Error(`'${field}' must not be empty: leave it out instead`);
  return text;
}

/** An object of texts, such as the rates by kind. */
export function readTexts(entry: Entry, field: string): Record<string, string> {
  const { [field]: value = {} } = entry;
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new Error(`'${field}' must be an object, got ${JSON.stringify(value)}`);
  }
  const nested = value as Entry;
  return Object.fromEntries(
    Object.keys(nested).map((key) => {
      try {
        return [key, readText(nested, key)!];
      } catch (error) {
        throw new Error((error as Error).message.replace(`'${key}'`, `'${field}.${key}'`), { cause: error });
      }
    }),
  );
}

export function readFlag(entry: Entry, field: string): boolean {
  const { [field]: value = false } = entry;
  if (typeof value === 'boolean') return value;
  throw new Error(`'${field}' must be true or false, got ${JSON.stringify(value)}`);
}

/** Undefined for all Regions. */
export function readRegions({ regions }: Entry): readonly string[] | undefined {
  if (regions === undefined) return undefined;
  if (!Array.isArray(regions) || regions.length === 0) {
    throw new Error(`'regions' must be a list of Regions, got ${JSON.stringify(regions)}: leave it out for all Regions`);
  }
  const wrong = regions.find((region) => typeof region !== 'string' || !REGION.test(region)) as unknown;
  if (wrong !== undefined) {
    throw new Error(`'regions' must be a list of Regions like 'us-east-1', got ${JSON.stringify(wrong)}: leave it out for all Regions`);
  }
  return [...new Set(regions as string[])];
}

/** A model of the catalogue, or another id or ARN where `isNew`; undefined where the entry names none. */
export function readModel(entry: Entry, catalogue: Catalogue, isNew: boolean): string | undefined {
  const model = readText(entry, 'model');
  if (model === undefined || catalogue.model(model)) return model;

  const { model: pricedAs, flags } = resolveModel(model, catalogue);
  if (pricedAs !== undefined) {
    const way = flags.includes('alias')
      ? `use '${pricedAs}', whose price it carries`
      : `use an id without routing prefix, for example ${pricedAs}, and 'routing' for global profiles`;
    throw new Error(`'model' is not in the price catalogue, got '${model}': ${way}`);
  }
  const bare = bareModelId(model);
  if (!isNew) {
    const advice = `use an id without routing prefix, for example ${catalogue.nearest(model).join(', ')}, or set "newModel": true to price a model the catalogue does not have`;
    throw new Error(`'model' is not in the price catalogue, got '${model}': ${advice}`);
  }
  if (isReserved(bare) || bare === '' || /\s/.test(bare)) {
    throw new Error(`'model' must be an id like 'acme.model-v1:0' or an ARN, got '${model}'`);
  }
  if (bare !== model)
    throw new Error(
      `'model' must be an id without ARN and routing prefix, got '${model}': use '${bare}', and 'routing' for global profiles`,
    );
  return model;
}
