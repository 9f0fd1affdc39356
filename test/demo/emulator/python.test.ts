import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { Processes } from '../../../demo/emulator/processes';
import { findPython, installEmulator, isNewEnough } from '../../../demo/emulator/python';

const processes = new Processes();
let folder: string;
/** The folder of a run, which is removed at its end. */
let work: string;
let env: NodeJS.ProcessEnv;

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'demo-'));
  work = path.join(folder, 'run');
  await mkdir(path.join(folder, 'bin'));
  env = { PATH: path.join(folder, 'bin') };
});

afterEach(() => rm(folder, { recursive: true }));

/** A command that is nothing but a shell script. */
async function command(name: string, script: string): Promise<void> {
  const file = path.join(folder, 'bin', name);
  await writeFile(file, `#!/bin/sh\n${script}\n`);
  await chmod(file, 0o755);
}

const PIP = (install: string) => `case "$*" in *--version*) echo pip 26;; *) ${install};; esac`;

test.each([
  ['3.9.18', false],
  ['2.7.18', false],
  ['3.10.0', true],
  ['3.14.0rc1', true],
  ['4.0.0', true],
])('Python %s is new enough: %s', (version, enough) => {
  expect(isNewEnough(version)).toBe(enough);
});

test('takes the first Python that is new enough', async () => {
  await command('python3', 'echo 3.8.1');
  await command('python', 'echo 3.12.1; echo /opt/python3.12');

  // By its path: the emulator has another PATH, on which another Python may come first.
  expect(await findPython(processes, env)).toEqual({ command: '/opt/python3.12', version: '3.12.1' });
});

test('fails without Python', async () => {
  await expect(findPython(processes, env)).rejects.toThrow(
    "no Python found: install Python 3.10 or newer and put it on the PATH as 'python3'",
  );
});

test('fails with an old Python, naming it', async () => {
  await command('python3', 'echo 3.9.2');

  await expect(findPython(processes, env)).rejects.toThrow("Python is too old, 'python3' is 3.9.2: install Python 3.10 or newer");
});

test('fails without pip', async () => {
  await command('python3', 'exit 1');

  await expect(installEmulator(processes, env, { command: 'python3', version: '3.12.1' }, work, folder)).rejects.toThrow(
    "Python 3.12.1 has no pip: install it (package 'python3-pip' on Debian and Ubuntu",
  );
});

test('fails without a network, and takes nothing half-installed for whole', async () => {
  await command('python3', PIP('echo Connection refused; exit 1'));
  const install = () => installEmulator(processes, env, { command: 'python3', version: '3.12.1' }, work, folder);

  await expect(install()).rejects.toMatchObject({
    message: expect.stringContaining('the first run needs the Python package index') as string,
    details: ['Connection refused'],
  });
  await expect(install()).rejects.toThrow();
});

test('installs once for each Python', async () => {
  await command('python3', PIP(`/bin/mkdir -p '${work}/py'; echo x >> '${folder}/count'`));
  const installs = async () => (await readFile(path.join(folder, 'count'), 'utf8')).split('\n').length - 1;

  await installEmulator(processes, env, { command: 'python3', version: '3.12.1' }, work, folder);
  await installEmulator(processes, env, { command: 'python3', version: '3.12.1' }, work, folder);
  expect(await installs()).toBe(1);

  await installEmulator(processes, env, { command: 'python3', version: '3.13.0' }, work, folder);
  expect(await installs()).toBe(2);
});
