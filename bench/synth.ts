import { execFileSync } from 'node:child_process';
import { median, type Result } from './result';

const ROUNDS = 7;

const EMPTY = `new Stack(app, 'Stack');`;
const FOUR_LINES = `new (require('./lib').BedrockObservability)(new Stack(app, 'Stack', { env: { region: 'us-east-1' } }), 'Observability');`;

/** Synthesis of the four lines, against an app with an empty stack. */
export function synth(): Result[] {
  const times = Array.from({ length: ROUNDS }, () => ({ empty: run(EMPTY), ours: run(FOUR_LINES) }));
  const ratio = median(times.map(({ empty, ours }) => ours / empty));
  const details = `${median(times.map((time) => time.ours)).toFixed(0)} against ${median(times.map((time) => time.empty)).toFixed(0)} ms, whole processes`;
  return [{ name: 'synthesis of the four lines', ratio, bound: 1.3, better: 'lower', details }];
}

function run(body: string): number {
  const script = `const { App, Stack } = require('aws-cdk-lib'); const app = new App(); ${body} app.synth();`;
  const start = process.hrtime.bigint();
  execFileSync(process.execPath, ['--import', 'tsx', '-e', script], { stdio: ['ignore', 'ignore', 'inherit'] });
  return Number(process.hrtime.bigint() - start) / 1e6;
}
