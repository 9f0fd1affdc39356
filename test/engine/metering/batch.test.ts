import { Metrics } from '../../../engine/telemetry/names';
import { metadataOnly } from '../../fixtures/invocation-records';
import { messages, meterOf, NOW } from './harness';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const metered = async (time: number) => {
  const run = meterOf({ LEDGER: 'perCall' });
  await run.meter.meter(messages([{ ...metadataOnly, timestamp: new Date(time).toISOString() }]));
  return run;
};

test.each([
  ['five minutes less than two weeks old', NOW - 14 * DAY + 5 * MINUTE],
  ['five minutes less than two hours ahead', NOW + 2 * HOUR - 5 * MINUTE],
])('a call %s has metrics of its own minute', async (_, time) => {
  const { metrics, ledger, notices } = await metered(time);
  expect(metrics()).toMatchObject({ _aws: { Timestamp: time }, [Metrics.COST]: 0.0216975 });
  expect(ledger()[0]).not.toHaveProperty('flags');
  expect(notices()).toEqual([]);
});

test.each([
  ['a second older', NOW - 14 * DAY + 5 * MINUTE - 1000],
  ['a minute further ahead', NOW + 2 * HOUR - 4 * MINUTE],
])('a call %s is in the ledger and in the count of now, not in cost metrics', async (_, time) => {
  const { emf, ledger, notices } = await metered(time);
  expect(emf()).toHaveLength(1);
  expect(emf()[0]).toMatchObject({ _aws: { Timestamp: NOW }, [Metrics.RECORDS_PRICED]: 1 });
  expect(emf()[0]).not.toHaveProperty([Metrics.COST]);
  expect(ledger()[0]).toMatchObject({ time: new Date(time).toISOString(), costUsd: 0.0216975, flags: ['outsideMetricWindow'] });
  expect(notices()[0]?.message).toMatch(/^1 records are more than two weeks old or two hours ahead/);
});

test('calls of one minute are counted together, in whatever order they come', async () => {
  const { meter, emf } = meterOf();
  const at = (seconds: number, id: string) => ({ ...metadataOnly, requestId: id, timestamp: new Date(NOW + seconds * 1000).toISOString() });
  await meter.meter(messages([at(0, 'a'), at(-60, 'b'), at(30, 'c')]));
  const counts = emf().flatMap((line) => (Metrics.CALLS in line ? [[line._aws.Timestamp, line[Metrics.CALLS]]] : []));
  expect(counts).toEqual([
    [NOW, 2],
    [NOW - MINUTE, 1],
  ]);
});
