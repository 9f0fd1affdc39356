import { isObject, type Json } from '../../engine/records/json';

/** A member of AnyValue, in JSON and in the spelling of Protocol Buffers. */
type Read = (value: unknown) => unknown;

const READERS: ReadonlyMap<string, Read> = new Map(
  Object.entries<Read>({
    stringValue: (value) => value,
    boolValue: (value) => value,
    intValue: Number,
    doubleValue: Number,
    bytesValue: (value) => value,
    arrayValue: (value) => valuesIn(value).map(plainValue),
    kvlistValue: (value) =>
      Object.fromEntries(
        valuesIn(value)
          .filter(isObject)
          .map(({ key, value }) => [key, plainValue(value)]),
      ) as Json,
  }),
);

const readerOf = (member: string): Read | undefined => READERS.get(member.replace(/_(\w)/, (_, letter: string) => letter.toUpperCase()));

const valuesIn = (value: unknown): unknown[] => (isObject(value) && Array.isArray(value.values) ? value.values : []);

/**
 * The JSON that an AnyValue of OpenTelemetry spells out; anything else as it is. An AnyValue without a member is null. Source:
 * opentelemetry-proto, common/v1/common.proto.
 */
export function plainValue(value: unknown): unknown {
  if (!isObject(value)) return value;
  const [[member, inside] = ['', undefined], ...more] = Object.entries(value);
  if (member === '') return null;
  const read = more.length === 0 ? readerOf(member) : undefined;
  return read ? read(inside) : value;
}

/** Whether it is a list of names and values, or of values. */
export const isStructured = (value: unknown): boolean => isObject(value) && /^(?:kvlist|array)_?[Vv]alue$/.test(Object.keys(value).join());
