import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { traceInvokeAgent } from '../trace';
import { median, type Result } from './result';

const ROUNDS = 15;
const EVENTS = 2000;
const LOAD_MS = 15;
const EVENT_MS = 0.2;

/** What the module for applications costs: processor time to load it, and time for each event of a response. */
export async function traceModule(): Promise<Result[]> {
  const load = median(Array.from({ length: ROUNDS }, loadMs));
  const times: { bare: Reading; traced: Reading }[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    times.push({ bare: await readMs(false), traced: await readMs(true) });
  }
  const perEvent = median(times.map(({ bare, traced }) => (traced.all - bare.all) / EVENTS));
  const first = median(times.map(({ bare, traced }) => traced.first - bare.first));
  return [
    { name: 'trace: load', ratio: load / LOAD_MS, bound: 1, better: 'lower', details: `${load.toFixed(1)} of ${LOAD_MS} ms` },
    { name: 'trace: event', ratio: perEvent / EVENT_MS, bound: 1, better: 'lower', details: `${perEvent.toFixed(4)} of ${EVENT_MS} ms` },
    { name: 'trace: first event', ratio: first / EVENT_MS, bound: 1, better: 'lower', details: `${first.toFixed(4)} of ${EVENT_MS} ms` },
  ];
}

function loadMs(): number {
  const file = JSON.stringify(resolve('assets/trace/index.js'));
  const code = `const before = process.cpuUsage(); require(${file}); const { user, system } = process.cpuUsage(before); console.log((user + system) / 1000)`;
  return Number(execFileSync(process.execPath, ['-e', code], { encoding: 'utf8', env: { ...process.env, NODE_OPTIONS: '' } }));
}

/** The events of a recorded response with tools and guardrails, again and again. */
const recorded = readFileSync('test/fixtures/agent-responses.ndjson', 'utf8')
  .split('\n')
  .filter((line) => line.includes('"tools and guardrails"'))
  .flatMap((line) => (JSON.parse(line) as { events: unknown[] }).events);

async function* events(): AsyncGenerator<unknown> {
  for (let count = 0; count < EVENTS; count++) yield await Promise.resolve(recorded[count % recorded.length]);
}

const span = {
  isRecording: () => true,
  spanContext: () => ({ traceId: 'a', spanId: 'b', traceFlags: 1 }),
  setAttribute: () => span,
  setAttributes: () => span,
  setStatus: () => span,
  end: () => undefined,
};

/** Milliseconds until the first event is there, and until all are. */
interface Reading {
  readonly first: number;
  readonly all: number;
}

async function readMs(isTraced: boolean): Promise<Reading> {
  const client = { send: () => Promise.resolve({ completion: events() }) };
  const command = {
    input: { agentId: 'AGENT00001' },
    resolveMiddleware: () => () => Promise.resolve({ output: { completion: events() } }),
  };
  const tracerProvider = { getTracer: () => ({ startSpan: () => span }) };
  const { completion } = isTraced ? await traceInvokeAgent(client, command, { tracerProvider }) : await client.send();
  const start = performance.now();
  let first: number | undefined;
  for await (const event of completion) first ??= event === undefined ? undefined : performance.now() - start;
  return { first: first ?? 0, all: performance.now() - start };
}
