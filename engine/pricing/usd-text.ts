import { divideHalfEven } from './divide-half-even';
import { KINDS } from './kinds';
import type { PicoUsd } from './types';

const PICO_DECIMALS = 12;
/** Rates of tokens are published per million tokens: there, the last decimal is one pico-dollar a token. */
const PER_MILLION_DECIMALS = 6;
const PICO = 10 ** PICO_DECIMALS;

/**
 * From a millionth of a dollar to 1,000 dollars a number divided by 10^12 has the very digits of the amount: at most 15, which
 * a double keeps, and no exponent ("Number::toString" in ECMAScript). Twice as fast as to place the point in its digits.
 */
const PLAIN_FROM = 1e6;
const PLAIN_BELOW = 1e15;
const DECIMAL = /^(\d{1,12})(?:\.(\d{1,12}))?$/;

/**
 * Reads a decimal USD amount without rounding.
 *
 * @throws if the text is not a plain decimal without sign, or has more decimals than allowed
 */
export function parseUsd(text: string, decimals = PICO_DECIMALS): PicoUsd {
  const [, whole = '', fraction = ''] = DECIMAL.exec(text) ?? [];
  if (whole === '' || fraction.length > decimals) {
    throw new Error(
      `'${text}' is not an amount: write a decimal like '3.30', not negative, with at most ${decimals} digits after the point`,
    );
  }
  return BigInt(whole + fraction.padEnd(decimals, '0'));
}

/** Writes an amount exactly, without trailing zeros beyond the least number of decimals. Doubles must hold whole pico-dollars. */
export function formatUsd(amount: PicoUsd | number, leastDecimals = 0): string {
  if (typeof amount === 'number' && leastDecimals === 0 && amount >= PLAIN_FROM && amount < PLAIN_BELOW) {
    return String(amount / PICO);
  }
  return decimalText(amount, PICO_DECIMALS, leastDecimals);
}

/**
 * Writes an amount rounded half to even to `decimals`, without trailing zeros beyond the least number of decimals. What would
 * round to nothing is written exactly: small is not zero.
 */
export function formatRoundedUsd(amount: PicoUsd, decimals: number, leastDecimals = 0): string {
  const rounded = divideHalfEven(amount, 10n ** BigInt(PICO_DECIMALS - decimals));
  return rounded === 0n ? formatUsd(amount, leastDecimals) : decimalText(rounded, decimals, leastDecimals);
}

/** Reads a rate as it is published, per million tokens or per one unit of any other kind, as pico-dollars for one. */
export function parseRate(kind: string, text: string): PicoUsd {
  return parseUsd(text, decimalsOf(kind));
}

/** Writes a rate as it is published: the reverse of `parseRate`. */
export function formatRate(kind: string, rate: PicoUsd): string {
  return decimalText(rate, decimalsOf(kind), 0);
}

const decimalsOf = (kind: string): number => (KINDS[kind] === 'token' ? PER_MILLION_DECIMALS : PICO_DECIMALS);

/** Writes `amount` · 10^-decimals. A loop, because a regular expression doubles the time of the cost in a ledger line. */
function decimalText(amount: bigint | number, decimals: number, leastDecimals: number): string {
  const sign = amount < 0 ? '-' : '';
  const digits = (amount < 0 ? -amount : amount).toString().padStart(decimals + 1, '0');
  const point = digits.length - decimals;
  let end = digits.length;
  while (end > point + leastDecimals && digits[end - 1] === '0') {
    end -= 1;
  }
  return sign + digits.slice(0, point) + (end === point ? '' : `.${digits.slice(point, end)}`);
}
