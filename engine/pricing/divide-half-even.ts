/**
 * Divides amounts that are not negative and rounds half to even: of many rounded amounts about as many are rounded up as
 * down, so their sum does not drift. Every rounding of money in the engine is this one.
 */
export function divideHalfEven(dividend: bigint, divisor: bigint): bigint {
  const quotient = dividend / divisor;
  const twiceRemainder = (dividend % divisor) * 2n;
  const up = twiceRemainder > divisor || (twiceRemainder === divisor && quotient % 2n === 1n);
  return up ? quotient + 1n : quotient;
}
