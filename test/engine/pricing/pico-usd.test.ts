import * as fc from 'fast-check';
import { divideHalfEven, formatRate, formatUsd, parseRate, parseUsd, toNumber } from '../../../engine/pricing/pico-usd';

test.each([
  ['input', '3.3', 3_300_000n],
  ['cacheRead', '0.00875', 8_750n],
  ['output', '2.606853', 2_606_853n],
  ['cacheWrite5m', '0', 0n],
  ['image', '0.04', 40_000_000_000n],
  ['modelUnitHour', '60.5', 60_500_000_000_000n],
])('a published %s rate of %s is %s pico-dollars of one', (kind, text, rate) => {
  expect(parseRate(kind, text)).toBe(rate);
  expect(formatRate(kind, rate)).toBe(text);
});

test.each(['-1', '1e3', '', ' 1', '1.', '.5', 'NaN', 'Infinity', '1,5', '0x10', '0.0000001'])(
  'fails on %j, saying how an amount is written',
  (text) => {
    expect(() => parseRate('input', text)).toThrow(
      `'${text}' is not an amount: write a decimal like '3.30', not negative, with at most 6 digits after the point`,
    );
  },
);

test('amounts are written exactly, without trailing zeros', () => {
  expect(formatUsd(26_769_270_000n)).toBe('0.02676927');
  expect(formatUsd(-1n)).toBe('-0.000000000001');
  expect(formatUsd(1_452_000_000_000_000n)).toBe('1452');
  expect(formatUsd(0n)).toBe('0');
  expect(toNumber(4_950_000_000_000n)).toBe(4.95);
});

test('what is written is read back', () => {
  fc.assert(fc.property(fc.bigInt({ min: 0n, max: 10n ** 20n }), (amount) => parseUsd(formatUsd(amount)) === amount));
});

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
