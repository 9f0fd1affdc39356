import { cents, signedCents } from '../../../engine/pricing/money-text';
import { parseUsd } from '../../../engine/pricing/usd-text';

test.each([
  ['0', '0.00'],
  ['0.000000000001', '<0.01'],
  ['0.005', '<0.01'],
  ['0.0051', '0.01'],
  ['0.015', '0.02'],
  ['999.994', '999.99'],
  ['1234567.895', '1,234,567.90'],
])('%s is shown as %s', (usd, text) => expect(cents(parseUsd(usd))).toBe(text));

test('a difference has its sign, and never looks like none', () => {
  expect([1n, -1n, 0n, 2n * 10n ** 12n, -2n * 10n ** 12n].map(signedCents)).toEqual(['<+0.01', '>-0.01', '0.00', '+2.00', '-2.00']);
});
