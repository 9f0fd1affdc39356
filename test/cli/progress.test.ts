import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createProgram } from '../../cli/program';
import { requestId, BOTOCORE, botocore, cloudWatchEvent } from '../engine/agents/spans';
import { converse } from '../fixtures/invocation-records';
import { runInProcess, temporaryFolder } from './command-line';
import { csvOf, curRow, usageOf } from './reconcile/billed-rows';
import { file, lines } from './replaying';

/** Commands that read no logs, and those that hold other commands. */
const SHORT = ['completion', 'help', 'price', 'flag', 'traces'];

const records = file(lines(converse));
const ledger = file(
  lines(
    '{"ledger":1,"time":"2026-11-20T10:00:00.000Z","accountId":"111122223333","region":"us-east-1","modelId":"amazon.nova-pro-v1:0","status":"priced","requestId":"a","tokens":{"input":7,"output":8},"costUsd":0.000000000123}',
  ),
);
const spans = file(
  lines(cloudWatchEvent({ id: 'leaf', trace: 'a'.repeat(32), scope: BOTOCORE, ms: 200, attributes: botocore(requestId(1), 100, 10) })),
);
const bill = file(csvOf(usageOf([JSON.stringify(converse)]).map(curRow)), 'bill.csv');
const template = join(temporaryFolder(), 'app.template.json');
writeFileSync(
  template,
  JSON.stringify({ Resources: { Own: { Type: 'AWS::CloudWatch::Dashboard', Properties: { DashboardBody: '{"widgets":[]}' } } } }),
);

const VIEWS = ['list', 'show', 'failed', 'sessions', 'tools'];

/** Every command that reads logs, and what it says meanwhile. */
const READING: ReadonlyArray<{ readonly args: readonly string[]; readonly progress: readonly RegExp[] }> = [
  { args: ['replay', records], progress: [/record/] },
  { args: ['compare', records, records], progress: [/record/] },
  { args: ['digest', records, '--from', '2026-01-01', '--to', '2026-11-30'], progress: [/record/] },
  { args: ['whatif', records], progress: [/record/] },
  { args: ['whatif', '--ledger', ledger], progress: [/record/] },
  { args: ['reconcile', records, '--bill', bill], progress: [/record/, /rows of the bill/] },
  { args: ['reconcile', '--ledger', ledger, '--bill', bill], progress: [/1 call, /, /rows of the bill/] },
  { args: ['preview', '--template', template, '--records', records, '--out', '-'], progress: [/reading the templates/] },
  ...VIEWS.map((view) => ({ args: ['traces', view, spans], progress: [/1 span/, /1 trace added up/] })),
];

beforeEach(() => Object.defineProperty(process.stderr, 'isTTY', { value: true, configurable: true }));
afterEach(() => Reflect.deleteProperty(process.stderr, 'isTTY'));

test.each(READING)('$args says on a terminal what it is doing', async ({ args, progress }) => {
  const { err } = await runInProcess(args);
  const shown = err.split('\r\x1b[K').slice(1);
  for (const text of progress) expect(shown).toContainEqual(expect.stringMatching(text));
  // The last one was erased.
  expect(shown.at(-1)).not.toMatch(progress.at(-1)!);
});

test('every command that reads logs is among them', () => {
  const { commands } = createProgram();
  const names = commands.flatMap((command) => [command, ...command.commands]).map((command) => command.name());
  const tried = READING.map(({ args: [command, view] }) => (command === 'traces' ? view! : command!));
  expect(new Set([...tried, ...SHORT])).toEqual(new Set([...names, 'help']));
});
