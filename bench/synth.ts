import { execFileSync } from 'node:child_process';
import { readdirSync, rmSync } from 'node:fs';
import { buildSync } from 'esbuild';
import { median, type Result } from './result';

const ROUNDS = 9;

/** Where the compiled library lies, beside `assets` as in the package. */
const COMPILED = '.bench';

const EMPTY = `new Stack(app, 'Stack');`;
const FOUR_LINES = `new (require('./${COMPILED}').BedrockObservability)(new Stack(app, 'Stack', { env: { region: 'us-east-1' } }), 'Observability');`;

/** Synthesis of the four lines, against an app with an empty stack. */
export function synth(): Result[] {
  buildSync({
    entryPoints: readdirSync('lib', { recursive: true, encoding: 'utf8' }).flatMap((file) => (file.endsWith('.ts') ? [`lib/${file}`] : [])),
    outdir: COMPILED,
    outbase: 'lib',
    format: 'cjs',
    platform: 'node',
    logLevel: 'error',
  });
  try {
    const times = Array.from({ length: ROUNDS }, () => ({ empty: run(EMPTY), ours: run(FOUR_LINES) }));
    const [ours, empty] = [median(times.map((time) => time.ours)), median(times.map((time) => time.empty))];
    const details = `${ours.toFixed(0)} against ${empty.toFixed(0)} ms, whole processes`;
    return [{ name: 'synthesis of the four lines', ratio: ours / empty, bound: 1.3, better: 'lower', details }];
  } finally {
    rmSync(COMPILED, { recursive: true });
  }
}

function run(body: string): number {
  const script = `const { App, Stack } = require('aws-cdk-lib'); const app = new App(); ${body} app.synth();`;
  const start = process.hrtime.bigint();
  execFileSync(process.execPath, ['-e', script], { stdio: ['ignore', 'ignore', 'inherit'] });
  return Number(process.hrtime.bigint() - start) / 1e6;
}
