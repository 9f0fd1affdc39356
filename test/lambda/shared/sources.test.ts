import { numberOf, sumOf } from '../../../lambda/shared/sources';

test('sums from a moment up to, and without, another', () => {
  const points = new Map([
    [0, 1],
    [10, 2],
    [20, 4],
  ]);
  expect(sumOf(points)).toBe(7);
  expect(sumOf(points, 10)).toBe(6);
  expect(sumOf(points, 0, 20)).toBe(3);
});

test('reads a number of a row, and 0 where there is none', () => {
  const row = { usd: '1.5', model: 'nova' };
  expect(['usd', 'model', 'calls'].map((field) => numberOf(row, field))).toEqual([1.5, 0, 0]);
  expect(numberOf(undefined, 'usd')).toBe(0);
});
