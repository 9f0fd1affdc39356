import { datumsOf } from '../../../demo/emulator/embedded-metrics';

const line = (Dimensions: string[][], values: object) =>
  JSON.stringify({
    _aws: {
      Timestamp: 1_795_000_000_000,
      CloudWatchMetrics: [{ Namespace: 'N', Dimensions, Metrics: [{ Name: 'm', Unit: 'Count' }, { Name: 'absent' }] }],
    },
    ...values,
  });
const common = { MetricName: 'm', Unit: 'Count', Timestamp: new Date(1_795_000_000_000) };

test.each<[value: unknown, datum: object]>([
  [3, { Value: 3 }],
  [[1, 2], { Values: [1, 2] }],
  [
    { Values: [1], Counts: [5] },
    { Values: [1], Counts: [5] },
  ],
  [{ Min: 1, Max: 3, Sum: 4, Count: 2 }, { StatisticValues: { Minimum: 1, Maximum: 3, Sum: 4, SampleCount: 2 } }],
])('reads %j', (m, datum) => {
  expect(datumsOf([line([[]], { m })]).get('N')).toEqual([expect.objectContaining({ ...common, Dimensions: [], ...datum })]);
});

test('makes one datum for each dimension set', () => {
  const datums = datumsOf([line([[], ['model']], { m: 1, model: 'a' })]).get('N') ?? [];

  expect(datums.map(({ Dimensions }) => Dimensions)).toEqual([[], [{ Name: 'model', Value: 'a' }]]);
});

test('passes over other lines', () => {
  expect(datumsOf(['START RequestId', '{"ledger":1}', '{"_aws":'])).toEqual(new Map());
});
