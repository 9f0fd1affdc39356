import type { Clients } from '../../../demo/emulator/clients';
import type { DeployedFunction } from '../../../demo/emulator/deployed-function';
import type { MetricReader } from '../../../demo/report/metric-reader';
import { Metering } from '../../../demo/traffic/metering';
import { Metrics } from '../../../engine/telemetry/names';

/** A line in embedded metric format that says how many records were priced. */
const metered = (count: number) =>
  JSON.stringify({
    _aws: { Timestamp: 0, CloudWatchMetrics: [{ Namespace: 'N', Dimensions: [[]], Metrics: [{ Name: Metrics.RECORDS_PRICED }] }] },
    [Metrics.RECORDS_PRICED]: count,
  });

/** A deployed function that prints these lines, some of them only when it is asked again. */
function deployed({ printed, left }: { printed: string[][]; left: string[][] }) {
  const sent: number[] = [];
  let priced = 0;
  const cloudWatch = {
    send: ({ input }: { input: { MetricData: { Value: number }[] } }) => {
      priced += input.MetricData.reduce((sum, { Value }) => sum + Value, 0);
      return Promise.resolve({});
    },
  };
  const logs = {
    send: ({ input }: { input: { logEvents?: unknown[] } }) => {
      sent.push(input.logEvents?.length ?? 0);
      return Promise.resolve({});
    },
  };
  const meter = {
    linesOfNextInvocation: () => Promise.resolve(printed.shift() ?? []),
    linesLeft: () => Promise.resolve(left.shift() ?? []),
  } as unknown as DeployedFunction;
  const metrics = {
    total: (_namespace: string, name: string) => Promise.resolve(name === Metrics.RECORDS_PRICED ? priced : 0),
  } as unknown as MetricReader;
  const metering = new Metering({ cloudWatch, logs } as unknown as Clients, meter, metrics);
  const records = (count: number) => Array.from({ length: count }, () => ({ time: new Date(0), message: '{}' }));
  return {
    sent,
    meterAll: (count: number, show: (metered: number) => void = () => {}) => metering.meterAll('/source', records(count), show),
  };
}

test('sends the next batch when the one before was metered, and asks for the lines that are left', async () => {
  const shown: number[] = [];
  const run = deployed({ printed: [[metered(50)], []], left: [['{"ledger":1}'], [metered(14)], []] });

  expect(await run.meterAll(64, (count) => shown.push(count))).toEqual({ priced: 64, unpriced: 0, ignored: 0, malformed: 0 });
  expect(shown).toEqual([50, 50, 50, 64, 64]);
  expect(run.sent.filter((count) => count > 0)).toEqual([50, 14]);
});

test('waits for what comes after the last count', async () => {
  const left = [[], ['{"ledger":1}'], []];
  await deployed({ printed: [[metered(3)]], left }).meterAll(3);
  expect(left).toEqual([['{"ledger":1}'], []]);
});

test('gives up when the function prints nothing more, and shows what else it printed', async () => {
  const run = deployed({ printed: [[metered(6), 'TypeError: no']], left: [] });
  await expect(run.meterAll(8)).rejects.toMatchObject({
    message: 'the deployed function has metered 6 of 8 records',
    details: ['TypeError: no'],
  });
});
