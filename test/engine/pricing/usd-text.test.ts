import * as fc from 'fast-check';
import { formatRate, formatRoundedUsd, formatUsd, parseRate, parseUsd } from '../../../engine/pricing/usd-text';

test.each([
  ['input', '3.3', 3_300_000n],
  ['cacheRead', '0.00875', 8_750n],
  ['output', '2.606853', 2_606_853n],
  ['cacheWrite5m', '0', 0n],
  ['image', '0.04', 40_000_000_000n],
  ['modelUnitHour', '60.5', 60_500_000_000_000n],
])('a published %s rate of %s is %s pico-dollars for one', (kind, text, rate) => {
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

test.each<[bigint | number, string]>([
  [26_769_270_000n, '0.02676927'],
  [-1n, '-0.000000000001'],
  [1_452_000_000_000_000n, '1452'],
  [0n, '0'],
  [1n, '0.000000000001'],
  [21_697_500_000n, '0.0216975'],
  [1234, '0.000000001234'],
  [10_500_000_000_000, '10.5'],
  [Number.MAX_SAFE_INTEGER, '9007.199254740991'],
])('%s pico-dollars are written exactly: %s', (amount, text) => {
  expect(formatUsd(amount)).toBe(text);
});

test('zeros are written up to the least number of decimals', () => {
  expect([formatUsd(0n, 2), formatUsd(1_500_000_000_000n, 2), formatUsd(1_234_000_000_000n, 2)]).toEqual(['0.00', '1.50', '1.234']);
});

test.each([
  [0n, '0.00'],
  [499_999n, '0.000000499999'],
  [500_000n, '0.0000005'],
  [500_001n, '0.000001'],
  [1_500_000n, '0.000002'],
  [2_500_000n, '0.000002'],
  [100_000_000_000n, '0.10'],
  [12_345_678_999_999n, '12.345679'],
])('%s pico-dollars are rounded half to even to six decimals, and never to zero: %s', (amount, text) => {
  expect(formatRoundedUsd(amount, 6, 2)).toBe(text);
});

test('what is written is read back', () => {
  const amount = fc.bigInt({ min: 0n, max: 10n ** 20n });
  fc.assert(fc.property(amount, fc.nat({ max: 12 }), (pico, least) => parseUsd(formatUsd(pico, least)) === pico));
  fc.assert(fc.property(fc.maxSafeNat(), (pico) => formatUsd(pico) === formatUsd(BigInt(pico))));
  // Below 1,000 dollars a number is written by division.
  fc.assert(fc.property(fc.nat({ max: 2e15 }), (pico) => formatUsd(pico) === formatUsd(BigInt(pico))));
});
