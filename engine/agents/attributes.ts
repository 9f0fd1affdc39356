import { isObject, type Json } from '../records/json';
import { READ_KEYS } from './span-keys';

/** Looks up an attribute by its full name. */
export type Attributes = (key: string) => unknown;

export const NO_ATTRIBUTES: Attributes = () => undefined;

/** How deep names may be nested: `gen_ai.usage.cache_read.input_tokens` has four parts. */
const MAX_PARTS = 6;

/**
 * The attributes of a span or a resource in any form: an object with full names, OTLP's list of keys and typed values, or objects
 * within objects. Only names on the allow-list are looked up.
 */
export function attributesOf(raw: unknown): Attributes {
  if (Array.isArray(raw)) return ofList(raw);
  if (!isObject(raw)) return NO_ATTRIBUTES;
  return (key) => (Object.hasOwn(raw, key) ? plain(raw[key]) : nested(raw, key));
}

/** The first of several attributes that `read` can use. */
export function firstOf<T>(attributes: Attributes, keys: readonly string[], read: (value: unknown) => T | undefined): T | undefined {
  for (const key of keys) {
    const value = read(attributes(key));
    if (value !== undefined) return value;
  }
  return undefined;
}

function ofList(list: readonly unknown[]): Attributes {
  const values = new Map<string, unknown>();
  for (const each of list) {
    if (isObject(each) && typeof each.key === 'string' && READ_KEYS.has(each.key)) values.set(each.key, plain(each.value));
  }
  return (key) => values.get(key);
}

/** The value in OTLP's typed form, `{"intValue":"12"}`; lists and objects are no values that are read. */
function plain(value: unknown): unknown {
  if (!isObject(value)) return value;
  const [only, ...others] = Object.entries(value);
  return only && others.length === 0 && /^(string|int|double|bool)_?[vV]alue$/.test(only[0]) ? only[1] : undefined;
}

/** A value in objects whose names together are the key. A name may be several parts of it. */
function nested(holder: Json, key: string, parts = MAX_PARTS): unknown {
  for (let dot = key.indexOf('.'); dot > 0; dot = key.indexOf('.', dot + 1)) {
    const head = key.slice(0, dot);
    const inner = Object.hasOwn(holder, head) ? holder[head] : undefined;
    if (!isObject(inner) || parts === 0) continue;
    const rest = key.slice(dot + 1);
    const value = Object.hasOwn(inner, rest) ? plain(inner[rest]) : nested(inner, rest, parts - 1);
    if (value !== undefined) return value;
  }
  return undefined;
}
