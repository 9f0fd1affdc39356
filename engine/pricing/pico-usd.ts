import { KINDS } from './kinds';
import type { PicoUsd } from './types';

const PICO_DIGITS = 12;
const PER_MILLION_DIGITS = 6;
const DECIMAL = /^(\d{1,12})(?:\.(\d{1,12}))?$/;

/**
 * Reads a decimal USD amount without rounding.
 *
 * @throws if the text is not a plain non-negative decimal, or has more digits than a pico-dollar
 */
export function parseUsd(text: string, digits = PICO_DIGITS): PicoUsd {
  const match = DECIMAL.exec(text);
  const fraction = match?.[2] ?? '';
  if (!match || fraction.length > digits) {
    throw new Error(`'${text}' is not an amount: write a decimal like '3.30', not negative, with at most ${digits} digits after the point`);
  }
  return BigInt(match[1]! + fraction.padEnd(digits, '0'));
}

/** Reads a published rate, which is per million for tokens and per unit for everything else, as pico-dollars of one. */
export function parseRate(kind: string, text: string): PicoUsd {
  return parseUsd(text, KINDS[kind] === 'token' ? PER_MILLION_DIGITS : PICO_DIGITS);
}

/** Writes a rate the way it is published: the reverse of `parseRate`. */
export function formatRate(kind: string, rate: PicoUsd): string {
  return format(rate, KINDS[kind] === 'token' ? PER_MILLION_DIGITS : PICO_DIGITS);
}

/** Exact decimal USD, without trailing zeros. */
export function formatUsd(amount: PicoUsd): string {
  return format(amount, PICO_DIGITS);
}

/** USD as a double: only for where a metric leaves. */
export function toNumber(amount: PicoUsd): number {
  return Number(formatUsd(amount));
}

/** Divides and rounds half to even, so that rounding many amounts leans neither way. */
export function divideHalfEven(dividend: bigint, divisor: bigint): bigint {
  const quotient = dividend / divisor;
  const twice = (dividend % divisor) * 2n;
  return twice > divisor || (twice === divisor && quotient % 2n === 1n) ? quotient + 1n : quotient;
}

function format(amount: bigint, digits: number): string {
  const sign = amount < 0n ? '-' : '';
  const text = (amount < 0n ? -amount : amount).toString().padStart(digits + 1, '0');
  const fraction = text.slice(-digits).replace(/0+$/, '');
  return sign + text.slice(0, -digits) + (fraction && `.${fraction}`);
}
