import * as fc from 'fast-check';
import type { LogEvent } from '../../../engine/metering/meter-environment';
import { PriceEngine } from '../../../engine/pricing/price-engine';
import type { PriceQuery } from '../../../engine/pricing/types';
import { Metrics } from '../../../engine/telemetry/names';
import { keyedHash } from '../../../lambda/meter-calls/prompt-hash.lazy';
import { PromptHashing } from '../../../lambda/meter-calls/prompt-hashing';
import { cases } from '../../cases';
import { converse, metadataOnly, numbered, type Raw } from '../../fixtures/invocation-records';
import { messages, meterOf, NOW } from './harness';

const STATES = [Metrics.RECORDS_PRICED, Metrics.RECORDS_UNPRICED, Metrics.RECORDS_IGNORED, Metrics.RECORDS_MALFORMED];

/** Values that code trips over, beside any JSON. */
const odd = fc.oneof(
  fc.constantFrom<unknown>(null, -0, -1, 0.5, 2 ** 53, 1e308, '', '__proto__', 'constructor', '\ud800', '2026-02-30T00:00:00Z', {}, []),
  fc.jsonValue(),
);

/** A record in which some members, at any level, are odd. */
const damaged = fc
  .tuple(
    fc.constantFrom<Raw>(metadataOnly, converse),
    fc.nat({ max: 50 }),
    fc.dictionary(fc.constantFrom(...paths(converse)), odd, { maxKeys: 4 }),
  )
  .map(([record, number, changes]) => {
    const copy = structuredClone(numbered(record, 100 + number));
    Object.entries(changes).forEach(([path, value]) => put(copy, path.split('/'), value));
    return { timestamp: NOW, message: JSON.stringify(copy) };
  });

const anyEvent = fc.oneof(
  { weight: 4, arbitrary: damaged },
  { weight: 1, arbitrary: fc.anything() },
  {
    weight: 1,
    arbitrary: fc.record({ timestamp: fc.anything(), message: fc.oneof(fc.json(), fc.string(), fc.anything()), id: fc.anything() }),
  },
);

/** The paths of all members of a value. */
function paths(value: unknown, before = ''): string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, member]) => [`${before}${name}`, ...paths(member, `${before}${name}/`)]);
}

function put(target: Raw, [name, ...rest]: string[], value: unknown): void {
  if (rest.length === 0) target[name!] = value;
  else if (typeof target[name!] === 'object' && target[name!] !== null) put(target[name!] as Raw, rest, value);
}

/** A price engine that fails for some queries. */
function failing(fails: (query: PriceQuery) => boolean) {
  const engine = new PriceEngine();
  return {
    quote: (query: PriceQuery) => {
      if (fails(query)) throw new RangeError('no quote');
      return engine.quote(query);
    },
    cost: engine.cost.bind(engine),
  };
}

test('whatever a batch holds, every event ends in one state, and the good records of it are priced and written', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(anyEvent, { maxLength: 12 }), fc.nat({ max: 12 }), fc.boolean(), async (events, at, pricesFail) => {
      const good = messages([numbered(metadataOnly, 1), numbered(metadataOnly, 2)]);
      const env = { LEDGER: 'perCall', DIMENSIONS: 'caller,role,profile,account,region,meta:team', METADATA_KEYS: 'team' };
      const prices = failing(({ modelId, region }) => pricesFail && (modelId !== metadataOnly.modelId || region !== metadataOnly.region));
      const { meter, emf, ledger } = meterOf(env, { prices, promptHashing: new PromptHashing(() => Promise.resolve(keyedHash('key'))) });
      await meter.meter([good[0]!, ...(events as LogEvent[]).slice(0, at), good[1]!, ...(events as LogEvent[]).slice(at)]);

      const counted = STATES.flatMap((state) => emf().map((line) => Number(line[state] ?? 0))).reduce((sum, count) => sum + count, 0);
      expect(counted).toBe(events.length + 2);
      for (const number of [1, 2]) {
        const { requestId } = numbered(metadataOnly, number);
        expect(ledger().filter((line) => line.requestId === requestId)).toMatchObject([{ status: 'priced', costUsd: 0.0216975 }]);
      }
      for (const line of emf()) {
        for (const { Name } of line._aws.CloudWatchMetrics[0].Metrics) {
          expect([line[Name]].flat().every((value) => Number.isFinite(value))).toBe(true);
        }
      }
    }),
    { numRuns: cases(100, 1500) },
  );
});
