import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { median, type Result } from './result';

const ROUNDS = 121;

/**
 * What the runtime client of AWS Lambda has loaded before it loads a handler. Without these, the streams that they share with
 * `node:zlib` would be taken for a part of the handler. Source: aws-lambda-ric 3.3.0, dist/index.mjs.
 */
const RUNTIME = ['assert', 'fs', 'http', 'module', 'net', 'path', 'util'];

/** Time from the start of a process until the handler is loaded, against a handler without any code. */
export function moduleLoad(): Result[] {
  const folder = mkdtempSync(join(tmpdir(), 'bench-'));
  try {
    const bare = join(folder, 'index.js');
    writeFileSync(bare, 'exports.handler = async () => undefined;\n');
    // Out of the project, as in Lambda: Node.js reads the package.json of the folders above a module.
    cpSync(resolve('assets/meter-calls'), join(folder, 'meter-calls'), { recursive: true });
    const meter = join(folder, 'meter-calls', 'index.js');
    const times: { bare: number; meter: number }[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      times.push({ bare: load(bare), meter: load(meter) });
    }
    const ratio = median(times.map((time) => time.meter / time.bare));
    const details = `${median(times.map((time) => time.meter)).toFixed(0)} against ${median(times.map((time) => time.bare)).toFixed(0)} ms, whole processes`;
    return [{ name: 'module load', ratio, bound: 1.15, better: 'lower', details }];
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function load(file: string): number {
  const start = process.hrtime.bigint();
  const script = `${JSON.stringify(RUNTIME)}.forEach((name) => require(name)); require(${JSON.stringify(file)}).handler;`;
  execFileSync(process.execPath, ['-e', script], { env: { ...process.env, NODE_OPTIONS: '' } });
  return Number(process.hrtime.bigint() - start) / 1e6;
}
