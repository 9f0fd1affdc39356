import { createReadStream, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createGunzip } from 'node:zlib';
import { file, replayOf } from './replay';
import { median, type Result } from './result';

const RECORDS = 60_000;
const ROUNDS = 7;
const CHUNK = { chunkSize: 64 * 1024 };

/** `replay` against unpacking and parsing the same file, again and again in one process: what neither start nor first use blurs. */
export async function replayWarm(): Promise<Result[]> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-'));
  try {
    const path = file(folder, RECORDS);
    const times: { ours: number; floor: number }[] = [];
    for (let round = -2; round < ROUNDS; round++) {
      const pair = {
        ours: await micros(() => replayOf().read({ name: path, open: () => createReadStream(path) })),
        floor: await micros(() => parsed(path)),
      };
      if (round >= 0) times.push(pair);
    }
    const [ours, floor] = [median(times.map((time) => time.ours)), median(times.map((time) => time.floor))];
    const ratio = median(times.map((time) => time.ours / time.floor));
    const details = `${ours.toFixed(2)} against ${floor.toFixed(2)} µs a record, ${RECORDS} records without bodies`;
    return [{ name: 'replay, warm, against gunzip and JSON.parse of the same file', ratio, bound: 1.5, better: 'lower', details }];
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** The least that anybody has to do with a file that may be larger than memory. */
async function parsed(path: string): Promise<void> {
  let tail = '';
  const text = createReadStream(path).pipe(createGunzip(CHUNK));
  text.setEncoding('utf8');
  for await (const chunk of text) {
    const lines = (tail + (chunk as string)).split('\n');
    tail = lines.pop()!;
    for (const line of lines) JSON.parse(line);
  }
}

async function micros(run: () => Promise<void>): Promise<number> {
  const start = process.hrtime.bigint();
  await run();
  return Number(process.hrtime.bigint() - start) / 1000 / RECORDS;
}
