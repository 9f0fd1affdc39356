import { isObject, type Json } from '../records/json';
import { type AttributeKeys, knownPlaces } from './attribute-keys';
import { READ_KEYS } from './span-keys';

/** The values of attributes that are read, each at the place of its name. */
export type Attributes = readonly unknown[];

const NO_ATTRIBUTES: Attributes = [];

/** What the names on the allow-list begin with: `gen_ai`, `gen_ai.usage` … */
const NAMES_BEGIN: ReadonlySet<string> = new Set(
  [...READ_KEYS].flatMap((key) => key.split('.').map((_, at, parts) => parts.slice(0, at).join('.'))),
);

/** How deep names may be nested: `gen_ai.usage.cache_read.input_tokens` has four parts. */
const MAX_PARTS = 6;

/**
 * The attributes of a span or a resource in any form: an object with full names, OTLP's list of keys and typed values, or objects
 * within objects. Only names on the allow-list are taken over.
 */
export function attributesOf(raw: unknown): Attributes {
  return Array.isArray(raw) ? ofList(raw) : isObject(raw) ? ofObject(raw) : NO_ATTRIBUTES;
}

/** The first of several attributes that `read` can use. */
export function firstOf<T>(attributes: Attributes, { places }: AttributeKeys, read: (value: unknown) => T | undefined): T | undefined {
  for (const place of places) {
    const raw = attributes[place];
    const value = raw === undefined ? undefined : read(raw);
    if (value !== undefined) return value;
  }
  return undefined;
}

const newValues = (): unknown[] => new Array<unknown>(knownPlaces.size);

function ofList(list: readonly unknown[]): unknown[] {
  const values = newValues();
  for (const each of list) {
    const place = isObject(each) && typeof each.key === 'string' ? knownPlaces.get(each.key) : undefined;
    if (place !== undefined) values[place] = plain((each as Json).value);
  }
  return values;
}

/** One pass over what is there: a span has some twenty attributes, and a hundred names are on the allow-list. */
function ofObject(holder: Json): unknown[] {
  const values = newValues();
  addMembers(holder, '', MAX_PARTS, values);
  return values;
}

function addMembers(holder: Json, prefix: string, parts: number, values: unknown[]): void {
  for (const name in holder) {
    if (!Object.hasOwn(holder, name)) continue;
    const key = prefix === '' ? name : prefix + name;
    const value = holder[name];
    const place = knownPlaces.get(key);
    if (place !== undefined && !(isObject(value) && NAMES_BEGIN.has(key) && plain(value) === undefined)) values[place] = plain(value);
    else if (isObject(value) && parts > 0 && NAMES_BEGIN.has(key)) addMembers(value, `${key}.`, parts - 1, values);
  }
}

/** The value in OTLP's typed form, `{"intValue":"12"}`; lists and objects are no values that are read. */
function plain(value: unknown): unknown {
  if (!isObject(value)) return value;
  const [only, ...others] = Object.entries(value);
  return only && others.length === 0 && /^(string|int|double|bool)_?[vV]alue$/.test(only[0]) ? only[1] : undefined;
}
