import * as fc from 'fast-check';
import { CallSettler, type CallChange } from '../../../engine/agents/call-settler';
import { countTraces, type CountedCall } from '../../../engine/agents/counted';
import type { Span } from '../../../engine/agents/span';
import { NO_TOKENS, plus } from '../../../engine/agents/token-sums';
import { cases } from '../../cases';
import { randomTraces, type RandomTraces } from './random-traces';

const CASES = { numRuns: cases(200, 4000) };

const truthOf = ({ made }: RandomTraces) => ({
  calls: made.length,
  tokens: made.reduce((sum, { input, output, cacheRead }) => plus(sum, { input, output, cacheRead, cacheWrite: 0 }), NO_TOKENS),
});

const countOf = (calls: readonly CountedCall[]) => ({
  calls: calls.length,
  tokens: calls.reduce((sum, { tokens }) => plus(sum, tokens), NO_TOKENS),
});

/** Spans in an order of their own, some of them twice. */
const inAnyOrder = (spans: readonly Span[]): fc.Arbitrary<Span[]> =>
  fc.tuple(fc.shuffledSubarray([...spans], { minLength: spans.length }), fc.subarray([...spans])).map(([all, again]) => [...all, ...again]);

const tracesAndOrder = randomTraces.chain((traces) => inAnyOrder(traces.spans).map((spans) => ({ traces, spans })));

test('each call counts once, in any order of the spans and however often they come', () => {
  fc.assert(
    fc.property(tracesAndOrder, ({ traces, spans }) => {
      expect(countOf(countTraces(spans).flatMap(({ calls }) => calls))).toEqual(truthOf(traces));
    }),
    CASES,
  );
});

test('every order gives the same calls, down to the last member', () => {
  const withoutTree = (spans: readonly Span[]) => countTraces(spans).map(({ traceId, calls }) => ({ traceId, calls }));
  fc.assert(
    fc.property(tracesAndOrder, ({ traces, spans }) => expect(withoutTree(spans)).toEqual(withoutTree(traces.spans))),
    CASES,
  );
});

const QUIET = 1000;

/** What is counted after some changes. Nothing is counted twice, and nothing is taken back that was not counted. */
function apply(counted: Map<string, CountedCall>, changes: readonly CallChange[]): void {
  for (const { kind, call } of changes) {
    const key = `${call.span.traceId} ${call.span.spanId}`;
    expect(counted.has(key)).toBe(kind === 'takenBack');
    if (kind === 'counted') counted.set(key, call);
    else counted.delete(key);
  }
}

test('cut anywhere, at any time: in the end the changes add up to each call once', () => {
  const cuts = fc.array(fc.record({ size: fc.integer({ min: 1, max: 6 }), wait: fc.constantFrom(0, 10, 900, 1500) }), { minLength: 1 });
  fc.assert(
    fc.property(tracesAndOrder, cuts, ({ traces, spans }, batches) => {
      const settler = new CallSettler({ quietMs: QUIET, keptMs: 1_000_000 });
      const counted = new Map<string, CountedCall>();
      let now = 0;
      for (let at = 0, n = 0; at < spans.length; n += 1) {
        const { size, wait } = batches[n % batches.length]!;
        apply(counted, settler.add(spans.slice(at, at + size), now));
        at += size;
        now += wait;
        apply(counted, settler.settle(now));
      }
      apply(counted, settler.settle(now + QUIET));
      expect(countOf([...counted.values()])).toEqual(truthOf(traces));
      expect(settler.settle(now + QUIET)).toEqual([]);
    }),
    CASES,
  );
});
