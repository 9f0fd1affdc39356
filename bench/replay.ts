import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { Readable } from 'node:stream';
import { gzipSync } from 'node:zlib';
import { groupingOf } from '../cli/replay/grouping';
import { Replay } from '../cli/replay/replay';
import { Tally } from '../cli/replay/tally';
import { PriceEngine } from '../engine/pricing/price-engine';
import { record } from './batches';
import { median, type Result } from './result';

const RECORDS = 300_000;
const ROUNDS = 5;

const FLOOR = `
const { createReadStream } = require('node:fs');
const { createGunzip } = require('node:zlib');
(async () => {
  let tail = '';
  const text = createReadStream(process.argv[2]).pipe(createGunzip({ chunkSize: 64 * 1024 }));
  text.setEncoding('utf8');
  for await (const chunk of text) {
    const lines = (tail + chunk).split('\\n');
    tail = lines.pop();
    for (const line of lines) JSON.parse(line);
  }
})();
`;

/** `replay` against unpacking and parsing the same file, and what it holds in memory after a thousand and a million records. */
export function replay(): Result[] {
  const folder = mkdtempSync(join(tmpdir(), 'bench-'));
  try {
    return [throughput(file(folder, RECORDS), join(folder, 'floor.js')), memory()];
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Metadata only, the smallest records there are: the hardest case. */
export function file(folder: string, records: number): string {
  const path = join(folder, `${records}.ndjson.gz`);
  const start = Date.UTC(2026, 10, 20);
  writeFileSync(
    path,
    gzipSync(Array.from({ length: records }, (_, i) => `${JSON.stringify(record(i, start + i * 40, undefined))}\n`).join('')),
  );
  return path;
}

/** The whole command, as a user runs it, against the least that anybody has to do with a file that may be larger than memory. */
function throughput(path: string, floor: string): Result {
  writeFileSync(floor, FLOOR);
  const command = resolve('assets/command-line/index.js');
  const times = Array.from({ length: ROUNDS }, () => ({ ours: micros(command, 'replay', path), floor: micros(floor, path) }));
  const [ours, least] = [median(times.map((time) => time.ours)), median(times.map((time) => time.floor))];
  return {
    name: 'replay against gunzip and JSON.parse of the same file',
    ratio: median(times.map((time) => time.ours / time.floor)),
    bound: 1.5,
    better: 'lower',
    details: `${ours.toFixed(2)} against ${least.toFixed(2)} µs a record, ${RECORDS} records without bodies, whole processes`,
  };
}

function micros(...command: string[]): number {
  const start = process.hrtime.bigint();
  execFileSync(process.execPath, command, { stdio: ['ignore', 'ignore', 'pipe'] });
  return Number(process.hrtime.bigint() - start) / 1000 / RECORDS;
}

export function replayOf(): Replay {
  const tally = new Tally(groupingOf('model'));
  const ignore = () => undefined;
  return new Replay({
    tally,
    prices: new PriceEngine(),
    from: -Infinity,
    until: Infinity,
    outputs: [],
    onMalformed: ignore,
    onProgress: ignore,
  });
}

function memory(): Result {
  const heap = (records: number) =>
    Number(execFileSync(process.execPath, ['--expose-gc', '--import', 'tsx', __filename, String(records)], { encoding: 'utf8' }));
  const [first, last] = [heap(1000), heap(1_000_000)];
  const details = `${(first / 2 ** 20).toFixed(1)} MiB after 1000 records, ${(last / 2 ** 20).toFixed(1)} MiB after a million`;
  return { name: 'replay: heap after 1M records against 1K', ratio: last / first, bound: 1.2, better: 'lower', details };
}

async function held(records: number): Promise<void> {
  const calls = function* () {
    for (let i = 0; i < records; i++) yield `${JSON.stringify(record(i, Date.UTC(2026, 10, 20) + i * 40, undefined))}\n`;
  };
  await replayOf().read({ name: 'memory', open: () => Readable.from(calls(), { objectMode: false }) });
  globalThis.gc?.();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  process.stdout.write(String(heapUsed + arrayBuffers));
}

if (require.main === module) {
  void held(Number(process.argv[2]));
}
