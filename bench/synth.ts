import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { median, type Result } from './result';

const ROUNDS = 41;

/** Holds the apps. Within the project, so that they find aws-cdk-lib. */
const FOLDER = '.bench';

const APPS = {
  function: `
    const { Code, Function, Runtime } = require('aws-cdk-lib/aws-lambda');
    new Function(new Stack(app, 'Stack'), 'Function', { runtime: Runtime.NODEJS_24_X, handler: 'index.handler', code: Code.fromAsset('assets/activate-alarms') });`,
  ours: `new (require('../dist/lib').BedrockObservability)(new Stack(app, 'Stack'), 'Observability');`,
};

type AppName = keyof typeof APPS;
type Run = (app: AppName) => number;

/** An app with one `BedrockObservability` of the built package, against an app with one Lambda function: the app alone, and the whole `cdk synth`. */
export function synth(): Result[] {
  mkdirSync(FOLDER, { recursive: true });
  try {
    for (const [name, body] of Object.entries(APPS)) {
      const app = `const { App, Stack } = require('aws-cdk-lib'); const app = new App(); ${body} app.synth();`;
      writeFileSync(join(FOLDER, `${name}.cjs`), app);
    }
    return [
      compared('the app alone, against one with a Lambda function: processor time', 2, runApp),
      compared('cdk synth, against an app with a Lambda function: elapsed time', 1.25, runSynth),
    ];
  } finally {
    rmSync(FOLDER, { recursive: true });
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
  const script = `require('./${FOLDER}/${app}.cjs'); const { user, system } = process.cpuUsage(); process.stdout.write(String((user + system) / 1000));`;
  const env = { ...process.env, CDK_OUTDIR: join(FOLDER, 'cdk.out') };
  return Number(execFileSync(process.execPath, ['-e', script], { encoding: 'utf8', env }));
};

const runSynth: Run = (app) => {
  const start = process.hrtime.bigint();
  const options = ['--quiet', '--no-notices', '--output', join(FOLDER, 'cdk.out'), '--app', `node ${FOLDER}/${app}.cjs`];
  execFileSync(process.execPath, [require.resolve('aws-cdk/bin/cdk'), 'synth', ...options], { stdio: ['ignore', 'ignore', 'pipe'] });
  return Number(process.hrtime.bigint() - start) / 1e6;
};
