import * as fc from 'fast-check';
import { divideHalfEven } from '../../../engine/pricing/divide-half-even';

test.each([
  [5n, 2n, 2n],
  [7n, 2n, 4n],
  [6n, 4n, 2n],
  [7n, 4n, 2n],
  [9n, 4n, 2n],
  [0n, 3n, 0n],
])('%s / %s is rounded half to even: %s', (dividend, divisor, quotient) => {
  expect(divideHalfEven(dividend, divisor)).toBe(quotient);
});

test('the quotient is the nearest whole number, and the even one where two are equally near', () => {
  const amount = fc.bigInt({ min: 0n, max: 10n ** 20n });
  fc.assert(
    fc.property(amount, fc.bigInt({ min: 1n, max: 1000n }), (dividend, divisor) => {
      const quotient = divideHalfEven(dividend, divisor);
      const off = 2n * (quotient * divisor - dividend);
      expect(off <= divisor && off >= -divisor).toBe(true);
      if (off === divisor || off === -divisor) expect(quotient % 2n).toBe(0n);
    }),
  );
});
