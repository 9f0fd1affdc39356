import type { MetricReader } from '../../../demo/report/metric-reader';
import { waitUntilMetered } from '../../../demo/traffic/metering';
import { Metrics } from '../../../engine/telemetry/names';

/** Metrics of priced records that take these values, one after the other; all others have one value. */
function metrics(...priced: number[]): MetricReader {
  const total = (_namespace: string, name: string) =>
    Promise.resolve(name === Metrics.RECORDS_PRICED ? (priced.length > 1 ? priced.shift() : priced[0]) : 1);
  return { total } as unknown as MetricReader;
}

afterEach(() => jest.restoreAllMocks());

test('waits until each record has a status, and shows how many have one', async () => {
  const shown: number[] = [];
  expect(await waitUntilMetered(8, metrics(0, 4, 5), (metered) => shown.push(metered))).toEqual({
    priced: 5,
    unpriced: 1,
    ignored: 1,
    malformed: 1,
  });
  expect(shown).toEqual([3, 7, 8]);
});

test('gives up 30 s after the last progress', async () => {
  let now = 0;
  jest.spyOn(Date, 'now').mockImplementation(() => (now += 7_000));
  await expect(waitUntilMetered(8, metrics(0, 1, 2, 3), () => {})).rejects.toThrow(
    'the deployed function has metered 6 of 8 records and then none for 30 s',
  );
});
