import { execFileSync } from 'node:child_process';
import { readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildSync } from 'esbuild';
import { median, type Result } from './result';

const ROUNDS = 9;

/** The compiled library. A sibling of `assets/`, as in the package: the constructs look for their handlers there. */
const COMPILED = '.bench';

const APPS = {
  empty: `new Stack(app, 'Stack');`,
  ours: `new (require('./lib').BedrockObservability)(new Stack(app, 'Stack'), 'Observability');`,
};

/** Time of `cdk synth` for an app with one `BedrockObservability`, against an app with an empty stack. */
export function synth(): Result[] {
  buildSync({
    entryPoints: ['lib', 'engine'].flatMap((folder) =>
      readdirSync(folder, { recursive: true, encoding: 'utf8' }).flatMap((file) => (file.endsWith('.ts') ? [`${folder}/${file}`] : [])),
    ),
    outdir: COMPILED,
    outbase: '.',
    format: 'cjs',
    platform: 'node',
    logLevel: 'error',
  });
  try {
    for (const [name, body] of Object.entries(APPS)) {
      const app = `const { App, Stack } = require('aws-cdk-lib'); const app = new App(); ${body} app.synth();`;
      writeFileSync(join(COMPILED, `${name}.cjs`), app);
    }
    const times = Array.from({ length: ROUNDS }, () => ({ empty: run('empty'), ours: run('ours') }));
    const ratio = median(times.map(({ ours, empty }) => ours / empty));
    const [ours, empty] = [median(times.map((time) => time.ours)), median(times.map((time) => time.empty))];
    return [
      {
        name: 'cdk synth of the four lines',
        ratio,
        bound: 1.3,
        better: 'lower',
        details: `${ours.toFixed(0)} against ${empty.toFixed(0)} ms`,
      },
    ];
  } finally {
    rmSync(COMPILED, { recursive: true });
  }
}

function run(app: keyof typeof APPS): number {
  const start = process.hrtime.bigint();
  const options = ['--quiet', '--no-notices', '--output', join(COMPILED, 'cdk.out'), '--app', `node ${COMPILED}/${app}.cjs`];
  execFileSync(process.execPath, [require.resolve('aws-cdk/bin/cdk'), 'synth', ...options], { stdio: ['ignore', 'ignore', 'pipe'] });
  return Number(process.hrtime.bigint() - start) / 1e6;
}
