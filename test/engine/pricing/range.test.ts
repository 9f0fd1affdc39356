import * as fc from 'fast-check';
import { contains, covers, overlap, parseRange, type Range } from '../../../engine/pricing/range';

/** Small enough to count: a range without an upper end holds every number up to the last one. */
const LAST = 12;
const numbers = Array.from({ length: LAST + 1 }, (_, number) => number);
const range: fc.Arbitrary<Range> = fc
  .tuple(fc.nat({ max: LAST }), fc.oneof(fc.nat({ max: LAST }), fc.constant(Infinity)))
  .filter(([min, max]) => min <= max)
  .map(([min, max]) => ({ min, max }));

test.each([
  ['0-1024', { min: 0, max: 1024 }],
  ['1025-', { min: 1025, max: Infinity }],
  ['7-7', { min: 7, max: 7 }],
])('%s is a range', (text, expected) => {
  expect(parseRange(text)).toEqual(expected);
});

test.each([
  '',
  '-',
  '-5',
  '5',
  '1 - 2',
  '1-2-3',
  'a-b',
  '1.5-2',
  '9-2',
  '0-0',
  '9007199254740992-',
  '1-9007199254740992',
  `1-${'9'.repeat(400)}`,
])('%j is none', (text) => {
  expect(parseRange(text)).toBeUndefined();
});

test('two ranges overlap where a number is in both, and one covers another where all its numbers are in it', () => {
  fc.assert(
    fc.property(range, range, (one, other) => {
      const inOne = numbers.filter((number) => contains(one, number));
      const inOther = numbers.filter((number) => contains(other, number));
      expect(inOne).toEqual(numbers.filter((number) => number >= one.min && number <= one.max));
      expect(overlap(one, other)).toBe(inOne.some((number) => inOther.includes(number)));
      if (one.max !== Infinity && other.max !== Infinity) {
        expect(covers(one, other)).toBe(inOther.every((number) => inOne.includes(number)));
      }
    }),
  );
  expect(covers({ min: 0, max: Infinity }, { min: 3, max: Infinity })).toBe(true);
  expect(covers({ min: 0, max: LAST }, { min: 3, max: Infinity })).toBe(false);
});
