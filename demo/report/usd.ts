/** Money in pico-dollars (10^-12 USD), so that sums are exact. The demo's own: it must not lean on what it checks. */
const DIGITS = 12;

/** Reads a plain decimal number of dollars. */
export function picoOf(usd: string): bigint {
  const match = /^(\d+)(?:\.(\d+))?$/.exec(usd);
  const decimals = match?.[2] ?? '';
  if (!match || decimals.length > DIGITS) {
    throw new Error(`'${usd}' is no amount in USD with at most ${DIGITS} decimals`);
  }
  return BigInt(match[1] + decimals.padEnd(DIGITS, '0'));
}

/** Writes pico-dollars as a decimal number of dollars, all digits that count. */
export function usdOf(pico: bigint): string {
  const digits = String(pico).padStart(DIGITS + 1, '0');
  const decimals = digits.slice(-DIGITS).replace(/0+$/, '');
  return digits.slice(0, -DIGITS) + (decimals && `.${decimals}`);
}
