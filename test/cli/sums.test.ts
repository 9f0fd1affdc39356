import { BoundedGroups, OTHER } from '../../cli/replay/bounded-groups';
import { ExactSum } from '../../cli/replay/exact-sum';

test('a sum of doubles stays exact beyond 2⁵³', () => {
  const sum = new ExactSum();
  for (let i = 0; i < 5; i += 1) sum.add(Number.MAX_SAFE_INTEGER);
  sum.add(7n);
  sum.add(1);
  expect(sum.value).toBe(5n * BigInt(Number.MAX_SAFE_INTEGER) + 8n);
});

const groupsOf = (...names: readonly (readonly string[])[]) => {
  const groups = new BoundedGroups(() => ({ calls: 0 }));
  names.forEach((each) => (groups.at(...each).calls += 1));
  return groups;
};

test('several names are one group only if each is the same, whatever characters are in them', () => {
  const groups = groupsOf(['a\nb', 'c'], ['a', 'b\nc'], ['a","b', 'c'], ['a', 'b","c'], ['a\nb', 'c'], ['__proto__', 'constructor']);
  expect(groups.entries).toEqual([
    [['a\nb', 'c'], { calls: 2 }],
    [['a', 'b\nc'], { calls: 1 }],
    [['a","b', 'c'], { calls: 1 }],
    [['a', 'b","c'], { calls: 1 }],
    [['__proto__', 'constructor'], { calls: 1 }],
  ]);
});

test('beyond 10,000 names, new ones are counted together and known ones as before', () => {
  const names = Array.from({ length: 10_002 }, (_, i) => [`name ${i}`]);
  const groups = groupsOf(...names, ...names);
  expect(groups.size).toBe(10_001);
  expect(groups.entries[0]).toEqual([['name 0'], { calls: 2 }]);
  expect(groups.entries.at(-1)).toEqual([[OTHER], { calls: 4 }]);
});
