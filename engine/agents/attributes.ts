import { isObject, type Json } from '../records/json';
import { READ_KEYS } from './span-keys';

/** Looks up an attribute by its full name. */
export type Attributes = (key: string) => unknown;

const NO_ATTRIBUTES: Attributes = () => undefined;

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
  const values = Array.isArray(raw) ? ofList(raw) : isObject(raw) ? ofObject(raw) : undefined;
  return values && values.size > 0 ? (key) => values.get(key) : NO_ATTRIBUTES;
}

/** The first of several attributes that `read` can use. */
export function firstOf<T>(attributes: Attributes, keys: readonly string[], read: (value: unknown) => T | undefined): T | undefined {
  for (const key of keys) {
    const value = read(attributes(key));
    if (value !== undefined) return value;
  }
  return undefined;
}

function ofList(list: readonly unknown[]): Map<string, unknown> {
  const values = new Map<string, unknown>();
  for (const each of list) {
    if (isObject(each) && typeof each.key === 'string' && READ_KEYS.has(each.key)) values.set(each.key, plain(each.value));
  }
  return values;
}

/** One pass over what is there: a span has some twenty attributes, and a hundred names are on the allow-list. */
function ofObject(holder: Json): Map<string, unknown> {
  const values = new Map<string, unknown>();
  addMembers(holder, '', MAX_PARTS, values);
  return values;
}

function addMembers(holder: Json, prefix: string, parts: number, values: Map<string, unknown>): void {
  for (const name in holder) {
    if (!Object.hasOwn(holder, name)) continue;
    const key = prefix + name;
    const value = holder[name];
    if (READ_KEYS.has(key) && !(isObject(value) && NAMES_BEGIN.has(key) && plain(value) === undefined)) values.set(key, plain(value));
    else if (isObject(value) && parts > 0 && NAMES_BEGIN.has(key)) addMembers(value, `${key}.`, parts - 1, values);
  }
}

/** The value in OTLP's typed form, `{"intValue":"12"}`; lists and objects are no values that are read. */
function plain(value: unknown): unknown {
  if (!isObject(value)) return value;
  const [only, ...others] = Object.entries(value);
  return only && others.length === 0 && /^(string|int|double|bool)_?[vV]alue$/.test(only[0]) ? only[1] : undefined;
}
