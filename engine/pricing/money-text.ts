import { divideHalfEven } from './divide-half-even';
import type { PicoUsd } from './types';

const PICO_PER_CENT = 10n ** 10n;

/** An amount to the cent, with thousands. What is not zero never looks like it: `<0.01`. */
export function cents(amount: PicoUsd): string {
  const size = amount < 0n ? -amount : amount;
  const rounded = divideHalfEven(size, PICO_PER_CENT);
  const sign = amount < 0n ? '-' : '';
  if (rounded === 0n) return size === 0n ? '0.00' : `${sign === '' ? '<' : '>-'}0.01`;
  const digits = rounded.toString().padStart(3, '0');
  return `${sign}${withThousands(digits.slice(0, -2))}.${digits.slice(-2)}`;
}

/** A difference to the cent, with its sign. */
export function signedCents(amount: PicoUsd): string {
  const text = cents(amount);
  if (amount <= 0n) return text;
  return text.startsWith('<') ? `<+${text.slice(1)}` : `+${text}`;
}

const withThousands = (digits: string): string => digits.replace(/\B(?=(\d{3})+$)/g, ',');
