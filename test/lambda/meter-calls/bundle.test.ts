import { execFileSync } from 'node:child_process';
import { resolve } from 'node:path';
import { Metrics } from '../../../engine/telemetry/names';
import { metadataOnly, numbered } from '../../fixtures/invocation-records';
import { subscriptionEvent } from '../../engine/metering/harness';
import { runBundle } from './runtime-api';

const BUNDLE = resolve(__dirname, '../../../assets/meter-calls/index.js');
const now = new Date().toISOString().replace(/\.\d+Z$/, 'Z');
const records = [1, 2, 3].map((number) => ({ ...numbered(metadataOnly, number), timestamp: now }));

const parsed = (lines: string[]) => lines.map((line) => JSON.parse(line) as Record<string, unknown>);

test.each(['TEXT', 'JSON'])('lines stay whole and at the top level under the runtime, log format %s', async (format) => {
  const { lines, answers } = await runBundle([subscriptionEvent(records), subscriptionEvent(['{'])], {
    LEDGER: 'perCall',
    AWS_LAMBDA_LOG_FORMAT: format,
  });
  expect(answers.map(({ kind }) => kind)).toEqual(['response', 'response']);
  const written = parsed(lines);
  expect(written.filter((line) => line.ledger === 1)).toHaveLength(4);
  const metrics = written.filter((line) => '_aws' in line && Metrics.CALLS in line);
  expect(metrics.map((line) => [line[Metrics.RECORDS_PRICED], line[Metrics.RECORDS_MALFORMED]])).toEqual([
    [3, 0],
    [0, 1],
  ]);
});

test('a batch that cannot be unpacked fails, so that Lambda keeps it, and the next one is metered', async () => {
  const { lines, answers } = await runBundle([{ awslogs: { data: 'AAAA' } }, subscriptionEvent(records)], {});
  expect(answers.map(({ kind }) => kind)).toEqual(['error', 'response']);
  expect(parsed(lines.filter((line) => line.includes('_aws')))[0]).toMatchObject({ [Metrics.RECORDS_PRICED]: 3 });
});

test('failed batches are metered when they come back through the queue', async () => {
  const { lines } = await runBundle([{ Records: [{ body: JSON.stringify(subscriptionEvent(records)) }] }], {});
  expect(parsed(lines)[0]).toMatchObject({ [Metrics.RECORDS_PRICED]: 3 });
});

test('the handler can be wrapped, as the ADOT layer does', () => {
  const script = `
    const bundle = require(${JSON.stringify(BUNDLE)});
    Object.defineProperty(bundle, 'handler', { enumerable: true, configurable: true, get: () => 'wrapped' });
    process.stdout.write(require(${JSON.stringify(BUNDLE)}).handler);`;
  expect(execFileSync(process.execPath, ['-e', script], { encoding: 'utf8' })).toBe('wrapped');
});

test('no SDK is loaded with the module', () => {
  const script = `require(${JSON.stringify(BUNDLE)}); process.stdout.write(Object.keys(require.cache).join(','));`;
  expect(execFileSync(process.execPath, ['-e', script], { encoding: 'utf8' })).toBe(BUNDLE);
});
