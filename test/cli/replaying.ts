import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { metadataOnly, type Raw } from '../fixtures/invocation-records';
import { run, temporaryFolder, type RunOptions } from './command-line';

/** Where the test writes; removed with the machine's other temporary files. */
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
  readonly costUsd?: string;
  readonly costHighUsd?: string;
  readonly tokens?: Record<string, number>;
  readonly price?: { readonly row?: string; readonly grade?: string; readonly flags: string[] };
}

/** Replays, and reads what `--json` wrote. */
export function replay(args: readonly string[], options?: RunOptions) {
  const json = join(folder, `out-${++files}.ndjson`);
  const ran = run(['replay', ...args, '--json', json], options);
  const written = readFileSync(json, 'utf8');
  return { ...ran, lines: written.split('\n').flatMap((line) => (line === '' ? [] : [JSON.parse(line) as Line])) };
}

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
