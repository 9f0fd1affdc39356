import { divideHalfEven } from '../pricing/divide-half-even';
import type { PicoUsd } from '../pricing/types';

/** A decimal with sign, and with an exponent as programs write small numbers. */
const DECIMAL = /^([+-]?)(\d{1,30})(?:\.(\d{1,60}))?(?:[eE]([+-]?\d{1,3}))?$/;
const DIGITS = 12;

/** A number of a bill. */
export interface BilledNumber {
  /** In 10⁻¹². */
  readonly pico: PicoUsd;
  /** How many digits after the point it was written with. */
  readonly decimals: number;
}

/** Reads a decimal of a bill, rounded half to even to 10⁻¹²; undefined if it is none. */
export function readBilled(text: string): BilledNumber | undefined {
  const [, sign, whole, fraction = '', exponent = '0'] = DECIMAL.exec(text.trim()) ?? [];
  if (whole === undefined) return undefined;
  const decimals = fraction.length - Number(exponent);
  const digits = BigInt(whole + fraction);
  const size = decimals <= DIGITS ? digits * 10n ** BigInt(DIGITS - decimals) : divideHalfEven(digits, 10n ** BigInt(decimals - DIGITS));
  return { pico: sign === '-' ? -size : size, decimals: Math.max(0, decimals) };
}

/** Half of the last digit with which a number was written, in 10⁻¹²: what rounding can have taken or added. */
export const halfOfLastDigit = (decimals: number): bigint => (decimals >= DIGITS ? 1n : 10n ** BigInt(DIGITS - decimals) / 2n);
