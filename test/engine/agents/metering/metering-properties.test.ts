import * as fc from 'fast-check';
import { cases } from '../../../cases';
import { randomTraces } from '../random-traces';
import { recorded } from '../pricing';
import { BEGIN, cloudWatchEvent, requestId } from '../spans';
import { World } from './world';

/** How events reach the functions: their order, where they are cut, which function gets which batch, and how long nothing comes. */
interface Delivery {
  readonly order: readonly number[];
  readonly batchSize: number;
  readonly functions: number;
  readonly pauses: readonly number[];
}

const delivery: fc.Arbitrary<Delivery> = fc.record({
  order: fc.array(fc.nat(), { minLength: 40, maxLength: 40 }),
  batchSize: fc.integer({ min: 1, max: 12 }),
  functions: fc.integer({ min: 1, max: 3 }),
  // Two at most, so that no call is old enough to be called untraced.
  pauses: fc.array(fc.constantFrom(0, 5, 15), { minLength: 2, maxLength: 2 }),
});

const WHOLE: Delivery = { order: [], batchSize: 1000, functions: 1, pauses: [] };

type Case = typeof randomTraces extends fc.Arbitrary<infer T> ? T : never;

async function delivered({ described, made }: Case, { order, batchSize, functions, pauses }: Delivery): Promise<World> {
  const world = new World(functions);
  made.forEach(({ input, output, cacheRead, at }, n) =>
    world.ledger.push({
      record: recorded({
        ...{ requestId: requestId(n), time: BEGIN + Math.floor(at / 1000) * 1000 },
        ...{ tokens: { input, output, cacheRead, cacheWrite: 0 }, cost: { low: BigInt(input * 1000), high: BigInt(input * 1000) } },
      }),
      arrival: world.now,
    }),
  );
  const events = described.map(cloudWatchEvent);
  const shuffled = events.map((event, at) => ({ event, rank: order[at % Math.max(order.length, 1)] ?? 0 })).sort((a, b) => a.rank - b.rank);
  for (let at = 0, n = 0; at < shuffled.length; at += batchSize, n += 1) {
    await world.meter(
      shuffled.slice(at, at + batchSize).map(({ event }) => event),
      n,
    );
    world.pass(pauses[n] ?? 0);
  }
  world.pass(20);
  return world;
}

/** How often the join ran, and what was the worst in between, differ; and a trace that was quiet for a while was a run then. */
const WITHOUT = /^agents\.(join|worst|run\.)/;

const settled = (world: World): Record<string, number> =>
  Object.fromEntries(Object.entries(world.sums).filter(([metric]) => !WITHOUT.test(metric)));

test('all sums are the same for every order, every cut and every number of functions, also where spans come late', async () => {
  await fc.assert(
    fc.asyncProperty(randomTraces, delivery, async (traces, how) => {
      expect(settled(await delivered(traces, how))).toEqual(settled(await delivered(traces, WHOLE)));
    }),
    { numRuns: cases(5, 150) },
  );
});

test('copies of events change nothing that the join settles', async () => {
  await fc.assert(
    fc.asyncProperty(randomTraces, async (traces) => {
      const twice = { ...traces, described: traces.described.flatMap((span) => [span, span]) };
      const sums = ({ sums: all }: World) =>
        Object.fromEntries(Object.entries(settled({ sums: all } as World)).filter(([metric]) => metric !== 'agents.spans.read'));
      expect(sums(await delivered(twice, WHOLE))).toEqual(sums(await delivered(traces, WHOLE)));
    }),
    { numRuns: cases(3, 60) },
  );
});

test('each call counts once, and costs what its record says', async () => {
  await fc.assert(
    fc.asyncProperty(randomTraces, delivery, async (traces, how) => {
      // Libraries without a request id leave equal calls at one time to be told apart by nothing: their number is known all the same.
      const { sums } = await delivered(traces, how);
      expect(sums['agents.calls']).toBe(traces.made.length);
      const exact = traces.made.reduce((sum, { input }) => sum + input * 1000, 0);
      expect(Math.round((sums['agents.cost.usd'] ?? 0) * 1e12)).toBe(exact);
    }),
    { numRuns: cases(5, 150) },
  );
});
