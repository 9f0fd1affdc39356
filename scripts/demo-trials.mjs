// Runs the demo again and again: node scripts/demo-trials.mjs [--runs 20] [--interrupts 20] [--load 2]
// While the given number of busy loops run, each run must be green, and a run that is interrupted at a random moment, once or
// twice, must leave no process and no folder. Not part of the gate: it takes about a minute a run. Linux only, by /proc.
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, readlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { root } from './shell.mjs';

const { values } = parseArgs({
  options: {
    runs: { type: 'string', default: '20' },
    interrupts: { type: 'string', default: '20' },
    load: { type: 'string', default: '2' },
    port: { type: 'string', default: '4599' },
  },
});
const [runs, interrupts, load] = [values.runs, values.interrupts, values.load].map(Number);
const { port } = values;
const folder = join(root, '.demo', `run-${port}`);
const logs = join(root, '.demo', 'trials');
const failures = [];

const loops = Array.from({ length: load }, () => spawn(process.execPath, ['-e', 'for (;;);'], { stdio: 'ignore' }));
process.once('exit', () => loops.forEach((loop) => loop.kill('SIGKILL')));
mkdirSync(logs, { recursive: true });

let seconds = 60;
for (let run = 1; run <= runs; run++) {
  const { code, output, took } = await demo([]);
  seconds = Math.min(seconds, took);
  const left = leftovers();
  report(`run ${run}`, code === 0 && left.length === 0, `exit code ${code} after ${took.toFixed(0)} s`, left, output);
}
for (let run = 1; run <= interrupts; run++) {
  const at = Math.random() * seconds;
  const times = run % 2 ? 1 : 2;
  const { code, output } = await demo([], async (signal) => {
    await sleep(at * 1000);
    for (let time = 0; time < times; time++) {
      signal('SIGINT');
      await sleep(100);
    }
  });
  const left = leftovers();
  // A run that was over before is green.
  const isRight = (code === 130 || code === 0) && left.length === 0;
  report(`interrupt ${run}`, isRight, `${times} times after ${at.toFixed(1)} s, exit code ${code}`, left, output);
}
console.log(`demo trials with ${load} busy loops: ${runs + interrupts - failures.length} right, ${failures.length} wrong`);
process.exit(failures.length === 0 ? 0 : 1);

/** Runs the demo as a terminal does: in a process group of its own, which gets the signals. */
async function demo(args, during = async () => {}) {
  const start = Date.now();
  const child = spawn(process.execPath, ['--import', 'tsx', 'demo/index.ts', '--port', port, ...args], { cwd: root, detached: true });
  let output = '';
  child.stdout.on('data', (data) => (output += data));
  child.stderr.on('data', (data) => (output += data));
  const ended = new Promise((resolve) => child.once('close', resolve));
  const signal = (name) => {
    try {
      process.kill(-child.pid, name);
    } catch {
      // It is over.
    }
  };
  await Promise.race([ended, during(signal)]);
  return { code: await ended, output, took: (Date.now() - start) / 1000 };
}

/** The folder of the run, and the processes that know of it. */
function leftovers() {
  const processes = readdirSync('/proc').filter((pid) => /^\d+$/.test(pid) && knowsFolder(pid));
  return [...(existsSync(folder) ? [folder] : []), ...processes.map((pid) => `process ${pid}`)];
}

function knowsFolder(pid) {
  try {
    const texts = [
      readFileSync(`/proc/${pid}/cmdline`, 'utf8'),
      readFileSync(`/proc/${pid}/environ`, 'utf8'),
      readlinkSync(`/proc/${pid}/cwd`),
    ];
    return Number(pid) !== process.pid && texts.some((text) => text.includes(folder));
  } catch {
    // It is over, or another user's.
    return false;
  }
}

function report(name, isRight, what, left, output) {
  console.log(`${isRight ? 'ok    ' : 'FAILED'} ${name}: ${what}${left.map((each) => `, left ${each}`).join('')}`);
  if (!isRight) {
    failures.push(name);
    const file = join(logs, `${name.replace(' ', '-')}.log`);
    writeFileSync(file, output);
    console.log(`       ${output.trimEnd().split('\n').slice(-4).join('\n       ')}\n       ${file}`);
  }
}
