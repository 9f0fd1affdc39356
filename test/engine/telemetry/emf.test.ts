import * as fc from 'fast-check';
import { emfLines, type Reading } from '../../../engine/telemetry/emf';

interface Line {
  readonly _aws: { readonly CloudWatchMetrics: [{ Dimensions: [string[]]; Metrics: { Name: string; Unit?: string }[] }] };
  readonly [member: string]: unknown;
}

const TIME = 1_764_000_000_000;
const parsed = (readings: readonly Reading[]) => emfLines('Space', readings, TIME).map((line) => JSON.parse(line) as Line);
const metricsOf = (line: Line) => line._aws.CloudWatchMetrics[0].Metrics.map(({ Name }) => Name);
const names = (count: number, prefix: string) => Array.from({ length: count }, (_, i) => `${prefix}${i}`);

test('each set of dimensions has a line, with its metrics and their units', () => {
  const readings: Reading[] = [
    { metric: 'cost', value: 1.5 },
    { metric: 'cost', value: 1, dimensions: { model: 'a' } },
    { metric: 'latency', value: [0.2, 0.3], unit: 'Seconds' },
  ];
  expect(emfLines('Space', readings, TIME)).toEqual([
    `{"_aws":{"Timestamp":${TIME},"CloudWatchMetrics":[{"Namespace":"Space","Dimensions":[[]],"Metrics":[{"Name":"cost"},{"Name":"latency","Unit":"Seconds"}]}]},"cost":1.5,"latency":[0.2,0.3]}`,
    `{"_aws":{"Timestamp":${TIME},"CloudWatchMetrics":[{"Namespace":"Space","Dimensions":[["model"]],"Metrics":[{"Name":"cost"}]}]},"model":"a","cost":1}`,
  ]);
});

test('more than 100 values of a metric take more lines, and other metrics stay on the first', () => {
  const lines = parsed([
    { metric: 'latency', value: Array.from({ length: 250 }, (_, i) => i) },
    { metric: 'calls', value: 250 },
  ]);
  expect(lines.map((line) => (line.latency as number[]).length)).toEqual([100, 100, 50]);
  expect(lines.map(metricsOf)).toEqual([['latency', 'calls'], ['latency'], ['latency']]);
});

test('more than 100 metrics take more lines', () => {
  const lines = parsed(names(101, 'metric').map((metric) => ({ metric, value: 1 })));
  expect(lines.map((line) => metricsOf(line).length)).toEqual([100, 1]);
});

test('a metric that is read twice has both values', () => {
  const lines = parsed([1, 2].map((value) => ({ metric: 'calls', value })));
  expect(lines.map(({ calls }) => calls)).toEqual([1, 2]);
});

test.each([Number.NaN, Infinity, -Infinity, 2 ** 361, Number.MAX_VALUE])('%d is left out, and costs no other metric its line', (value) => {
  const lines = parsed([
    { metric: 'ratio', value },
    { metric: 'latency', value: [1, value, 2] },
    { metric: 'absurd', value: [value] },
    { metric: 'calls', value: 2 },
  ]);
  expect(lines.map((line) => [metricsOf(line), line.latency, line.calls])).toEqual([[['latency', 'calls'], [1, 2], 2]]);
  expect(parsed([{ metric: 'ratio', value }])).toEqual([]);
});

test('30 dimensions are written; fails on more, which CloudWatch would refuse', () => {
  const reading = (count: number): Reading => ({
    metric: 'calls',
    value: 1,
    dimensions: Object.fromEntries(names(count, 'd').map((name) => [name, 'x'])),
  });
  expect(parsed([reading(30)])[0]!._aws.CloudWatchMetrics[0].Dimensions[0]).toHaveLength(30);
  expect(() => emfLines('Space', [reading(31)], TIME)).toThrow(
    "'calls' has 31 dimensions and CloudWatch takes 30: leave some out of d0, d1,",
  );
});

test('whatever is read: every value is written once, in lines that CloudWatch takes', () => {
  const readings: fc.Arbitrary<Required<Omit<Reading, 'unit'>>[]> = fc.array(
    fc.record({
      metric: fc.nat({ max: 120 }).map((i) => `m${i}`),
      value: fc.oneof(fc.integer(), fc.array(fc.integer(), { minLength: 1, maxLength: 230 })),
      dimensions: fc.constantFrom<Record<string, string>>({}, { model: 'a' }, { model: 'b' }),
    }),
    { maxLength: 150 },
  );
  const key = (metric: string, model: unknown) => `${metric} ${String(model)}`;
  fc.assert(
    fc.property(readings, (given) => {
      const expected = new Map<string, number[]>();
      for (const { metric, value, dimensions } of given) {
        const id = key(metric, dimensions.model);
        expected.set(id, [...(expected.get(id) ?? []), ...[value].flat()]);
      }
      const written = new Map<string, number[]>();
      for (const line of parsed(given)) {
        const metrics = metricsOf(line);
        expect(metrics.length).toBeLessThanOrEqual(100);
        expect(new Set(metrics).size).toBe(metrics.length);
        for (const metric of metrics) {
          const values = [line[metric] as number | number[]].flat();
          expect(values.length).toBeLessThanOrEqual(100);
          written.set(key(metric, line.model), [...(written.get(key(metric, line.model)) ?? []), ...values]);
        }
      }
      const sorted = (map: Map<string, number[]>) => [...map].map(([id, values]) => [id, values.sort((a, b) => a - b)] as const).sort();
      expect(sorted(written)).toEqual(sorted(expected));
    }),
    { numRuns: 30 },
  );
});
