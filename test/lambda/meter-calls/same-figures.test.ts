import { appendFileSync, createReadStream } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { rowOf } from '../../../engine/ledger/row';
import { sqlQuery } from '../../../engine/ledger/questions/sql-query';
import { parseUsd } from '../../../engine/pricing/usd-text';
import { logEvents } from '../../../lambda/meter-calls/log-events';
import { readableRecords } from '../../../lambda/meter-calls/stream-records';
import { cases } from '../../cases';
import { runInProcess, temporaryFolder } from '../../cli/command-line';
import { DuckLedger } from '../../engine/ledger/questions/duck-ledger';
import { meterOf, NOW, subscriptionEvent } from '../../engine/metering/harness';
import { metadataOnly, numbered, type Raw } from '../../fixtures/invocation-records';
import { kinesisRecord } from '../../fixtures/kinesis';

/** `MONTH=1000000 npx jest test/lambda/meter-calls/same-figures` runs a whole million, in some minutes. */
const CALLS = Number(process.env.MONTH ?? cases(600, 20_000));
const PER_BATCH = 40;
const MODELS = [
  'us.anthropic.claude-sonnet-4-6',
  'global.anthropic.claude-sonnet-4-6',
  'amazon.nova-micro-v1:0',
  'openai.gpt-oss-120b-1:0',
];
const ACCOUNTS = ['111111111111', '222222222222', '333333333333'];
const DAYS = 30;
const folder = temporaryFolder();

/** A call of a month of several accounts, models and days. Every tenth is the copy of one before. */
function callOf(i: number): Raw {
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
}

const batches = Math.ceil(CALLS / PER_BATCH);
const batchAt = (at: number) =>
  subscriptionEvent(Array.from({ length: Math.min(PER_BATCH, CALLS - at * PER_BATCH) }, (_, i) => callOf(at * PER_BATCH + i)));

/** Exact sums by model, account and day. */
class Sums {
  private readonly sums = new Map<string, bigint>();

  public add(modelId: unknown, account: unknown, time: unknown, usd: string): void {
    const key = [modelId, account, String(time).slice(0, 10)].join(' ');
    this.sums.set(key, (this.sums.get(key) ?? 0n) + parseUsd(usd));
  }

  public get all(): Record<string, bigint> {
    return Object.fromEntries([...this.sums].sort());
  }
}

/** A meter whose ledger lines are added up, and are rows of the table as well. */
function meterInto(sums: Sums, rows: string) {
  const write = (text: string): Promise<void> => {
    const lines = text.split('\n').filter((line) => line.startsWith('{"ledger":1'));
    for (const line of lines) {
      const { modelId, accountId, time } = JSON.parse(line) as Raw;
      sums.add(modelId, accountId, time, /"costUsd":([\d.]+)/.exec(line)![1]!);
    }
    appendFileSync(rows, lines.map((line) => `${rowOf(line, NOW)}\n`).join(''));
    return Promise.resolve();
  };
  return meterOf({ LEDGER: 'table', LEDGER_STREAM: 'rows' }, { write }).meter;
}

/** The sums of the calls that `replay` prices, of their lines. */
async function replayed(path: string): Promise<Record<string, bigint>> {
  const json = `${path}.out`;
  expect((await runInProcess(['replay', path, '--json', json])).code).toBe(0);
  const sums = new Sums();
  for await (const line of createInterface({ input: createReadStream(json) })) {
    const { status, modelId, account, timestamp, costUsd } = JSON.parse(line) as Raw;
    if (status === 'priced') sums.add(modelId, account, timestamp, String(costUsd));
  }
  return sums.all;
}

test('a month has the same total by model, account and day through a log group, a stream, the table and `replay`', async () => {
  const paths = { rows: join(folder, 'rows.ndjson'), group: join(folder, 'group.ndjson'), stream: join(folder, 'stream.ndjson') };
  const [ofGroup, ofStream] = [new Sums(), new Sums()];
  const [groupMeter, streamMeter] = [meterInto(ofGroup, paths.rows), meterInto(ofStream, paths.rows)];
  for (let at = 0; at < batches; at += 3) {
    const events = Array.from({ length: Math.min(3, batches - at) }, (_, i) => batchAt(at + i));
    for (const event of events) await groupMeter.meter(logEvents(event));
    const records = events.map(({ awslogs }, i) => kinesisRecord(at + i, awslogs.data));
    await streamMeter.meter(readableRecords(records, false).events);
    appendFileSync(paths.group, events.map((event) => `${JSON.stringify(event)}\n`).join(''));
    appendFileSync(paths.stream, `${JSON.stringify({ Records: records })}\n`);
  }
  const expected = ofGroup.all;
  expect(Object.keys(expected).length).toBeGreaterThan(50);
  expect(ofStream.all).toEqual(expected);
  expect(await replayed(paths.group)).toEqual(expected);
  expect(await replayed(paths.stream)).toEqual(expected);
  // The table has the rows of both meters: each call twice, at least.
  const table = await DuckLedger.ofRows(paths.rows);
  const ofTable = new Sums();
  const rows = await table.rows(
    sqlQuery({ by: ['modelId', 'account', 'day'], measures: ['usd', 'lines', 'calls'], limit: 10_000 }, 'true'),
  );
  rows.forEach(({ modelId, account, day, usd }) => ofTable.add(modelId, account, day, usd!));
  table.close();
  expect(ofTable.all).toEqual(expected);
  expect(rows.every(({ lines, calls }) => Number(lines) === 2 * Number(calls))).toBe(true);
}, 1_800_000);
