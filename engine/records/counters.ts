import { MalformedRecord } from './call';

/** No call moves a billion tokens. Below it, the sums of millions of calls are exact in a double. */
const LIMIT = 1e9;

/**
 * A count of tokens; undefined where it is absent or null.
 *
 * @throws MalformedRecord where it is anything but a whole number: a count that cannot be right is never priced
 */
export function readCount(value: unknown, name: string): number | undefined {
  if (value === undefined || value === null) {
    return undefined;
  }
  if (!isCount(value)) {
    throw new MalformedRecord(`${name} is not a whole number from 0 to ${LIMIT}`);
  }
  return value;
}

/** As `readCount`, for a count that may not be needed: NaN where it is anything but a whole number. */
export function readBodyCount(value: unknown): number | undefined {
  if (value === undefined || value === null) {
    return undefined;
  }
  return isCount(value) ? value : NaN;
}

/** As `readCount`, for seconds and other amounts that may have a fraction. */
export function readAmount(value: unknown, name: string): number | undefined {
  if (value === undefined || value === null) {
    return undefined;
  }
  if (typeof value !== 'number' || !(value >= 0 && value <= LIMIT)) {
    throw new MalformedRecord(`${name} is not a number from 0 to ${LIMIT}`);
  }
  return value;
}

const isCount = (value: unknown): value is number => Number.isInteger(value) && Number(value) >= 0 && Number(value) <= LIMIT;
