// How the scripts of the gate run other programs.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

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

/** Runs one command line and returns its standard output; throws with all it printed if the command fails. */
export function run(command, { cwd = root, env = {}, live = false } = {}) {
  const { status, error, stdout, stderr } = spawnSync(command, {
    cwd,
    env: { ...environment, ...env },
    shell: true,
    timeout: 900_000,
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
    stdio: ['ignore', live ? 'inherit' : 'pipe', live ? 'inherit' : 'pipe'],
  });
  if (error !== undefined || status !== 0) {
    throw new Error(`'${command}' ended with ${error?.message ?? `exit code ${status}`}\n${stdout ?? ''}${stderr ?? ''}`.trim());
  }
  return stdout;
}

/** A folder outside the repository, so that nothing resolves from its node_modules; removed when the process ends. */
export function temporaryFolder() {
  const folder = mkdtempSync(join(tmpdir(), 'cdk-bedrock-observability-'));
  process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

for (const signal of ['SIGINT', 'SIGTERM']) {
  process.on(signal, () => process.exit(1));
}
