import { gunzipSync } from 'node:zlib';
import { plainValue } from './any-value';
import { MAX_LENGTH } from './json-value';
import { inBedrocksSpelling, isInLowerCase } from './lower-case';
import { hasTypedMembers, recordWithoutTypes } from './typed-members';

/** gzip, and JSON, in Base64. */
const BASE64 = /^(?:H4sI|eyJ)[\w+/\s]*=*$/;
const GZIP_IN_BASE64 = 'H4sI';

const OPENING_BRACE = 123;
const GZIP = [31, 139];

/** Whether a value is a record, or gzip, as bytes: journald and Node.js write them in JSON as a list of numbers. */
export const isBytes = (value: unknown): value is readonly number[] =>
  Array.isArray(value) &&
  (value[0] === OPENING_BRACE || GZIP.every((byte, at) => value[at] === byte)) &&
  value.every((byte) => Number.isInteger(byte) && byte >= 0 && byte < 256);

export const isBase64 = (text: string): boolean => BASE64.test(text);

/** A record as text. Undefined if it cannot be written as JSON, because it is nested too deep. */
export function textOf(record: unknown): string | undefined {
  try {
    if (isBytes(record)) return outOfBase64(Buffer.from(record).toString('base64'));
    return typeof record === 'string' ? outOfBase64(record) : JSON.stringify(asBedrockWrites(record));
  } catch {
    return undefined;
  }
}

function asBedrockWrites(record: unknown): unknown {
  if (hasTypedMembers(record)) return recordWithoutTypes(record);
  return isInLowerCase(record) ? inBedrocksSpelling(record) : plainValue(record);
}

/** The text behind Base64 and gzip. What cannot be decoded is returned as it is. */
function outOfBase64(text: string): string {
  if (!BASE64.test(text)) return text;
  try {
    const bytes = Buffer.from(text, 'base64');
    return (text.startsWith(GZIP_IN_BASE64) ? gunzipSync(bytes, { maxOutputLength: MAX_LENGTH }) : bytes).toString();
  } catch {
    return text;
  }
}
