import { DimensionValues } from '../../../engine/metering/dimension-values';

test('folds values beyond the cap into one, until the next hour', () => {
  const values = new DimensionValues(2);
  expect(['a', 'b', 'c', 'a'].map((value) => values.of(value, 0))).toEqual(['a', 'b', 'other', 'a']);
  expect(values.of('c', 3_600_000)).toBe('c');
});

test('takes only what CloudWatch takes', () => {
  const values = new DimensionValues(10);
  expect([':x', 'müller', 'a\u0000b', '  ', '', 7, undefined].map((value) => values.of(value, 0))).toEqual([
    'x',
    'm_ller',
    'a_b',
    undefined,
    undefined,
    undefined,
    undefined,
  ]);
  expect(values.of('y'.repeat(3000), 0)).toHaveLength(1024);
});
