import { METER_SERIES as SERIES } from '../../meter-series';
import { converse, metadataOnly, numbered } from '../../fixtures/invocation-records';
import { Attributes, Metrics } from '../../../engine/telemetry/names';
import { messages, meterOf } from './harness';

const CALLS = 1000;
const MODELS = ['us.anthropic.claude-sonnet-4-6', 'global.anthropic.claude-haiku-4-5-20251001-v1:0', 'amazon.nova-micro-v1:0'];

const BYTES_PER_MINUTE = 4096;

async function thousandCalls(env: Record<string, string> = {}) {
  const run = meterOf(env);
  const calls = Array.from({ length: CALLS }, (_, i) => ({ ...numbered(metadataOnly, i), modelId: MODELS[i % MODELS.length] }));
  await run.meter.meter(messages(calls));
  return run;
}

test('1,000 calls make few series, and each further model one more', async () => {
  const { emf } = await thousandCalls();
  const series = emf().flatMap((line) => {
    const { Dimensions, Metrics } = line._aws.CloudWatchMetrics[0];
    return Metrics.map(({ Name }) => JSON.stringify([Name, Dimensions[0]!.map((name) => line[name])]));
  });
  expect(new Set(series).size).toBe(series.length);
  expect(series).toHaveLength(SERIES.always + SERIES.tokenTypes * SERIES.perTokenType + MODELS.length * SERIES.perModel);
});

test('without token types there is no metric by type, and the total is the same', async () => {
  const { emf } = await thousandCalls({ TOKEN_TYPES: 'none' });
  const { emf: withTypes } = await thousandCalls();
  const dimensions = (lines: ReturnType<typeof emf>) => lines.map((line) => line._aws.CloudWatchMetrics[0].Dimensions[0]!.join());
  expect(dimensions(emf())).toEqual(dimensions(withTypes()).filter((names) => names !== Attributes.TOKEN_TYPE));
  const totalOf = (lines: ReturnType<typeof emf>) => lines.find((line) => Metrics.COST_UNCERTAINTY in line)![Metrics.COST];
  expect(totalOf(emf())).toBe(totalOf(withTypes()));
});

test('bodies add the series of how calls ended', async () => {
  const { meter, metrics } = meterOf();
  await meter.meter(messages([converse]));
  expect(metrics()?._aws.CloudWatchMetrics[0].Metrics).toHaveLength(SERIES.always + SERIES.withBodies);
});

test('metric lines of 1,000 calls within a minute stay small', async () => {
  const { written } = await thousandCalls();
  expect(Buffer.byteLength(written.join(''))).toBeLessThan(BYTES_PER_MINUTE);
});

test('a ledger line has about 600 bytes', async () => {
  const { written } = await thousandCalls({ LEDGER: 'perCall' });
  const bytes = written
    .join('')
    .split('\n')
    .filter((line) => line.startsWith('{"ledger"'))
    .join('\n').length;
  expect(bytes / CALLS).toBeGreaterThan(500);
  expect(bytes / CALLS).toBeLessThan(700);
});
