import * as fc from 'fast-check';
import { Duplicates } from '../../../engine/rating/duplicates';

const uuid = (n: number) => `3f2b1c9e-0d4a-4a53-9a5e-${n.toString(16).padStart(12, '0')}`;

test('knows an id again, within a batch and after it', () => {
  const seen = new Duplicates();
  expect([seen.add(uuid(1)), seen.add(uuid(1)), seen.add('other'), seen.add('other')]).toEqual([true, false, true, false]);
  seen.confirm();
  expect([seen.add(uuid(1)), seen.has(uuid(1)), seen.has('other'), seen.has(uuid(2))]).toEqual([false, true, true, false]);
});

test('forgets the ids of a batch that failed, and no others', () => {
  const seen = new Duplicates();
  seen.add(uuid(1));
  seen.add('first');
  seen.confirm();
  seen.add(uuid(2));
  seen.add('second');
  seen.forget();
  expect([seen.has(uuid(1)), seen.has('first'), seen.has(uuid(2)), seen.has('second')]).toEqual([true, true, false, false]);
});

test('is bounded: the oldest ids are dropped', () => {
  const seen = new Duplicates(10);
  for (let i = 0; i < 30; i++) {
    seen.add(uuid(i));
    seen.confirm();
  }
  expect(seen.has(uuid(0))).toBe(false);
  expect(seen.has(uuid(25))).toBe(true);
});

test('agrees with a set of strings, whatever the ids', () => {
  const id = fc.oneof(
    fc.uuid(),
    fc.uuid().map((text) => text.toUpperCase()),
    fc.string({ maxLength: 40 }),
    fc.string({ unit: 'grapheme', minLength: 36, maxLength: 36 }),
  );
  fc.assert(
    fc.property(fc.array(id, { maxLength: 300 }), fc.nat(), (ids, repeat) => {
      const seen = new Duplicates(4);
      const set = new Set<string>();
      for (const each of [...ids, ...ids.slice(repeat % (ids.length + 1))]) {
        expect(seen.add(each)).toBe(!set.has(each));
        set.add(each);
      }
    }),
  );
});

test('remembers what was confirmed and what the batch added, in batches of any size that fail or not', () => {
  const id = fc.oneof(
    fc.nat({ max: 30 }).map(uuid),
    fc.nat({ max: 10 }).map((n) => `other ${n}`),
  );
  const batch = fc.record({ ids: fc.array(id, { maxLength: 20 }), fails: fc.boolean() });
  fc.assert(
    fc.property(fc.array(batch), (batches) => {
      const seen = new Duplicates(100);
      let confirmed = new Set<string>();
      for (const { ids, fails } of batches) {
        const added = new Set(confirmed);
        for (const each of ids) {
          expect([seen.has(each), seen.add(each)]).toEqual([added.has(each), !added.has(each)]);
          added.add(each);
        }
        if (fails) seen.forget();
        else seen.confirm();
        confirmed = fails ? confirmed : added;
      }
    }),
  );
});

test.each([
  ['UUIDs', uuid],
  ['other ids', (n: number) => `id ${n}`],
])('of %s, the last 10 that were confirmed are always remembered, and never more than 20', (_, id) => {
  const seen = new Duplicates(10);
  for (let last = 0; last < 1000; last++) {
    seen.add(id(last));
    seen.confirm();
    const remembered = Array.from({ length: last + 1 }, (_, n) => n).filter((n) => seen.has(id(n)));
    expect(remembered.length).toBeLessThan(20);
    expect(remembered.slice(-10)).toEqual(Array.from({ length: Math.min(10, last + 1) }, (_, n) => Math.max(0, last - 9) + n));
  }
});

test('a batch may be larger than the capacity, and is forgotten as a whole', () => {
  const seen = new Duplicates(4);
  const ids = Array.from({ length: 500 }, (_, n) => uuid(n));
  ids.forEach((id) => seen.add(id));
  expect(ids.every((id) => seen.has(id))).toBe(true);
  seen.forget();
  expect(ids.some((id) => seen.has(id))).toBe(false);
});
