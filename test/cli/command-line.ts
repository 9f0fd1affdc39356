import { spawnSync } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { main } from '../../cli/program';

export const ENTRY = join(__dirname, '..', '..', 'assets', 'command-line', 'index.js');

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

/** Runs the bundled command as a user does, without the environment variables of this machine. */
export function run(args: readonly string[], { input = '', env, cwd }: RunOptions = {}): Ran {
  const { status, stdout, stderr } = spawnSync(process.execPath, [ENTRY, ...args], {
    input,
    cwd,
    encoding: 'utf8',
    env: { PATH: process.env.PATH, NO_COLOR: '1', ...env },
  });
  return { code: status, out: stdout, err: stderr };
}

/** Runs the command from its sources in this process: in milliseconds, and seen by the coverage. */
export async function runInProcess(args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Ran> {
  const before = process.env;
  const written = { stdout: '', stderr: '' };
  const spies = (['stdout', 'stderr'] as const).map((name) =>
    jest.spyOn(process[name], 'write').mockImplementation((text) => {
      written[name] += String(text);
      return true;
    }),
  );
  process.env = { ...before, AWS_REGION: '', AWS_DEFAULT_REGION: '', COLUMNS: '80', ...env };
  process.exitCode = undefined;
  try {
    await main(args);
    return { code: Number(process.exitCode ?? 0), out: written.stdout, err: written.stderr };
  } finally {
    process.env = before;
    process.exitCode = undefined;
    spies.forEach((spy) => spy.mockRestore());
  }
}

export const temporaryFolder = (): string => mkdtempSync(join(tmpdir(), 'command-line-'));
