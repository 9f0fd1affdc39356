import type { Clients } from '../../../demo/emulator/clients';
import { MetricReader } from '../../../demo/report/metric-reader';

type Stored = readonly { readonly dimensions: Readonly<Record<string, string>>; readonly value: number }[];

/** Answers as the emulator does: without dimensions, all series of the metric together. */
function emulator(stored: Stored): Clients {
  const send = (command: {
    readonly input: { MetricDataQueries?: { Id: string; MetricStat: { Metric: { Dimensions: { Name: string; Value: string }[] } } }[] };
  }) => {
    const queries = command.input.MetricDataQueries;
    if (!queries) {
      return Promise.resolve({
        Metrics: stored.map(({ dimensions }) => ({ Dimensions: Object.entries(dimensions).map(([Name, Value]) => ({ Name, Value })) })),
      });
    }
    const MetricDataResults = queries.map(({ Id, MetricStat }) => {
      const asked = MetricStat.Metric.Dimensions;
      const matching = stored.filter(
        ({ dimensions }) =>
          asked.length === 0 || JSON.stringify(dimensions) === JSON.stringify(Object.fromEntries(asked.map((d) => [d.Name, d.Value]))),
      );
      return { Id, Values: matching.length ? [matching.reduce((total, { value }) => total + value, 0)] : [] };
    });
    return Promise.resolve({ MetricDataResults });
  };
  return { cloudWatch: { send, config: {}, middlewareStack: {} } } as unknown as Clients;
}

const noon = new Date('2026-11-21T12:00:00Z');
const stored: Stored = [
  { dimensions: {}, value: 0.3 },
  { dimensions: { model: 'a' }, value: 0.1 },
  { dimensions: { model: 'b' }, value: 0.2 },
  { dimensions: { type: 'input' }, value: 0.3 },
];

jest.mock('@aws-sdk/client-cloudwatch', () => ({
  ...jest.requireActual<object>('@aws-sdk/client-cloudwatch'),
  // The real paginator insists on a real client.
  paginateListMetrics: async function* ({ client }: { client: { send: (command: object) => Promise<object> } }) {
    yield await client.send({ input: {} });
  },
}));

test('a metric without dimensions is not the sum of all its series', async () => {
  expect(await new MetricReader(emulator(stored), noon, noon).total('N', 'cost')).toBe(0.3);
});

test('a metric with dimensions is read as it is', async () => {
  expect(await new MetricReader(emulator(stored), noon, noon).total('N', 'cost', { model: 'b' })).toBe(0.2);
});

test('no data are undefined, not zero', async () => {
  const read = { namespace: 'N', metricName: 'cost', statistic: 'Sum', periods: [{ start: 0, end: 60 }] };
  expect(await new MetricReader(emulator([]), noon, noon).read({ ...read, dimensions: {} })).toEqual([undefined]);
  expect(await new MetricReader(emulator(stored), noon, noon).read({ ...read, dimensions: { model: 'c' } })).toEqual([undefined]);
});
