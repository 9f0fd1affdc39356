import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { metadataOnly, type Raw } from '../fixtures/invocation-records';
import { runInProcess, temporaryFolder } from './command-line';

/** Where the tests write. In the temporary folder of the machine, which removes it. */
export const folder = temporaryFolder();
let files = 0;

export const lines = (...records: (Raw | string)[]): string =>
  records.map((record) => `${typeof record === 'string' ? record : JSON.stringify(record)}\n`).join('');

export function file(content: string | Buffer, name = `${++files}.ndjson`): string {
  const path = join(folder, name);
  mkdirSync(join(path, '..'), { recursive: true });
  writeFileSync(path, content);
  return path;
}

export interface Line {
  readonly requestId?: string;
  readonly timestamp?: string;
  readonly status: string;
  readonly reason?: string;
  readonly profile?: string;
  readonly costUsd?: string;
  readonly costHighUsd?: string;
  readonly tokens?: Record<string, number>;
  readonly price?: { readonly row?: string; readonly grade?: string; readonly flags: string[] };
}

/** Replays in this process, and reads what `--json` wrote. */
export async function replay(args: readonly string[]) {
  const json = join(folder, `out-${++files}.ndjson`);
  const ran = await runInProcess(['replay', ...args, '--json', json]);
  return { ...ran, lines: readLines(json) };
}

export const readLines = (path: string): Line[] =>
  readFileSync(path, 'utf8')
    .split('\n')
    .flatMap((line) => (line === '' ? [] : [JSON.parse(line) as Line]));

/** A call of Claude Haiku 4.5 with one token in and none out. */
export const call = (n: number, more: Raw = {}): Raw => ({
  ...metadataOnly,
  requestId: `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`,
  modelId: 'us.anthropic.claude-haiku-4-5-20251001-v1:0',
  input: { inputTokenCount: 1 },
  output: { outputTokenCount: 0 },
  ...more,
});
export const COST = '0.0000011';
