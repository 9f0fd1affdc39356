import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { Readable } from 'node:stream';
import { gzipSync } from 'node:zlib';
import { sourceOf } from '../cli/input/parts';
import { groupingOf } from '../cli/replay/grouping';
import { Replay } from '../cli/replay/replay';
import { ReplaySummary } from '../cli/replay/replay-summary';
import { PriceEngine } from '../engine/pricing/price-engine';
import { record } from './batches';
import { bytesInUse } from './bytes-in-use';
import { median, type Result } from './result';

const RECORDS = 300_000;
const ROUNDS = 5;

/** What every reader of a file has to do that may be larger than memory: decompress it, split its lines and parse them. */
const BASELINE = `
const { createReadStream } = require('node:fs');
const { createGunzip } = require('node:zlib');
(async () => {
  let partial = '';
  const text = createReadStream(process.argv[2]).pipe(createGunzip({ chunkSize: 64 * 1024 }));
  text.setEncoding('utf8');
  for await (const chunk of text) {
    const lines = (partial + chunk).split('\\n');
    partial = lines.pop();
    for (const line of lines) JSON.parse(line);
  }
})();
`;

/** Time of `replay` against decompressing and parsing the same file, and its heap after 1,000,000 records against 1,000. */
export function replay(): Result[] {
  const folder = mkdtempSync(join(tmpdir(), 'bench-'));
  try {
    return [throughput(folder), memory()];
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** A gzipped log. Its records have no bodies: the smaller a record is, the more everything but its parsing weighs. */
function writeLog(folder: string, records: number): string {
  const path = join(folder, `${records}.ndjson.gz`);
  writeFileSync(path, gzipSync([...recordLines(records)].join('')));
  return path;
}

function* recordLines(records: number): Generator<string> {
  const start = Date.UTC(2026, 10, 20);
  for (let i = 0; i < records; i++) yield `${JSON.stringify(record(i, start + i * 40, undefined))}\n`;
}

/** The whole command in a process of its own, as a user runs it, against a script in a process of its own. */
function throughput(folder: string): Result {
  const path = writeLog(folder, RECORDS);
  const script = join(folder, 'baseline.js');
  writeFileSync(script, BASELINE);
  const command = resolve('assets/command-line/index.js');
  const times = Array.from({ length: ROUNDS }, () => ({ replay: micros(command, 'replay', path), baseline: micros(script, path) }));
  const [replay, baseline] = [median(times.map((time) => time.replay)), median(times.map((time) => time.baseline))];
  return {
    name: 'replay against gunzip and JSON.parse of the same file',
    ratio: median(times.map((time) => time.replay / time.baseline)),
    bound: 1.5,
    better: 'lower',
    details: `${replay.toFixed(2)} against ${baseline.toFixed(2)} µs a record, ${RECORDS} records without bodies, whole processes`,
  };
}

function micros(...command: string[]): number {
  const start = process.hrtime.bigint();
  execFileSync(process.execPath, command, { stdio: ['ignore', 'ignore', 'pipe'] });
  return Number(process.hrtime.bigint() - start) / 1000 / RECORDS;
}

function createReplay(): Replay {
  return new Replay({
    prices: new PriceEngine(),
    summary: new ReplaySummary(groupingOf('model')),
    period: { from: -Infinity, until: Infinity },
    outputs: [],
    onMalformed: () => undefined,
    onProgress: () => undefined,
  });
}

function memory(): Result {
  const heapAfter = (records: number) =>
    Number(execFileSync(process.execPath, ['--expose-gc', '--import', 'tsx', __filename, String(records)], { encoding: 'utf8' }));
  const [first, last] = [heapAfter(1000), heapAfter(1_000_000)];
  const details = `${(first / 2 ** 20).toFixed(1)} MiB after 1000 records, ${(last / 2 ** 20).toFixed(1)} MiB after a million`;
  return { name: 'replay: heap after 1M records against 1K', ratio: last / first, bound: 1.2, better: 'lower', details };
}

/** Runs in a process of its own and prints the bytes that are still in use after a garbage collection. */
async function printHeapAfter(records: number): Promise<void> {
  await createReplay().read(sourceOf({ name: 'memory', open: () => Readable.from(recordLines(records), { objectMode: false }) }));
  process.stdout.write(String(await bytesInUse()));
}

if (require.main === module) {
  void printHeapAfter(Number(process.argv[2]));
}
