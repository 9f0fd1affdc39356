import { MalformedRecord } from './call';

/** No call moves a billion tokens. The limit also keeps the sums of millions of calls exact in a double. */
const LIMIT = 1e9;

/** A counter that is absent (or null) is unknown; one that is no whole number makes the record malformed, never a price. */
export function readCount(value: unknown, name: string): number | undefined {
  if (value === undefined || value === null) {
    return undefined;
  }
  if (typeof value !== 'number' || !Number.isInteger(value) || value < 0 || value > LIMIT) {
    throw new MalformedRecord(`${name} is not a whole number from 0 to ${LIMIT}`);
  }
  return value;
}

/** As `counter`, for seconds and other measures that may have a fraction. */
export function readAmount(value: unknown, name: string): number | undefined {
  if (value === undefined || value === null) {
    return undefined;
  }
  if (typeof value !== 'number' || !(value >= 0 && value <= LIMIT)) {
    throw new MalformedRecord(`${name} is not a number from 0 to ${LIMIT}`);
  }
  return value;
}
