import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import * as path from 'node:path';
import { DEMO_FOLDER, ROOT } from './environment';
import { Failure } from '../failure';
import type { Processes } from './processes';

/** The oldest version that the emulator runs on. */
const OLDEST = [3, 10] as const;
const INSTALL = `install Python ${OLDEST.join('.')} or newer and put it on the PATH as 'python3'`;

export interface Python {
  /** The path of its executable: the emulator has another PATH, on which another Python may come first. */
  readonly command: string;
  readonly version: string;
}

/** The first Python on the PATH that is new enough. */
export async function findPython(processes: Processes, env: NodeJS.ProcessEnv): Promise<Python> {
  const found: string[] = [];
  for (const command of ['python3', 'python']) {
    const python = await pythonOf(processes, env, command);
    if (python && isNewEnough(python.version)) {
      return python;
    }
    if (python) {
      found.push(`'${command}' is ${python.version}`);
    }
  }
  throw new Failure(found.length ? `Python is too old, ${found.join(' and ')}: ${INSTALL}` : `no Python found: ${INSTALL}`);
}

/**
 * Installs the emulator into the demo's folder, once for each list of requirements and each version of Python. The stamp is
 * written last, so that an interrupted installation is done again.
 *
 * @param work the folder of the run, which is removed at its end
 * @returns the folder of its packages
 */
export async function installEmulator(
  processes: Processes,
  env: NodeJS.ProcessEnv,
  python: Python,
  work: string,
  folder: string = DEMO_FOLDER,
): Promise<string> {
  const requirements = path.join(ROOT, 'demo', 'emulator', 'requirements.txt');
  const digest = createHash('sha256')
    .update(await readFile(requirements))
    .update(python.version)
    .digest('hex');
  const target = path.join(folder, 'py');
  const stamp = path.join(target, 'installed');
  if (existsSync(stamp) && (await readFile(stamp, 'utf8')) === digest) {
    return target;
  }
  await processes.run(python.command, ['-m', 'pip', '--version'], {
    env,
    failureMessage: `Python ${python.version} has no pip: install it (package 'python3-pip' on Debian and Ubuntu, or 'python3 -m ensurepip')`,
  });
  const fresh = path.join(work, 'py');
  await rm(fresh, { recursive: true, force: true });
  const quiet = ['-q', '--disable-pip-version-check', '--no-input', '--retries', '2', '--timeout', '15'];
  await processes.run(python.command, ['-m', 'pip', 'install', ...quiet, '--no-deps', '--target', fresh, '-r', requirements], {
    env: { ...env, PIP_ROOT_USER_ACTION: 'ignore' },
    failureMessage:
      'the emulator could not be installed: the first run needs the Python package index (https://pypi.org or the mirror that pip is configured for), later runs need no network',
  });
  await rm(target, { recursive: true, force: true });
  await rename(fresh, target);
  await writeFile(stamp, digest);
  return target;
}

async function pythonOf(processes: Processes, env: NodeJS.ProcessEnv, name: string): Promise<Python | undefined> {
  try {
    const script = 'import platform, sys; print(platform.python_version()); print(sys.executable)';
    const [version = '', command = name] = await processes.run(name, ['-c', script], { env, failureMessage: name });
    return { command, version };
  } catch {
    return undefined;
  }
}

export function isNewEnough(version: string): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return major > OLDEST[0] || (major === OLDEST[0] && minor >= OLDEST[1]);
}
