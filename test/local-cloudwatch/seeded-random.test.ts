import { SeededRandom } from '../../local-cloudwatch/seeded-random';

const many = <T>(make: (random: SeededRandom) => T, seed = 1): T[] => {
  const random = new SeededRandom(seed);
  return Array.from({ length: 2000 }, () => make(random));
};
const share = (values: readonly boolean[]) => values.filter(Boolean).length / values.length;

test('the same seed gives the same numbers, another one others', () => {
  const fractions = (seed: number) => many((random) => random.fraction(), seed);
  expect(fractions(1)).toEqual(fractions(1));
  expect(fractions(2)).not.toEqual(fractions(1));
  expect(fractions(1).every((value) => value >= 0 && value < 1)).toBe(true);
});

test('whole numbers include both ends', () => {
  expect(new Set(many((random) => random.integer(-1, 2)))).toEqual(new Set([-1, 0, 1, 2]));
});

test('a chance is a share of the draws', () => {
  expect(share(many((random) => random.chance(0.2)))).toBeCloseTo(0.2, 1);
  expect(share(many((random) => random.chance(0)))).toBe(0);
});

test('every choice is picked, and the heavier ones more often', () => {
  expect(new Set(many((random) => random.pick(['a', 'b', 'c'])))).toEqual(new Set(['a', 'b', 'c']));
  const heavy = many((random) => random.weighted([{ weight: 3 }, { weight: 1 }]).weight === 3);
  expect(share(heavy)).toBeCloseTo(0.75, 1);
});

test('ids have the form of a UUID and do not repeat', () => {
  const ids = many((random) => random.uuid());
  expect(ids.every((id) => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(id))).toBe(true);
  expect(new Set(ids).size).toBe(ids.length);
});
