import { breakdownsOf } from '../../../engine/metering/breakdowns';
import { readMeterConfig } from '../../../engine/metering/meter-config';
import { MeterMetrics } from '../../../engine/metering/meter-metrics';
import { MinuteTotals } from '../../../engine/metering/minute-totals';
import { Attributes, Metrics } from '../../../engine/telemetry/names';
import { fullCall } from '../ledger/rated-calls';
import { NOW } from './harness';

type Line = Record<string, unknown>;

async function linesOf(totals: MinuteTotals): Promise<Line[]> {
  return (await new MeterMetrics({ namespace: 'Space', tokenTypes: true, emf: true }).lines(NOW, totals)).map(
    (line) => JSON.parse(line) as Line,
  );
}

test('a minute of 140,000 calls has all their latencies', async () => {
  const totals = new MinuteTotals([]);
  for (let i = 0; i < 140_000; i++) {
    totals.latenciesMs.push(2000);
  }
  const counts = (await linesOf(totals)).map((line) => (line[Metrics.DURATION] as number[]).length);
  expect(counts).toEqual(Array.from({ length: 1400 }, () => 100));
});

test('images and the like have a cost of their own, and no tokens', async () => {
  const totals = new MinuteTotals(breakdownsOf(readMeterConfig({})));
  totals.add(fullCall());
  totals.add(fullCall());
  const lines = await linesOf(totals);
  const ofType = (type: string) => lines.find((line) => line[Attributes.TOKEN_TYPE] === type);
  // Seven images a call at USD 1000, and of the tokens 4, 5 and 6 were written to the cache.
  expect(ofType('units')).toMatchObject({ [Metrics.COST]: expect.closeTo(14_000, 6) });
  expect(ofType('units')).not.toHaveProperty([Metrics.TOKENS]);
  expect(ofType('cache_write')).toMatchObject({ [Metrics.TOKENS]: 30, [Metrics.COST]: expect.closeTo(30_000, 6) });
  const total = lines.find((line) => Metrics.COST_UNCERTAINTY in line);
  expect(total).toMatchObject({ [Metrics.COST]: expect.closeTo(56_000, 6), [Metrics.COST_UNCERTAINTY]: expect.closeTo(12_000, 6) });
});

test('what was recorded and not written is forgotten', async () => {
  const metrics = new MeterMetrics({ namespace: 'Space', tokenTypes: true, emf: true });
  const totals = new MinuteTotals([]);
  totals.calls = 3;
  await metrics.lines(NOW, totals);
  await metrics.stateLines(NOW, totals);
  await metrics.drop();
  const [line = ''] = await metrics.stateLines(NOW, new MinuteTotals([]));
  expect(JSON.parse(line)).not.toHaveProperty([Metrics.CALLS]);
});
