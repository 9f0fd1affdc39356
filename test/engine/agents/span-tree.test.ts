import * as fc from 'fast-check';
import { countTraces } from '../../../engine/agents/counted';
import { treeOf } from '../../../engine/agents/span-tree';
import { cases } from '../../cases';
import { botocore, type Described, idOf, read } from './spans';

const named = (...spans: Described[]) => {
  const tree = treeOf(read(...spans));
  const names = (ids: readonly { readonly name: string }[]) => ids.map(({ name }) => name);
  return { roots: names(tree.roots), spans: names(tree.spans), tree };
};

test('parents come before children, in the order in which they began', () => {
  const { roots, spans } = named(
    { id: 'c', parent: 'b', at: 5 },
    { id: 'b', parent: 'a', at: 3 },
    { id: 'd', parent: 'a', at: 1 },
    { id: 'a' },
  );
  expect(roots).toEqual(['a']);
  expect(spans).toEqual(['a', 'd', 'b', 'c']);
});

test('a span whose parent is not there is a root', () => {
  expect(named({ id: 'a', parent: 'elsewhere' }, { id: 'b', parent: 'a', at: 1 }).roots).toEqual(['a']);
});

test('a cycle is cut where it began, and a span that is its own parent is a root', () => {
  const cycle: Described[] = [
    { id: 'a', parent: 'c', at: 1 },
    { id: 'b', parent: 'a', at: 2 },
    { id: 'c', parent: 'b', at: 3 },
    { id: 'd', parent: 'c', at: 4 },
  ];
  for (const spans of [cycle, [...cycle].reverse()]) expect(named(...spans).spans).toEqual(['a', 'b', 'c', 'd']);
  expect(named({ id: 'e', parent: 'c', at: 0 }, ...cycle).roots).toEqual(['a']);
  expect(named({ id: 'a', parent: 'a' }).roots).toEqual(['a']);
});

test('of spans with one id the last to end counts, in any order', () => {
  const spans: Described[] = [
    { id: 'a', ms: 10 },
    { id: 'a', ms: 20 },
    { id: 'a', ms: 20, attributes: botocore(undefined, 3, 4) },
  ];
  for (const order of [spans, [...spans].reverse()]) {
    const { tree } = named(...order);
    expect(tree.spans).toMatchObject([{ tokens: { input: 3 } }]);
  }
});

test('a trace of 20,000 spans, each below the last', () => {
  const [first] = read({ id: 'x', attributes: botocore(undefined, 3, 4) });
  const deep = Array.from({ length: 20_000 }, (_, n) => ({
    ...first!,
    spanId: String(n),
    parentSpanId: n > 0 ? String(n - 1) : undefined,
  }));
  expect(countTraces(deep)).toMatchObject([{ calls: [{ tokens: { input: 3 } }] }]);
});

test('any parents: each span is there once, below what is above it', () => {
  const size = 12;
  const parents = fc.array(fc.nat({ max: size + 2 }), { minLength: size, maxLength: size });
  fc.assert(
    fc.property(parents, fc.array(fc.nat({ max: 20 }), { minLength: size, maxLength: size }), (parent, at) => {
      const { tree } = named(...parent.map((of, n): Described => ({ id: `s${n}`, parent: `s${of}`, at: at[n]! })));
      expect(new Set(tree.spans.map(({ spanId }) => spanId)).size).toBe(size);
      tree.spans.forEach((span, place) => {
        const above = tree.parentOf(span);
        if (!above) return expect(tree.roots).toContain(span);
        expect(tree.spans.indexOf(above)).toBeLessThan(place);
        expect([tree.isAbove(above, span), tree.isAbove(span, above)]).toEqual([true, false]);
        expect(span.parentSpanId).toBe(above.spanId);
      });
    }),
    { numRuns: cases(200, 10_000) },
  );
});

test('ids keep their form', () => expect(named({ id: 'a' }).tree.spans[0]!.spanId).toBe(idOf('a')));
