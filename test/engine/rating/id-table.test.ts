import { IdTable } from '../../../engine/rating/id-table';
import { SeededRandom } from '../../../local-cloudwatch/seeded-random';

const IDS = 20_000;

/** The seed and the factor of the table's hash, as anyone can read them. */
const SEED = 0x9e3779b9;
const mixed = (bits: number): number => {
  const product = Math.imul(bits, 0x9e3779b1);
  return product ^ (product >>> 15);
};

const hex = (word: number): string => (word >>> 0).toString(16).padStart(8, '0');
const uuid = (words: readonly number[]): string =>
  words
    .map(hex)
    .join('')
    .replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');

const random = new SeededRandom(7);

/** An id whose hash is the same as that of all others, as long as the table has its first seed. */
function chosen(i: number): string {
  const [second, third] = [7, 9];
  const before = [second, third].reduce((hash, next) => mixed(hash ^ next), mixed(SEED ^ i));
  return uuid([i, second, third, before]);
}

const FAMILIES: Record<string, (i: number) => string> = {
  'equal ends': (i) => uuid([0, i, 0x80000000, 0]),
  'equal beginnings': (i) => uuid([0, 0x4000, 0x80000000, i]),
  'an exclusive or of zero': (i) => uuid([i, 1, 2, i]),
  'one hash': chosen,
};

/** The milliseconds of processor time in which the ids are added and found again. */
function timeOf(ids: readonly string[]): number {
  const table = new IdTable(1000);
  const start = process.cpuUsage();
  expect(ids.every((id) => table.add(id))).toBe(true);
  expect(ids.every((id) => table.has(id) && !table.add(id))).toBe(true);
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1000;
}

describe('ids that were chosen', () => {
  const ids = (of: (i: number) => string): string[] => Array.from({ length: IDS }, (_, i) => of(i));
  const randomIds = ids(() => random.uuid());
  timeOf(randomIds);

  test.each(Object.keys(FAMILIES))('with %s are found nearly as fast as random ones', (name) => {
    expect(timeOf(ids(FAMILIES[name]!))).toBeLessThan(10 * timeOf(randomIds) + 50);
  });
});

test('chosen ids are dropped, reset and found like all others', () => {
  const table = new IdTable(10);
  const ids = Array.from({ length: 2000 }, (_, i) => chosen(i));
  ids.slice(0, 1000).forEach((id) => table.add(id));
  const mark = table.mark();
  ids.slice(1000).forEach((id) => table.add(id));
  table.reset(mark);
  expect(ids.map((id) => table.has(id))).toEqual(ids.map((_, i) => i < 1000));
  table.keepLast(400);
  expect(ids.map((id) => table.has(id))).toEqual(ids.map((_, i) => i >= 600 && i < 1000));
});
