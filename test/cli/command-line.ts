import { spawnSync } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const ENTRY = join(__dirname, '..', '..', 'assets', 'command-line', 'index.js');

export interface Ran {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

export interface RunOptions {
  readonly input?: string | Buffer;
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
}

/** Runs the bundled command as a user does, without whatever this machine knows of AWS. */
export function run(args: readonly string[], { input = '', env, cwd }: RunOptions = {}): Ran {
  const { status, stdout, stderr } = spawnSync(process.execPath, [ENTRY, ...args], {
    input,
    cwd,
    encoding: 'utf8',
    env: { PATH: process.env.PATH, NO_COLOR: '1', ...env },
  });
  return { code: status, out: stdout, err: stderr };
}

export const temporaryFolder = (): string => mkdtempSync(join(tmpdir(), 'command-line-'));
