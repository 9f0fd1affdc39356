import { BadRecord } from './call';
import type { Json } from './json';

/** No call moves a billion tokens. The limit also keeps the sums of millions of calls exact in a double. */
const LIMIT = 1e9;

/** A counter that is absent (or null) is unknown; one that is no whole number makes the record poison, never a price. */
export function counter(holder: Json | undefined, name: string): number | undefined {
  const value = holder?.[name];
  if (value === undefined || value === null) {
    return undefined;
  }
  if (typeof value !== 'number' || !Number.isInteger(value) || value < 0 || value > LIMIT) {
    throw new BadRecord(`${name} is not a whole number from 0 to ${LIMIT}`);
  }
  return value;
}

/** As `counter`, for seconds and other measures that may have a fraction. */
export function measure(holder: Json | undefined, name: string): number | undefined {
  const value = holder?.[name];
  if (value === undefined || value === null) {
    return undefined;
  }
  if (typeof value !== 'number' || !(value >= 0 && value <= LIMIT)) {
    throw new BadRecord(`${name} is not a number from 0 to ${LIMIT}`);
  }
  return value;
}

/** The first of several names under which the same count is known. They repeat each other and are never added up. */
export function firstCounter(holder: Json | undefined, ...names: string[]): number | undefined {
  for (const name of names) {
    const value = counter(holder, name);
    if (value !== undefined) {
      return value;
    }
  }
  return undefined;
}
