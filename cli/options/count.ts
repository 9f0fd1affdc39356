import { Failure } from '../failure';

const COUNT = /^(\d{1,15}(?:_\d{3})*|\d{1,12}\.\d{1,12})(?:e(\d{1,2})|([kmgt]))?$/i;
const UNITS: Readonly<Record<string, number>> = { k: 1e3, m: 1e6, g: 1e9, t: 1e12 };

/** A count as people write it: 1200, 10k, 1.5M, 1e6, 1_000_000. Undefined for anything else. */
export function countIn(text: string): number | undefined {
  const [, digits, exponent = '0', unit = ''] = COUNT.exec(text) ?? [];
  if (digits === undefined) return undefined;
  const value = Number(`${digits.replaceAll('_', '')}e${exponent}`) * (UNITS[unit.toLowerCase()] ?? 1);
  // 1.1 * 1e6 is 1100000.0000000002.
  return Number(value.toPrecision(15));
}

/** A whole number from 1 on. */
export function wholeNumber(option: string, text: string): number {
  const value = countIn(text);
  if (value === undefined || !Number.isSafeInteger(value) || value < 1) {
    throw new Failure(`'${option}' must be a whole number from 1 on, such as 20 or 10k, got '${text}'`);
  }
  return value;
}
