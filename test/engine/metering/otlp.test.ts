import { BOUNDS, type OtlpPoint, OtlpPoints } from '../../../engine/metering/otlp-points';
import type { MinuteReadings } from '../../../engine/metering/otlp-readings';
import { otlpRequest } from '../../../engine/metering/otlp-request';
import { readMeterConfig } from '../../../engine/metering/meter-config';
import { Attributes, Metrics, MODEL_PRICE } from '../../../engine/telemetry/names';
import { converse, numbered, type Raw } from '../../fixtures/invocation-records';
import { messages, meterOf, NOW } from './harness';

const OTLP = { OTLP_METRICS_ENDPOINT: 'https://example.com/v1/metrics' };
const MODEL = { [Attributes.REQUEST_MODEL]: 'm' };

/** What a meter hands to the export for a batch. */
async function readingsOf(records: readonly Raw[], env: Record<string, string> = {}) {
  let readings: readonly MinuteReadings[] = [];
  const exportReadings = (taken: readonly MinuteReadings[]) => Promise.resolve(void (readings = taken));
  const metered = meterOf({ ...OTLP, ...env }, { exportReadings });
  await metered.meter.meter(messages(records));
  return { readings, metered };
}

const records = Array.from({ length: 20 }, (_, i) => ({
  ...numbered(converse, i),
  ...(i % 3 === 0 && { modelId: 'us.anthropic.claude-haiku-4-5-20251001-v1:0' }),
  identity: { arn: `arn:aws:iam::111122223333:user/${i % 4}` },
}));
const sumOf = (points: readonly OtlpPoint[], metric: string) =>
  points.filter((point) => point.metric === metric).reduce((total, { value }) => total + value, 0);
const minute = (at: number, value: number): MinuteReadings => ({
  minute: at,
  readings: [{ metric: Metrics.COST, value, otelUnit: 'USD', dimensions: MODEL }],
  prices: [],
});

test('the sum over all series of a metric counts each dollar and each call once', async () => {
  const { readings, metered } = await readingsOf(records, { DIMENSIONS: 'caller' });
  const points = new OtlpPoints('delta', NOW).of(readings, NOW);
  const total = metered.metrics()![Metrics.COST] as number;
  expect(total).toBeGreaterThan(0);
  for (const metric of [Metrics.COST, `${Metrics.COST}.by.aws.principal`, `${Metrics.COST}.by.gen_ai.token.type`]) {
    expect(sumOf(points, metric)).toBeCloseTo(total, 9);
  }
  expect(sumOf(points, Metrics.CALLS)).toBe(20);
  expect(points.filter(({ metric }) => metric === Metrics.COST).map(({ attributes }) => Object.keys(attributes))).toEqual([
    [Attributes.REQUEST_MODEL],
    [Attributes.REQUEST_MODEL],
  ]);
});

test('prices of the models in use, where asked for: USD a token, by model, kind and tier', async () => {
  const prices = (await readingsOf(records, { OTLP_MODEL_PRICES: 'on' })).readings.flatMap((each) => each.prices);
  const nova = prices.filter(({ attributes }) => attributes[Attributes.REQUEST_MODEL] === 'us.anthropic.claude-haiku-4-5-20251001-v1:0');
  const of = (kind: string) => nova.find(({ attributes }) => attributes[Attributes.PRICE_KIND] === kind);
  expect([of('input')?.value, of('output')?.value]).toEqual([1.1e-6, 5.5e-6]);
  expect(of('input')?.attributes[Attributes.PRICE_TIER]).toBe('standard');
  expect((await readingsOf(records)).readings.flatMap((each) => each.prices)).toEqual([]);
});

test('without the embedded metric format there is the ledger, and what is exported', async () => {
  const { readings, metered } = await readingsOf(records, { EMBEDDED_METRICS: 'none', LEDGER: 'perCall' });
  expect(metered.emf()).toEqual([]);
  expect(metered.ledger()).toHaveLength(20);
  expect(sumOf(new OtlpPoints('delta', NOW).of(readings, NOW), Metrics.CALLS)).toBe(20);
});

test('delta: points are of the minute of the calls, and no two of a series have one time', () => {
  const points = new OtlpPoints('delta', NOW);
  const at = NOW - (NOW % 60_000);
  const all = Array.from({ length: 1_000 }, () => points.of([minute(at, 1), minute(at, 2)], NOW)).flat();
  expect(new Set(all.map(({ time }) => time)).size).toBe(2_000);
  expect(new Set(all.map(({ key }) => key)).size).toBe(2_000);
  expect(all.every(({ start, time }) => start === at && time > at && time < at + 60_000)).toBe(true);
});

test('cumulative: a series begins with zero, grows, and has one key, so that only the last point waits', () => {
  const points = new OtlpPoints('cumulative', NOW);
  const first = points.of([minute(NOW, 2)], NOW + 10);
  const second = points.of([minute(NOW - 600_000, 3)], NOW + 20);
  expect([...first, ...second].map(({ start, time, value }) => [start - NOW, time - NOW, value])).toEqual([
    [0, 0, 0],
    [0, 10, 2],
    [0, 20, 5],
  ]);
  expect(new Set([first[1]!.key, second[0]!.key]).size).toBe(1);
});

test('a histogram has the buckets that the conventions advise, and adds them up', () => {
  const reading = { metric: Metrics.DURATION, value: [0.01, 0.5, 100], otelUnit: 's' };
  const points = new OtlpPoints('cumulative', NOW);
  const of = () => points.of([{ minute: NOW, readings: [reading], prices: [] }], NOW + 1).at(-1)!;
  of();
  const { buckets, value } = of();
  expect(buckets).toEqual([2, 0, 0, 0, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0, 2]);
  expect(value).toBeCloseTo(201.02, 9);
  const request = JSON.parse(otlpRequest([of()], { temporality: 'delta', resourceAttributes: {}, scope: 's' })) as object;
  expect(JSON.stringify(request)).toContain(`"count":"9"`);
  expect(JSON.stringify(request)).toContain(JSON.stringify(BOUNDS));
});

test('the request is OTLP/JSON: one metric for each name, times and counts as texts', () => {
  const options = { temporality: 'cumulative', resourceAttributes: { 'service.name': 'meter' }, scope: 'Space' } as const;
  const points = new OtlpPoints('cumulative', NOW).of([minute(NOW, 2)], NOW + 1);
  expect(JSON.parse(otlpRequest(points, options))).toEqual({
    resourceMetrics: [
      {
        resource: { attributes: [{ key: 'service.name', value: { stringValue: 'meter' } }] },
        scopeMetrics: [
          {
            scope: { name: 'Space' },
            metrics: [
              {
                name: Metrics.COST,
                unit: 'USD',
                sum: {
                  aggregationTemporality: 2,
                  isMonotonic: true,
                  dataPoints: [0, 2].map((asDouble, i) => ({
                    attributes: [{ key: Attributes.REQUEST_MODEL, value: { stringValue: 'm' } }],
                    startTimeUnixNano: `${NOW}000000`,
                    timeUnixNano: `${NOW + i}000000`,
                    asDouble,
                  })),
                },
              },
            ],
          },
        ],
      },
    ],
  });
  const gauge = { metric: MODEL_PRICE, unit: 'USD', kind: 'gauge', key: '', attributes: {}, start: NOW, time: NOW, value: 1 } as const;
  expect(otlpRequest([gauge], options)).not.toContain('Temporality');
});

test('the environment: nothing without an endpoint, and less than a second for each batch', () => {
  expect(readMeterConfig({}).otlp).toBeUndefined();
  expect(readMeterConfig(OTLP).otlp).toMatchObject({ temporality: 'cumulative', modelPrices: false });
  expect(readMeterConfig(OTLP).otlp!.timeoutMs).toBeLessThan(1000);
  expect(() => readMeterConfig({ ...OTLP, OTLP_TEMPORALITY: 'none' })).toThrow(
    "'OTLP_TEMPORALITY' must be delta or cumulative, got 'none'",
  );
});
