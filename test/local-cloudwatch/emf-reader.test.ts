import { emfLines } from '../../engine/telemetry/emf';
import { readEmf } from '../../local-cloudwatch/emf-reader';

const TIME = 1_795_000_000_000;

const line = (Dimensions: string[][], values: object) =>
  JSON.stringify({
    _aws: {
      Timestamp: TIME,
      CloudWatchMetrics: [
        { Namespace: 'N', Dimensions, Metrics: [{ Name: 'm', Unit: 'Count', StorageResolution: 60 }, { Name: 'absent' }] },
      ],
    },
    ...values,
  });

test.each<[value: unknown]>([[3], [[1, 2]], [{ Values: [1], Counts: [5] }], [{ Min: 1, Max: 3, Sum: 4, Count: 2 }]])('reads %j', (m) => {
  expect(readEmf(line([[]], { m }))).toEqual([
    { namespace: 'N', metricName: 'm', dimensions: {}, timestamp: TIME, unit: 'Count', storageResolution: 60, value: m },
  ]);
});

test('makes one datapoint for each set of dimensions, and one without dimensions where there is no set', () => {
  const dimensions = (sets: string[][]) => readEmf(line(sets, { m: 1, model: 'a', caller: 7 })).map((datum) => datum.dimensions);

  expect(dimensions([[], ['model'], ['model', 'caller']])).toEqual([{}, { model: 'a' }, { model: 'a', caller: '7' }]);
  expect(dimensions([])).toEqual([{}]);
});

test.each(['START RequestId', '{"ledger":1}', '{"_aws":', '', '3'])('passes over %j', (message) => {
  expect(readEmf(message)).toEqual([]);
});

test('reads what the meter writes', () => {
  const [written] = emfLines('N', [{ metric: 'm', value: [1, 2, 2], dimensions: { model: 'a' } }], TIME);
  expect(readEmf(written!)).toMatchObject([{ metricName: 'm', dimensions: { model: 'a' }, timestamp: TIME, value: [1, 2, 2] }]);
});
