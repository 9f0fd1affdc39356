import { converse, metadataOnly, numbered } from '../../fixtures/invocation-records';
import { messages, meterOf } from './harness';

const CALLS = 1000;
const MODELS = ['us.anthropic.claude-sonnet-4-6', 'global.anthropic.claude-haiku-4-5-20251001-v1:0', 'amazon.nova-micro-v1:0'];

/** The figures that docs/cost.md is computed from. */
const SERIES = { always: 8, withBodies: 3, perTokenType: 2, perModel: 1 };
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
  const tokenTypes = ['input', 'output', 'cache_read', 'cache_write'];
  expect(series).toHaveLength(SERIES.always + tokenTypes.length * SERIES.perTokenType + MODELS.length * SERIES.perModel);
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
