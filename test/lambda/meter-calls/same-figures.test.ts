import { parseRate } from '../../../engine/pricing/usd-text';
import { logEvents } from '../../../lambda/meter-calls/log-events';
import { readableRecords } from '../../../lambda/meter-calls/stream-records';
import { cases } from '../../cases';
import { file, replay } from '../../cli/replaying';
import { meterOf, subscriptionEvent } from '../../engine/metering/harness';
import { metadataOnly, numbered, type Raw } from '../../fixtures/invocation-records';
import { kinesisRecord } from '../../fixtures/kinesis';

const CALLS = cases(600, 20_000);
const PER_BATCH = 40;
const MODELS = [
  'us.anthropic.claude-sonnet-4-6',
  'global.anthropic.claude-sonnet-4-6',
  'amazon.nova-micro-v1:0',
  'openai.gpt-oss-120b-1:0',
];
const ACCOUNTS = ['111111111111', '222222222222', '333333333333'];
const DAYS = 30;

/** A month of calls of several accounts, models and days. Every tenth is the copy of one before. */
const month: Raw[] = Array.from({ length: CALLS }, (_, i) => {
  const number = i % 10 === 9 ? i - 7 : i;
  const day = String(1 + (number % DAYS)).padStart(2, '0');
  return {
    ...numbered(metadataOnly, number),
    timestamp: `2026-11-${day}T10:15:42Z`,
    accountId: ACCOUNTS[number % 3],
    modelId: MODELS[number % 4],
    input: { inputTokenCount: 100 + ((number * 37) % 5000), cacheReadInputTokenCount: 0, cacheWriteInputTokenCount: 0 },
    output: { outputTokenCount: 1 + ((number * 11) % 700) },
  };
});
const batches = Array.from({ length: Math.ceil(CALLS / PER_BATCH) }, (_, i) =>
  subscriptionEvent(month.slice(i * PER_BATCH, (i + 1) * PER_BATCH)),
);

interface Figure {
  readonly key: string;
  readonly usd: bigint;
}

/** Exact sums by model, account and day. */
function sums(figures: readonly Figure[]): Record<string, bigint> {
  const sum: Record<string, bigint> = {};
  figures.forEach(({ key, usd }) => (sum[key] = (sum[key] ?? 0n) + usd));
  return Object.fromEntries(Object.entries(sum).sort());
}

const pico = (usd: string): bigint => parseRate('image', usd);
const keyOf = (modelId: unknown, account: unknown, time: unknown) => [modelId, account, String(time).slice(0, 10)].join(' ');

/** The costs of ledger lines, of their digits. */
function ofLedger(written: readonly string[]): Figure[] {
  return written
    .join('')
    .split('\n')
    .filter((line) => line.startsWith('{"ledger":1'))
    .map((text) => {
      const { modelId, accountId, time } = JSON.parse(text) as Raw;
      return { key: keyOf(modelId, accountId, time), usd: pico(/"costUsd":([\d.]+)/.exec(text)![1]!) };
    });
}

test('a month has the same total by model, account and day through a log group, a stream and `replay` of either', async () => {
  const [ofGroup, ofStream] = [meterOf({ LEDGER: 'perCall' }), meterOf({ LEDGER: 'perCall' })];
  const records = batches.map(({ awslogs }, at) => kinesisRecord(at, awslogs.data));
  for (const batch of batches) {
    await ofGroup.meter.meter(logEvents(batch));
  }
  for (let at = 0; at < records.length; at += 3) {
    await ofStream.meter.meter(readableRecords(records.slice(at, at + 3), false).events);
  }
  const replayed = async (text: string): Promise<Figure[]> => {
    const { lines } = await replay([file(text)]);
    return (lines as unknown as Raw[])
      .filter(({ status }) => status === 'priced')
      .map(({ modelId, account, timestamp, costUsd }) => ({ key: keyOf(modelId, account, timestamp), usd: pico(String(costUsd)) }));
  };
  const expected = sums(ofLedger(ofGroup.written));
  expect(Object.keys(expected).length).toBeGreaterThan(50);
  expect(sums(ofLedger(ofStream.written))).toEqual(expected);
  expect(sums(await replayed(JSON.stringify({ Records: records })))).toEqual(expected);
  expect(sums(await replayed(batches.map((batch) => JSON.stringify(batch)).join('\n')))).toEqual(expected);
});
