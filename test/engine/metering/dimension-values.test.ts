import * as fc from 'fast-check';
import { DimensionValues } from '../../../engine/metering/dimension-values';

const HOUR = 3_600_000;

/** The labels of the values of one batch, given with their costs. */
function labels(values: DimensionValues, costs: Readonly<Record<string, number>>, now = 0): Record<string, string> {
  values.publish(new Map(Object.entries(costs).map(([value, cost]) => [value, BigInt(cost)])), now);
  return Object.fromEntries(Object.keys(costs).map((value) => [value, values.label(value)]));
}

test('the most expensive values of a batch have metrics of their own, and those stay for the hour', () => {
  const values = new DimensionValues(2);
  expect(labels(values, { a: 1, b: 3, c: 2 })).toEqual({ a: 'other', b: 'b', c: 'c' });
  expect(labels(values, { a: 7, b: 1 })).toEqual({ a: 'other', b: 'b' });
});

test('a value that costs four times as much in one batch as another in the whole hour takes its place', () => {
  const values = new DimensionValues(2);
  labels(values, { a: 1, b: 100 });
  labels(values, { a: 1 });
  expect(labels(values, { c: 7 })).toEqual({ c: 'other' });
  expect(labels(values, { c: 12, a: 1 })).toEqual({ c: 'c', a: 'other' });
});

test('what was not used for an hour makes room, and what was used is not displaced by less', () => {
  const values = new DimensionValues(2);
  labels(values, { a: 8, b: 8 });
  labels(values, { a: 8 }, HOUR);
  expect(labels(values, { c: 1, d: 1 }, 2 * HOUR)).toEqual({ c: 'c', d: 'other' });
  expect(values.label('a')).toBe('a');
});

test('free calls displace nothing', () => {
  const values = new DimensionValues(1);
  expect([labels(values, { a: 0 }), labels(values, { b: 0 })]).toEqual([{ a: 'a' }, { b: 'other' }]);
});

test.each([
  ['in the batch before', true],
  ['in the same batch', false],
])('a flood of made-up values %s does not push real ones into other', (_, before) => {
  const values = new DimensionValues(50);
  const flood = Object.fromEntries(Array.from({ length: 10_000 }, (_, i) => [`x${i}`, 1 + (i % 40)]));
  const real = { payments: 66_000, search: 2000, support: 500 };
  if (before) labels(values, flood);
  expect(labels(values, before ? real : { ...flood, ...real })).toMatchObject({
    payments: 'payments',
    search: 'search',
    support: 'support',
  });
});

test('whatever comes, no more values than the cap have metrics of their own at a time, and no cheaper one before a dearer one', () => {
  const batch = fc.dictionary(fc.constantFrom(...'abcdefgh'), fc.nat({ max: 1000 }));
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 4 }), fc.array(batch, { maxLength: 20 }), (cap, batches) => {
      const values = new DimensionValues(cap);
      batches.forEach((costs, at) => {
        const shown = Object.entries(labels(values, costs, at * (HOUR / 4)));
        expect(shown.filter(([value, label]) => value === label).length).toBeLessThanOrEqual(cap);
        expect(shown.every(([value, label]) => label === value || label === 'other')).toBe(true);
        if (at === 0) {
          const [own, folded] = [true, false].map((wanted) => shown.filter(([value, label]) => (value === label) === wanted));
          const least = Math.min(...own!.map(([value]) => costs[value]!));
          expect(folded!.every(([value]) => costs[value]! <= least)).toBe(true);
        }
      });
    }),
  );
});
