import { execFileSync } from 'node:child_process';
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

/** Processor time of a record, in microseconds. */
interface Times {
  readonly ours: number;
  readonly floor: number;
}

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
 * collection included: on a machine that others use too, the clock tells more about them. Each case has a process of its own.
 */
export function handlerWork(): Result[] {
  return CASES.map(({ name, bound, batch: { records } }, i) => {
    const output = execFileSync(process.execPath, ['--import', 'tsx', __filename, String(i)], { encoding: 'utf8' });
    const { ours, floor } = JSON.parse(output) as Times;
    const details = `${ours.toFixed(2)} against ${floor.toFixed(2)} µs a record, batches of ${records}`;
    return { name, ratio: ours / floor, bound, better: 'lower', details };
  });
}

async function run({ ledger, batch: options, rounds }: Case): Promise<Times> {
  const handler = bundledHandler({ LEDGER: ledger });
  const sink = openSync(devNull, 'w');
  const { records, bodyLength = 0 } = options;
  const now = Date.now();
  const warmUp = Array.from({ length: WARM_UP }, () => batch({ records: 1000, bodyLength: Math.min(bodyLength, 200), now }));
  const measured = Array.from({ length: rounds }, () => batch({ records, bodyLength, now }));
  const times: Times[] = [];
  for (const [round, event] of [...warmUp, ...measured].entries()) {
    const measure = async (work: () => Promise<void> | void) => {
      const start = process.cpuUsage();
      await work();
      const { user, system } = process.cpuUsage(start);
      return (user + system) / records;
    };
    const write = (text: string) => void writeSync(sink, text);
    const ours = () => captured(write, () => measure(() => handler(event)));
    const floor = () => measure(() => plain(event));
    const pair = round % 2 === 0 ? { ours: await ours(), floor: await floor() } : { floor: await floor(), ours: await ours() };
    if (round >= WARM_UP) {
      times.push(pair);
    }
  }
  return { ours: median(times.map((time) => time.ours)), floor: median(times.map((time) => time.floor)) };
}

if (require.main === module) {
  const chosen = CASES[Number(process.argv[2])]!;
  void run(chosen).then((times) => kept !== undefined && process.stdout.write(JSON.stringify(times)));
}
