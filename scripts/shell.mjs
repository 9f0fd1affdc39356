// How the scripts of the gate run other programs.
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { clearTimeout, setTimeout } from 'node:timers';

export const root = join(import.meta.dirname, '..');

const environment = {
  ...process.env,
  PATH: `${join(root, 'node_modules', '.bin')}:${process.env.PATH}`,
  // A gate never talks to an account, and the same commit gives the same output everywhere.
  NO_COLOR: '1',
  FORCE_COLOR: '0',
  AWS_EC2_METADATA_DISABLED: 'true',
  CDK_DISABLE_CLI_TELEMETRY: 'true',
  JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION: '20',
};

const TIME_LIMIT_MS = 900_000;
const running = new Set();

/** Runs one command line and returns its standard output; throws with all it printed if the command fails. */
export async function run(command, { cwd = root, env = {}, live = false, timeLimitMs = TIME_LIMIT_MS } = {}) {
  // In a process group of its own, so that ending it ends also what it started.
  const child = spawn(command, {
    cwd,
    env: { ...environment, ...env },
    shell: true,
    detached: true,
    stdio: ['ignore', live ? 'inherit' : 'pipe', live ? 'inherit' : 'pipe'],
  });
  running.add(child);
  const late = setTimeout(() => end(child), timeLimitMs);
  let stdout = '';
  let stderr = '';
  child.stdout?.setEncoding('utf8').on('data', (text) => (stdout += text));
  child.stderr?.setEncoding('utf8').on('data', (text) => (stderr += text));
  const ended = await new Promise((resolve) => {
    child.on('error', (error) => resolve(error.message));
    child.on('close', (code, signal) => resolve(code === 0 ? undefined : `exit code ${code ?? signal}`));
  });
  clearTimeout(late);
  running.delete(child);
  if (ended !== undefined) {
    throw new Error(`'${command}' ended with ${ended}\n${stdout}${stderr}`.trim());
  }
  return stdout;
}

function end(child) {
  try {
    process.kill(-child.pid, 'SIGTERM');
  } catch {
    // It has ended by itself.
  }
}

/** A folder outside the repository, so that nothing resolves from its node_modules; removed when the process ends. */
export function temporaryFolder() {
  const folder = mkdtempSync(join(tmpdir(), 'cdk-bedrock-observability-'));
  process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

process.on('exit', () => running.forEach(end));
for (const signal of ['SIGINT', 'SIGTERM']) {
  process.on(signal, () => process.exit(1));
}
