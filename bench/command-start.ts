import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { median, type Result } from './result';

const ROUNDS = 15;
const BOUND_MS = 250;

const RECORD = {
  schemaType: 'ModelInvocationLog',
  schemaVersion: '1.0',
  timestamp: '2026-11-20T10:15:42Z',
  accountId: '111122223333',
  region: 'us-east-1',
  requestId: '3f2b1c9e-0d4a-4a53-9a5e-7c1d2e3f4a5b',
  operation: 'Converse',
  modelId: 'us.anthropic.claude-sonnet-4-6',
  input: { inputTokenCount: 1200 },
  output: { outputTokenCount: 350 },
};
const WIDGET = {
  type: 'metric',
  x: 0,
  y: 0,
  width: 12,
  height: 6,
  properties: { title: 'Calls', region: 'us-east-1', metrics: [['AWS/Bedrock', 'Invocations', { stat: 'Sum' }]] },
};
const TEMPLATE = {
  Resources: { Own: { Type: 'AWS::CloudWatch::Dashboard', Properties: { DashboardBody: JSON.stringify({ widgets: [WIDGET] }) } } },
};

/** Each command with the least work, and the bare `--help`. */
const COMMANDS = [
  ['--help'],
  ['price', RECORD.modelId],
  ['replay', 'a.ndjson'],
  ['compare', 'a.ndjson', 'b.ndjson'],
  ['whatif', 'a.ndjson'],
  ['digest', 'a.ndjson', '--from', '2026-11-20'],
  ['traces', 'list', 'a.ndjson'],
  ['preview', '--template', 'app.template.json', '--records', 'a.ndjson'],
  ['completion', 'bash'],
];

/** What each command takes longer than `node -e 0`, start and work together: the slowest of them. */
export function commandStart(): Result[] {
  const folder = mkdtempSync(join(tmpdir(), 'bench-'));
  try {
    for (const name of ['a.ndjson', 'b.ndjson']) writeFileSync(join(folder, name), JSON.stringify(RECORD));
    writeFileSync(join(folder, 'app.template.json'), JSON.stringify(TEMPLATE));
    const entry = resolve('assets/command-line/index.js');
    const results = COMMANDS.map((args) => {
      const more = Array.from({ length: ROUNDS }, () => -elapsed(['-e', '0'], folder) + elapsed([entry, ...args], folder));
      return { name: args[0]!, more: median(more) };
    }).sort((a, b) => b.more - a.more);
    const details = results.map(({ name, more }) => `${name} ${more.toFixed(0)}`).join(', ');
    const ratio = results[0]!.more / BOUND_MS;
    return [{ name: 'start of the slowest command against 250 ms', ratio, bound: 1, better: 'lower', details: `${details} ms` }];
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function elapsed(args: readonly string[], cwd: string): number {
  const start = process.hrtime.bigint();
  try {
    execFileSync(process.execPath, args, { cwd, stdio: 'ignore', env: { ...process.env, NODE_OPTIONS: '' } });
  } catch (error) {
    // A file without spans is refused by traces. Its start is measured all the same.
    if ((error as { status?: number }).status === null) throw error;
  }
  return Number(process.hrtime.bigint() - start) / 1e6;
}
