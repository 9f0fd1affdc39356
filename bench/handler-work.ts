import { openSync, writeSync } from 'node:fs';
import { devNull } from 'node:os';
import { gunzipSync } from 'node:zlib';
import { batch, type BatchOptions, type SubscriptionEvent } from './batches';
import { bundledHandler, captured } from './bundled-handler';
import { median, type Result } from './result';

interface Case {
  readonly name: string;
  readonly bound: number;
  readonly ledger: 'none' | 'perCall';
  readonly batch: Omit<BatchOptions, 'now'>;
  readonly rounds: number;
}

const CASES: readonly Case[] = [
  { name: 'handler work, metadata only, no ledger', bound: 1.15, ledger: 'none', batch: { records: 1000 }, rounds: 120 },
  { name: 'handler work, metadata only, ledger', bound: 1.5, ledger: 'perCall', batch: { records: 1000 }, rounds: 120 },
  { name: 'handler work, 20 KB records, no ledger', bound: 1, ledger: 'none', batch: { records: 60, bodyLength: 20_000 }, rounds: 60 },
  { name: 'handler work, 20 KB records, ledger', bound: 1, ledger: 'perCall', batch: { records: 60, bodyLength: 20_000 }, rounds: 60 },
];

/** Batches of small records until everything is compiled. */
const WARM_UP = 40;

let kept: unknown;

/** The least that anybody has to do with a batch. */
function plain(event: SubscriptionEvent): void {
  const payload = JSON.parse(gunzipSync(Buffer.from(event.awslogs.data, 'base64')).toString('utf8')) as {
    logEvents: { message: string }[];
  };
  for (const { message } of payload.logEvents) {
    kept = JSON.parse(message);
  }
}

/**
 * Whole handler work against decoding and parsing the same bytes, in turns, each batch of new calls. In processor time, garbage
 * collection included: on a machine that others use too, the clock tells more about them.
 */
export async function handlerWork(): Promise<Result[]> {
  const results: Result[] = [];
  const sink = openSync(devNull, 'w');
  for (const { name, bound, ledger, batch: options, rounds } of CASES) {
    const handler = bundledHandler({ LEDGER: ledger });
    const times: { ours: number; floor: number }[] = [];
    for (let round = -WARM_UP; round < rounds; round++) {
      const event = batch({
        ...(round < 0 ? { records: 1000, bodyLength: Math.min(options.bodyLength ?? 0, 200) } : options),
        now: Date.now(),
      });
      const measure = async (run: () => Promise<void> | void) => {
        const start = process.cpuUsage();
        await run();
        const { user, system } = process.cpuUsage(start);
        return (user + system) / options.records;
      };
      const ours = () =>
        captured(
          (text) => void writeSync(sink, text),
          () => measure(() => handler(event)),
        );
      const floor = () => measure(() => plain(event));
      const pair = round % 2 === 0 ? { ours: await ours(), floor: await floor() } : { floor: await floor(), ours: await ours() };
      if (round >= 0) {
        times.push(pair);
      }
    }
    const [ours, floor] = [median(times.map((time) => time.ours)), median(times.map((time) => time.floor))];
    const ratio = ours / floor;
    results.push({
      name,
      ratio,
      bound,
      better: 'lower',
      details: `${ours.toFixed(2)} against ${floor.toFixed(2)} µs a record, batches of ${options.records}`,
    });
  }
  return kept === undefined ? [] : results;
}
