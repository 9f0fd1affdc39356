import { createReadStream, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createGunzip } from 'node:zlib';
import { createReplay, writeLog } from './replay';
import { median, type Result } from './result';

const RECORDS = 60_000;
const ROUNDS = 7;

/** Rounds before the measured ones, in which V8 compiles. */
const WARM_UP = 2;
const CHUNK = { chunkSize: 64 * 1024 };

/** `replay` against decompressing and parsing the same file, repeated in one process, so that start and compilation do not count. */
export async function replayWarm(): Promise<Result[]> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-'));
  try {
    const path = writeLog(folder, RECORDS);
    const times: { replay: number; baseline: number }[] = [];
    for (let round = -WARM_UP; round < ROUNDS; round++) {
      const pair = {
        replay: await micros(() => createReplay().read({ name: path, open: () => createReadStream(path) })),
        baseline: await micros(() => parse(path)),
      };
      if (round >= 0) times.push(pair);
    }
    const [replay, baseline] = [median(times.map((time) => time.replay)), median(times.map((time) => time.baseline))];
    const ratio = median(times.map((time) => time.replay / time.baseline));
    const details = `${replay.toFixed(2)} against ${baseline.toFixed(2)} µs a record, ${RECORDS} records without bodies`;
    return [{ name: 'replay, warm, against gunzip and JSON.parse of the same file', ratio, bound: 1.5, better: 'lower', details }];
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** What every reader of a file has to do that may be larger than memory: decompress it, split its lines and parse them. */
async function parse(path: string): Promise<void> {
  let partial = '';
  const text = createReadStream(path).pipe(createGunzip(CHUNK));
  text.setEncoding('utf8');
  for await (const chunk of text) {
    const lines = (partial + (chunk as string)).split('\n');
    partial = lines.pop()!;
    for (const line of lines) JSON.parse(line);
  }
}

async function micros(run: () => Promise<void>): Promise<number> {
  const start = process.hrtime.bigint();
  await run();
  return Number(process.hrtime.bigint() - start) / 1000 / RECORDS;
}
