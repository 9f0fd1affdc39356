import { createServer } from 'node:net';
import { mkdir, open, readFile } from 'node:fs/promises';
import * as path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { emulatorVariables, endpointOf, runFolder } from './environment';
import { Failure } from '../failure';
import type { Processes } from './processes';
import type { Python } from './python';

const READY_SECONDS = 120;

/** In the folder of the run. */
export const EMULATOR_LOG = 'emulator.log';

/** Starts MiniStack, unchanged, on 127.0.0.1 with IAM enforced, and waits until it answers. */
export async function startEmulator(processes: Processes, python: Python, packages: string, port: number): Promise<void> {
  const folder = runFolder(port);
  await mkdir(path.join(folder, 'tmp'), { recursive: true });
  const log = await open(path.join(folder, EMULATOR_LOG), 'w');
  const child = await processes.start(python.command, ['-m', 'ministack'], {
    cwd: folder,
    env: emulatorEnvironment(process.env, packages, port),
    output: log.fd,
  });
  await log.close();

  const deadline = Date.now() + READY_SECONDS * 1000;
  while (Date.now() < deadline && child.exitCode === null) {
    if (await isHealthy(`${endpointOf(port)}/_ministack/health`)) {
      return;
    }
    await sleep(100);
  }
  const problem = child.exitCode === null ? `did not answer within ${READY_SECONDS} s` : `stopped with exit code ${child.exitCode}`;
  const lines = (await readFile(path.join(folder, EMULATOR_LOG), 'utf8')).trimEnd().split('\n');
  throw new Failure(`the emulator ${problem}: run again, or remove the folder '.demo' to install it afresh`, lines.slice(-20));
}

/**
 * The emulator's environment. It has nothing of the user's, because emulated functions inherit all of it, and this Node on
 * its PATH, because they run on it.
 */
export function emulatorEnvironment(env: NodeJS.ProcessEnv, packages: string, port: number): NodeJS.ProcessEnv {
  const folder = runFolder(port);
  return {
    PATH: [path.dirname(process.execPath), env.PATH].join(path.delimiter),
    HOME: folder,
    PYTHONPATH: packages,
    TMPDIR: path.join(folder, 'tmp'),
    STATE_DIR: path.join(folder, 'state'),
    BIND_HOST: '127.0.0.1',
    GATEWAY_PORT: String(port),
    MINISTACK_HOST: '127.0.0.1',
    LAMBDA_EXECUTOR: 'local',
    AUTH: 'true',
    IOT_MTLS_ENABLED: '0',
    SFTP_ENABLED: '0',
    PERSIST_STATE: '0',
    S3_PERSIST: '0',
    MALLOC_ARENA_MAX: '2',
    AWS_ENDPOINT_URL: emulatorVariables(port).AWS_ENDPOINT_URL,
  };
}

/** Fails if the port is in use. */
export async function assertFree(port: number): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    const probe = createServer();
    probe.once('error', (error: NodeJS.ErrnoException) => {
      const problem = error.code === 'EADDRINUSE' ? 'is in use' : `cannot be used (${error.code})`;
      reject(new Failure(`port ${port} ${problem}: stop what listens there, or choose another one with 'npm run demo -- --port 4577'`));
    });
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve()));
  });
}

async function isHealthy(url: string): Promise<boolean> {
  try {
    return (await fetch(url)).ok;
  } catch {
    return false;
  }
}
