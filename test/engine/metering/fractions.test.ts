import * as fc from 'fast-check';
import { LedgerWriter } from '../../../engine/ledger/ledger-writer';
import { breakdownsOf } from '../../../engine/metering/breakdowns';
import { readMeterConfig } from '../../../engine/metering/meter-config';
import { MeterMetrics } from '../../../engine/metering/meter-metrics';
import { MinuteTotals } from '../../../engine/metering/minute-totals';
import { PriceEngine } from '../../../engine/pricing/price-engine';
import { parseUsd } from '../../../engine/pricing/usd-text';
import type { RatedCall } from '../../../engine/rating/rater';
import { UnitPrices } from '../../../engine/rating/unit-prices';
import { Attributes, Metrics } from '../../../engine/telemetry/names';
import { cases } from '../../cases';
import { fullCall } from '../ledger/rated-calls';
import { NOW } from './harness';

/** Rates of which a fraction is no whole number of pico-dollars. */
const UNIT_PRICES = new UnitPrices(new PriceEngine(), {
  ...fullCall().unitPrices!.quote,
  rates: { input: 3_000_001n, output: 7n, second: 1_234_567n, audioSecond: 333_333n, image: 77n },
});

const seconds = fc.double({ min: 0.0000001, max: 100, noNaN: true });
const units = fc.record({ second: seconds, audioSecond: seconds, image: fc.integer({ min: 1, max: 9 }) }, { requiredKeys: [] });

test('metrics, ledger and single calls agree to the pico-dollar, also where seconds have fractions', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.tuple(fc.nat({ max: 1000 }), units), { minLength: 1, maxLength: 50 }), async (calls) => {
      const totals = new MinuteTotals(breakdownsOf(readMeterConfig({})));
      const writer = new LedgerWriter([]);
      let ofLedger = 0n;
      for (const [input, used] of calls) {
        const usage = { input, output: 0, cacheRead: 0, cacheWrite5m: 0, cacheWrite1h: 0, cacheWrite: 0, units: used };
        const rated: RatedCall = { ...fullCall(), usage, unitPrices: UNIT_PRICES };
        totals.add(rated);
        const [, digits = ''] = /"costUsd":([\d.]+)/.exec(writer.line(rated, { outsideMetricWindow: false })) ?? [];
        ofLedger += parseUsd(digits);
      }
      const lines = (await new MeterMetrics({ namespace: 'Space', tokenTypes: true, emf: true }).lines(NOW, totals)).map(
        (line) => JSON.parse(line) as Record<string, unknown>,
      );
      const costOf = (attribute: string) =>
        lines
          .filter((line) => attribute in line)
          .reduce((sum, line) => sum + BigInt(Math.round(Number(line[Metrics.COST] ?? 0) * 1e12)), 0n);
      expect(lines.find((line) => Metrics.COST_UNCERTAINTY in line)?.[Metrics.COST]).toBe(Number(ofLedger) / 1e12);
      expect(costOf(Attributes.REQUEST_MODEL)).toBe(ofLedger);
      expect(costOf(Attributes.TOKEN_TYPE)).toBe(ofLedger);
    }),
    { numRuns: cases(30, 1000) },
  );
});
