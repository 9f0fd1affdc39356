import { isObject, type Json } from '../../engine/records/json';

type Read = (value: unknown) => unknown;

/** Values with their type, by the name of the type in Amazon DynamoDB and in MongoDB Extended JSON. */
const READERS: ReadonlyMap<string, Read> = new Map(
  Object.entries<Read>({
    S: (value) => value,
    N: Number,
    BOOL: (value) => value,
    NULL: () => null,
    L: (value) => (Array.isArray(value) ? value.map(withoutTypes) : value),
    M: (value) => (isObject(value) ? membersOf(value) : value),
    $numberInt: Number,
    $numberLong: Number,
    $numberDouble: Number,
    $oid: (value) => value,
  }),
);

function withoutTypes(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutTypes);
  if (!isObject(value)) return value;
  const [[type, inside] = ['', undefined], ...more] = Object.entries(value);
  const read = more.length === 0 ? READERS.get(type) : undefined;
  return read ? read(inside) : membersOf(value);
}

const membersOf = (value: Json): Json =>
  Object.fromEntries(Object.entries(value).map(([name, each]) => [name, withoutTypes(each)])) as Json;

/** Whether it is a record whose values have types beside them, as exports of databases write them. */
export const hasTypedMembers = (value: unknown): value is Json =>
  isObject(value) &&
  ([value.modelId, value.requestId].some(isTypedText) || (isObject(value.input) && isTypedNumber(value.input.inputTokenCount)));

const isTypedText = (value: unknown): boolean => isObject(value) && Object.keys(value).join() === 'S';
const isTypedNumber = (value: unknown): boolean => isObject(value) && /^\$number(?:Int|Long|Double)$/.test(Object.keys(value).join());

/** The record without the types. */
export const recordWithoutTypes = membersOf;
