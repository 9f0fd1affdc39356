import { execFileSync } from 'node:child_process';
import { readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildSync } from 'esbuild';
import { median, type Result } from './result';

const ROUNDS = 9;

/** The compiled library. A sibling of `assets/`, as in the package: the constructs look for their handlers there. */
const COMPILED = '.bench';

const APPS = {
  function: `
    const { Code, Function, Runtime } = require('aws-cdk-lib/aws-lambda');
    new Function(new Stack(app, 'Stack'), 'Function', { runtime: Runtime.NODEJS_24_X, handler: 'index.handler', code: Code.fromAsset('assets/activate-alarms') });`,
  ours: `new (require('./lib').BedrockObservability)(new Stack(app, 'Stack'), 'Observability');`,
};

type AppName = keyof typeof APPS;
type Run = (app: AppName) => number;

/** An app with one `BedrockObservability`, against an app with one Lambda function: the app alone, and the whole `cdk synth`. */
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
    // As the build of the package does.
    execFileSync(process.execPath, ['scripts/lazy-index.mjs', join(COMPILED, 'lib')]);
    for (const [name, body] of Object.entries(APPS)) {
      const app = `const { App, Stack } = require('aws-cdk-lib'); const app = new App(); ${body} app.synth();`;
      writeFileSync(join(COMPILED, `${name}.cjs`), app);
    }
    return [
      compared('the app alone, against one with a Lambda function: processor time', 2, runApp),
      compared('cdk synth, against an app with a Lambda function: elapsed time', 1.25, runSynth),
    ];
  } finally {
    rmSync(COMPILED, { recursive: true });
  }
}

function compared(name: string, bound: number, run: Run): Result {
  const times = Array.from({ length: ROUNDS }, () => ({ function: run('function'), ours: run('ours') }));
  const [ours, other] = [median(times.map((time) => time.ours)), median(times.map((time) => time.function))];
  const ratio = median(times.map((time) => time.ours / time.function));
  return { name, ratio, bound, better: 'lower', details: `${ours.toFixed(0)} against ${other.toFixed(0)} ms` };
}

/** Processor time, as the process itself says it at its end. */
const runApp: Run = (app) => {
  const script = `require('./${COMPILED}/${app}.cjs'); const { user, system } = process.cpuUsage(); process.stdout.write(String((user + system) / 1000));`;
  const env = { ...process.env, CDK_OUTDIR: join(COMPILED, 'cdk.out') };
  return Number(execFileSync(process.execPath, ['-e', script], { encoding: 'utf8', env }));
};

const runSynth: Run = (app) => {
  const start = process.hrtime.bigint();
  const options = ['--quiet', '--no-notices', '--output', join(COMPILED, 'cdk.out'), '--app', `node ${COMPILED}/${app}.cjs`];
  execFileSync(process.execPath, [require.resolve('aws-cdk/bin/cdk'), 'synth', ...options], { stdio: ['ignore', 'ignore', 'pipe'] });
  return Number(process.hrtime.bigint() - start) / 1e6;
};
