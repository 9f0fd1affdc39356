import { MetricStore } from '../../local-cloudwatch/metric-store';

const NOON = Date.UTC(2026, 10, 20, 12) / 1000;
const MINUTE = 60;
const CALLS = { namespace: 'N', metricName: 'calls', dimensions: {} };
const OF_MODEL = { ...CALLS, dimensions: { model: 'a', caller: 'b' } };
const hour = { start: NOON, end: NOON + 3600 };

function storeWith(...values: number[]): MetricStore {
  const store = new MetricStore();
  values.forEach((value, index) => store.put(CALLS, NOON + index * MINUTE, [value]));
  return store;
}

test.each([
  ['Sum', 10],
  ['Average', 2.5],
  ['Minimum', 1],
  ['Maximum', 4],
  ['SampleCount', 4],
  ['p50', 2],
  ['p95', 4],
  ['p0', 1],
])('%s', (statistic, expected) => {
  expect(storeWith(3, 1, 4, 2).statistic(CALLS, statistic, hour)).toBe(expected);
});

test('refuses a statistic that it does not know', () => {
  expect(() => storeWith(1).statistic(CALLS, 'tm95', hour)).toThrow(
    "the statistic 'tm95' is not among Sum, Average, Minimum, Maximum, SampleCount and percentiles",
  );
});

test('a period has its first minute and not the minute at its end', () => {
  const store = storeWith(1, 10, 100);
  expect(store.statistic(CALLS, 'Sum', { start: NOON, end: NOON + 2 * MINUTE })).toBe(11);
  expect(store.statistic(CALLS, 'Sum', { start: NOON + 1, end: NOON + 3 * MINUTE })).toBe(110);
});

test('no data have no value', () => {
  expect(storeWith(1).statistic(CALLS, 'Sum', { start: 0, end: 3600 })).toBeUndefined();
  expect(storeWith(1).statistic(OF_MODEL, 'Sum', hour)).toBeUndefined();
});

test('a metric is its exact set of dimensions, in any order', () => {
  const store = new MetricStore();
  store.put(CALLS, NOON, [1]);
  store.put(OF_MODEL, NOON, [2]);
  store.put({ ...CALLS, dimensions: { caller: 'b', model: 'a' } }, NOON + 30, [3]);

  expect(store.statistic(CALLS, 'Sum', hour)).toBe(1);
  expect(store.statistic(OF_MODEL, 'Sum', hour)).toBe(5);
  expect(store.metricsWith('N', 'calls', ['caller', 'model'])).toEqual([OF_MODEL]);
});

test('a series leaves out periods without data', () => {
  const store = storeWith(1, 2);
  store.put(CALLS, NOON + 600, [4]);
  const { label, values } = store.series(CALLS, 'Sum', { starts: [0, 300, 600].map((offset) => NOON + offset), periodSeconds: 300 });

  expect(label).toBe('calls');
  expect([...values]).toEqual([
    [NOON, 3],
    [NOON + 600, 4],
  ]);
});

test('what is put later changes a statistic that was already read', () => {
  const store = storeWith(1);
  expect(store.statistic(CALLS, 'Sum', hour)).toBe(1);
  store.put(CALLS, NOON, [2]);
  expect(store.statistic(CALLS, 'Sum', hour)).toBe(3);
});

test('a fork has the past and a future of its own', () => {
  const past = storeWith(1);
  const fork = past.fork();
  fork.put(CALLS, NOON, [2]);
  fork.put(OF_MODEL, NOON, [5]);

  expect(fork.statistic(CALLS, 'Sum', hour)).toBe(3);
  expect(past.statistic(CALLS, 'Sum', hour)).toBe(1);
  expect(past.has(OF_MODEL)).toBe(false);
});

test('a datapoint is read once its delay is over', () => {
  const store = new MetricStore({ minutes: ({ metricName }) => (metricName === 'calls' ? 2 : 0), longest: 2 });
  store.put(CALLS, NOON, [1]);
  store.put(CALLS, NOON + MINUTE, [10]);
  const sumAt = (minutes: number) => store.statistic(CALLS, 'Sum', { start: NOON, end: NOON + 300 }, NOON + minutes * MINUTE);

  expect([1, 2, 3, 4, 60].map(sumAt)).toEqual([undefined, 1, 11, 11, 11]);
});

test('a declared metric is known and has no data', () => {
  const store = new MetricStore();
  store.declare(CALLS);
  expect(store.has(CALLS)).toBe(true);
  expect([store.knows('N'), store.knows('M')]).toEqual([true, false]);
  expect(store.search('{N,model} MetricName="x"'.replace('{N', '{M'), 'Sum', { starts: [NOON], periodSeconds: 60 })).toEqual([]);
});
