import * as fc from 'fast-check';
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
