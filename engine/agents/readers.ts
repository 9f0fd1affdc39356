/** Millions of tokens in one call are a mistake or an attack: records have the same limit. */
const MAX_TOKENS = 1e9;

const MAX_MODEL = 2048;

/** A count that may have arrived as text. Zero, and anything that is no whole number, is no count. */
export function readTokens(value: unknown): number | undefined {
  const count = typeof value === 'string' && /^\d{1,10}(\.0+)?$/.test(value) ? Number(value) : value;
  return typeof count === 'number' && Number.isInteger(count) && count > 0 && count <= MAX_TOKENS ? count : undefined;
}

export function readDuration(value: unknown): number | undefined {
  const number = typeof value === 'string' && value !== '' ? Number(value) : value;
  return typeof number === 'number' && number >= 0 && number < 1e12 ? number : undefined;
}

/** A word that a library or a service chose, such as a provider or the type of an error. */
export const readWord = (value: unknown): string | undefined =>
  typeof value === 'string' && /^[\w.:/$@+-]{1,128}$/.test(value) ? value : undefined;

/** An id. */
export const readId = (value: unknown): string | undefined =>
  typeof value === 'string' && /^[\w.:/@|=+#-]{1,256}$/.test(value) ? value : undefined;

/** The name that a person gave to an agent: a few words, so that no prompt passes for one. */
export const readLabel = (value: unknown): string | undefined =>
  typeof value === 'string' && value.length <= 64 && /^[\p{L}\p{N}_.:/@+#()&-]+( [\p{L}\p{N}_.:/@+#()&-]+){0,3}$/u.test(value)
    ? value
    : undefined;

/** A model id, or the ARN of a profile. */
export const readModel = (value: unknown): string | undefined =>
  typeof value === 'string' && value.length <= MAX_MODEL && /^[\w.:/@+[\]-]+$/.test(value) ? value : undefined;

const UUID = /^[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}$/;

/** A request id of AWS. Ids of other forms, such as `msg_bdrk_…`, are of a message and not of a request. */
export const readRequestId = (value: unknown): string | undefined => {
  const id = typeof value === 'string' ? value.toLowerCase() : '';
  return UUID.test(id) ? id : undefined;
};

const BASE64_ID = /^[A-Za-z0-9+/]{11}=$|^[A-Za-z0-9+/]{22}==$/;
const XRAY_ID = /^1-([\da-f]{8})-([\da-f]{24})$/;
const NO_ID = /^0+$/;

/** As nearly all are. */
const HEX_ID = /^[\da-f]{16}(?:[\da-f]{16})?$/;

/** A trace or span id: lower-case hexadecimal digits, whether X-Ray, Python or the JSON of protobuf wrote it. */
export function readSpanId(value: unknown): string | undefined {
  if (typeof value !== 'string') return undefined;
  if (HEX_ID.test(value)) return value.startsWith('0') && NO_ID.test(value) ? undefined : value;
  if (BASE64_ID.test(value)) return hexOf(value);
  const id = value.toLowerCase().replace(/^0x/, '').replace(XRAY_ID, '$1$2');
  return NO_ID.test(id) ? undefined : readId(id);
}

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

function hexOf(base64: string): string {
  const bits = [...base64.replace(/=+$/, '')].map((digit) => ALPHABET.indexOf(digit).toString(2).padStart(6, '0')).join('');
  return (bits.slice(0, bits.length - (bits.length % 8)).match(/.{4}/g) ?? [])
    .map((four) => Number.parseInt(four, 2).toString(16))
    .join('');
}

const MILLISECOND_DIGITS = 13;
const ISO = /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:?\d\d)?$/;

/**
 * Milliseconds, with a fraction, of a time as spans have it: nanoseconds as digits or as a number beyond 2^53, seconds and
 * nanoseconds in a list (OpenTelemetry for JavaScript), a Date (the AWS SDK for JavaScript), or ISO 8601, which is UTC where it
 * names no zone.
 */
export function readTime(value: unknown): number | undefined {
  if (value instanceof Date) return inRange(value.getTime());
  if (Array.isArray(value)) {
    const [seconds, nanoseconds] = value as unknown[];
    return typeof seconds === 'number' && typeof nanoseconds === 'number' ? inRange(seconds * 1000 + nanoseconds / 1e6) : undefined;
  }
  if (typeof value === 'number') return inRange(ofNumber(value));
  if (typeof value !== 'string') return undefined;
  if (/^\d{10,20}$/.test(value)) return inRange(ofDigits(value));
  if (!ISO.test(value)) return undefined;
  const text = value.replace(' ', 'T');
  const time = Date.parse(/(Z|[+-]\d\d:?\d\d)$/.test(text) ? text : `${text}Z`);
  const micros = /\.\d{3}(\d{1,6})/.exec(text)?.[1];
  return inRange(time + (micros ? Number(`0.${micros}`) : 0));
}

/** Digits are split, because a double cannot hold nanoseconds since 1970. */
function ofDigits(digits: string): number {
  const shift = digits.length - MILLISECOND_DIGITS;
  if (shift <= 0) return Number(digits) * 10 ** -shift;
  return Number(digits.slice(0, MILLISECOND_DIGITS)) + Number(`0.${digits.slice(MILLISECOND_DIGITS)}`);
}

/** Nanoseconds, microseconds, milliseconds or seconds, by their size in this century. */
function ofNumber(value: number): number {
  if (value > 1e17) return value / 1e6;
  if (value > 1e14) return value / 1e3;
  return value > 1e11 ? value : value * 1000;
}

/** What a Date can hold. */
const inRange = (ms: number): number | undefined => (ms > 0 && ms < 8.64e15 ? ms : undefined);
