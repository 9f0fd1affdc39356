import * as fc from 'fast-check';
import { countTraces } from '../../../engine/agents/counted';
import type { Span } from '../../../engine/agents/span';
import { spansIn } from '../../../engine/agents/span-forms';
import { cases } from '../../cases';
import { FORMS } from './forms';
import { randomTraces } from './random-traces';

const NAMES = Object.keys(FORMS);

/** What was counted, in an order that does not depend on how exactly a form tells times. */
const callsOf = (spans: readonly Span[]) =>
  countTraces(spans).map(({ traceId, calls }) => [
    traceId,
    calls
      .map(({ span, tokens, requestId, model, failed }) => ({ spanId: span.spanId, tokens, requestId, model, failed }))
      .sort((one, other) => (one.spanId < other.spanId ? -1 : 1)),
  ]);

test('each span in a form of its own, in any order, cut anywhere: the same calls', () => {
  const how = fc.record({
    forms: fc.array(fc.constantFrom(...NAMES), { minLength: 1, maxLength: 9 }),
    order: fc.array(fc.nat(), { minLength: 40, maxLength: 40 }),
    cut: fc.integer({ min: 1, max: 7 }),
  });
  fc.assert(
    fc.property(randomTraces, how, ({ described, spans }, { forms, order, cut }) => {
      const formed = described.map((span, at) => FORMS[forms[at % forms.length]!]!(span));
      const shuffled = formed.map((value, at) => ({ value, rank: order[at % order.length]! })).sort((one, other) => one.rank - other.rank);
      const values = shuffled.map(({ value }) => value);
      const batches = Array.from({ length: Math.ceil(values.length / cut) }, (_, n) => values.slice(n * cut, (n + 1) * cut));
      // A batch as a list, and as text: files and events have either.
      const read = batches.flatMap((batch, n) => spansIn(n % 2 === 0 ? batch : JSON.stringify(batch)).spans);
      expect(callsOf(read)).toEqual(callsOf(spans));
    }),
    { numRuns: cases(60, 3000) },
  );
});

test.each(NAMES)('the form %s tells all that another one tells', (name) => {
  const described = {
    ...{ id: 'a', parent: 'b', scope: 'my-scope', at: 7, ms: 9, status: 'ERROR' as const },
    attributes: { 'gen_ai.operation.name': 'execute_tool', 'gen_ai.tool.name': 'x', 'error.type': 'E' },
  };
  const [{ start, end, ...span }] = spansIn(FORMS[name]!(described)).spans as [Span];
  const [{ start: expectedStart, end: expectedEnd, ...expected }] = spansIn(FORMS.cloudWatch!(described)).spans as [Span];
  expect(span).toEqual(expected);
  expect([start, end]).toEqual([expectedStart, expectedEnd].map((time) => expect.closeTo(time, 2) as number));
});
