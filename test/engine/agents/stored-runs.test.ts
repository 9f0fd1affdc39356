import * as fc from 'fast-check';
import { formatUsd } from '../../../engine/pricing/usd-text';
import type { RecordedCall } from '../../../engine/agents/recorded-call';
import { runsOf, type Runs } from '../../../engine/agents/runs';
import type { Span } from '../../../engine/agents/span';
import { StoredRuns } from '../../../engine/agents/stored-runs';
import { cases } from '../../cases';
import { models, prices, recorded } from './pricing';
import { randomTraces } from './random-traces';
import { BEGIN, BOTOCORE, botocore, read, requestId } from './spans';

const PRICING = { prices, models, region: 'us-east-1' };

/** As from a file: every span is an object of its own each time. */
function stored(spans: readonly Span[], records: readonly RecordedCall[]): Runs {
  const text = spans.map((span) => ({ traceId: span.traceId, json: JSON.stringify(span) }));
  const runs = new StoredRuns(
    {
      traceIds: new Set(spans.map(({ traceId }) => traceId)),
      spansOf: (id) => text.filter(({ traceId }) => traceId === id).map(({ json }) => JSON.parse(json) as Span),
    },
    records,
    PRICING,
  );
  return { runs: [...new Set(spans.map(({ traceId }) => traceId))].map((id) => runs.run(id)), untraced: runs.untraced };
}

/** What is shown of runs, which is the same whatever objects the spans are. */
const shown = ({ runs, untraced }: Runs) => ({
  untraced,
  runs: [...runs]
    .sort((one, other) => (one.traceId < other.traceId ? -1 : 1))
    .map(({ trace, calls, cost, ...run }) => ({
      ...run,
      cost: formatUsd(cost.low),
      spans: trace.tree.spans.map(({ spanId }) => spanId),
      calls: calls.map(({ call, join, cost: { low, basis } }) => [call.span.spanId, call.tokens, join?.by, join?.record, low, basis]),
    })),
});

const json = (value: unknown): unknown =>
  JSON.parse(JSON.stringify(value, (_, each: unknown) => (typeof each === 'bigint' ? String(each) : each)));

test('the same runs as with all spans in memory, with records and without', () => {
  fc.assert(
    fc.property(randomTraces, fc.integer({ min: 0, max: 4 }), ({ spans, made }, missing) => {
      const calls = made.map(({ at, input, output, cacheRead }, n) =>
        recorded({
          ...(n % 2 === 0 && { requestId: requestId(n) }),
          time: Math.floor((BEGIN + at) / 1000) * 1000,
          tokens: { input, output, cacheRead, cacheWrite: 0 },
        }),
      );
      for (const records of [[], calls.slice(missing)]) {
        expect(json(shown(stored(spans, records)))).toEqual(json(shown(runsOf(spans, records, PRICING))));
      }
    }),
    { numRuns: cases(60, 1500) },
  );
});

test('one request in two services, long apart, is one call', () => {
  const one = { scope: BOTOCORE, attributes: botocore(requestId(1), 10, 20) };
  const spans = [
    ...read({ ...one, id: 'a', trace: 'a'.repeat(32) }),
    ...read({ ...one, id: 'b', trace: 'b'.repeat(32), at: 3_600_000, resource: { 'service.name': 'another' } }),
  ];
  expect(stored(spans, []).runs.reduce((sum, { modelCalls }) => sum + modelCalls, 0)).toBe(1);
});
