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

const METADATA = { batch: { records: 1000 }, rounds: 120 };
const TEXT = { batch: { records: 60, bodyLength: 20_000 }, rounds: 60 };
const TEXT_BEYOND_ASCII = { ...TEXT, batch: { ...TEXT.batch, ascii: false } };

const CASES: readonly Case[] = [
  { name: 'handler work, metadata only, no ledger', bound: 1.3, ledger: 'none', ...METADATA },
  { name: 'handler work, metadata only, ledger', bound: 1.75, ledger: 'perCall', ...METADATA },
  { name: 'handler work, 20 KB records, ledger', bound: 0.7, ledger: 'perCall', ...TEXT },
  { name: 'handler work, 20 KB records that are not ASCII, ledger', bound: 0.45, ledger: 'perCall', ...TEXT_BEYOND_ASCII },
];

/** Processor time per record, in microseconds. */
interface Times {
  readonly handler: number;
  readonly baseline: number;
}

/** One process differs from the next by up to a tenth, in what V8 inlined and where it put things. */
const PROCESSES = 7;

/** Batches before the measured ones, so that V8 has compiled everything. */
const WARM_UP = 40;

/** The last record parsed, kept so that V8 cannot leave the parsing out. */
let parsed: unknown;

/** What every subscriber has to do with a batch: decode, decompress and parse it. */
function baselineWork(event: SubscriptionEvent): void {
  const payload = JSON.parse(gunzipSync(Buffer.from(event.awslogs.data, 'base64')).toString('utf8')) as {
    logEvents: { message: string }[];
  };
  for (const { message } of payload.logEvents) {
    parsed = JSON.parse(message);
  }
}

/**
 * Processor time of the whole handler, against decoding and parsing the same bytes. Both run in turns, each case in
 * processes of its own. Processor time includes garbage collection and, other than elapsed time, not what else runs on the machine.
 */
export function handlerWork(): Result[] {
  return CASES.map(({ name, bound, batch: { records } }, i) => {
    const times = Array.from({ length: PROCESSES }, () => timesOf(i));
    const [handler, baseline] = [median(times.map((time) => time.handler)), median(times.map((time) => time.baseline))];
    const ratio = median(times.map((time) => time.handler / time.baseline));
    const details = `${handler.toFixed(2)} against ${baseline.toFixed(2)} µs a record, batches of ${records}`;
    return { name, ratio, bound, better: 'lower', details };
  });
}

const timesOf = (i: number): Times =>
  JSON.parse(execFileSync(process.execPath, ['--import', 'tsx', __filename, String(i)], { encoding: 'utf8' })) as Times;

async function run({ ledger, batch: options, rounds }: Case): Promise<Times> {
  const meter = bundledHandler({ LEDGER: ledger });
  const sink = openSync(devNull, 'w');
  const { records, bodyLength = 0 } = options;
  // The last second of a minute: a batch that crosses into the next one has metric lines for both.
  const now = Math.floor(Date.now() / 60_000) * 60_000 - 1;
  const warmUp = Array.from({ length: WARM_UP }, () => batch({ records: 1000, bodyLength: Math.min(bodyLength, 3000), now }));
  const measured = Array.from({ length: rounds }, () => batch({ ...options, now }));
  const times: Times[] = [];
  for (const [round, event] of [...warmUp, ...measured].entries()) {
    const measure = async (work: () => Promise<void> | void) => {
      const start = process.cpuUsage();
      await work();
      const { user, system } = process.cpuUsage(start);
      return (user + system) / records;
    };
    const write = (text: string) => void writeSync(sink, text);
    const handle = () => captured(write, () => measure(() => meter(event)));
    const decode = () => measure(() => baselineWork(event));
    // The order alternates, so that neither always finds the caches warmed by the other.
    const pair =
      round % 2 === 0 ? { handler: await handle(), baseline: await decode() } : { baseline: await decode(), handler: await handle() };
    if (round >= WARM_UP) {
      times.push(pair);
    }
  }
  return { handler: median(times.map(({ handler }) => handler)), baseline: median(times.map(({ baseline }) => baseline)) };
}

if (require.main === module) {
  const chosen = CASES[Number(process.argv[2])]!;
  void run(chosen).then((times) => parsed !== undefined && process.stdout.write(JSON.stringify(times)));
}
