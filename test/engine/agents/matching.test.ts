import * as fc from 'fast-check';
import { type Edge, matched } from '../../../engine/agents/matching';
import { cases } from '../../cases';

const edges = (text: string): Edge<string, string>[] => text.split(' ').map((pair) => ({ one: pair[0]!, other: pair[1]! }));

test('what comes first is preferred', () =>
  expect(matched(edges('a1 a2 b2'))).toEqual(
    new Map([
      ['a', '1'],
      ['b', '2'],
    ]),
  ));

test('and given up where another one would be alone', () =>
  expect(matched(edges('a1 b1 a2'))).toEqual(
    new Map([
      ['a', '2'],
      ['b', '1'],
    ]),
  ));

/** The most that can have a partner, by trying all. */
function most(all: readonly Edge<string, string>[], used: ReadonlySet<string> = new Set()): number {
  const [first, ...others] = all;
  if (!first) return 0;
  const without = most(others, used);
  if (used.has(first.one) || used.has(first.other)) return without;
  return Math.max(without, 1 + most(others, new Set([...used, first.one, first.other])));
}

test('as many as possible have a partner, each one, and of their own edges', () => {
  const edge = fc.record({ one: fc.constantFrom('a', 'b', 'c', 'd'), other: fc.constantFrom('1', '2', '3', '4') });
  fc.assert(
    fc.property(fc.uniqueArray(edge, { maxLength: 9, selector: ({ one, other }) => one + other }), (all) => {
      const partners = matched(all);
      expect(partners.size).toBe(most(all));
      expect(new Set(partners.values()).size).toBe(partners.size);
      for (const [one, other] of partners) expect(all).toContainEqual({ one, other });
    }),
    { numRuns: cases(200, 3000) },
  );
});
