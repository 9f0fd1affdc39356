import { spawn, spawnSync } from 'node:child_process';
import { chmodSync, cpSync, existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { runFolder } from '../../demo/emulator/environment';

let server: Server;
let port: number;

beforeEach(async () => {
  server = createServer();
  port = await new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve((server.address() as { port: number }).port)));
});

afterEach(() => {
  server.close();
});

const DEMO = ['--import', 'tsx', 'demo/index.ts'];

function demo(args: readonly string[], env: NodeJS.ProcessEnv = process.env) {
  const { status, stderr, stdout } = spawnSync(process.execPath, [...DEMO, ...args], { env, encoding: 'utf8' });
  return { status, stderr: stderr.trim(), stdout };
}

test('fails when the port is busy, with one sentence', () => {
  expect(demo(['--port', `${port}`])).toEqual({
    status: 1,
    stdout: '',
    stderr: `demo failed: port ${port} is in use: stop what listens there, or choose another one with 'npm run demo -- --port 4577'`,
  });
});

test('fails without Python, and leaves nothing behind', () => {
  server.close();
  const { status, stderr } = demo(['--port', `${port}`], { PATH: '/nowhere' });

  expect(stderr).toMatch(/^demo failed: no Python found: .*$/);
  expect(status).toBe(1);
  expect(existsSync(runFolder(port))).toBe(false);
});

test.each([
  [['--records', 'missing.ndjson'], 'missing.ndjson: no such file'],
  [['--records', '/dev/null'], 'there are no records in /dev/null'],
  [['--records', 's3://bucket/logs'], "'--records s3://bucket/logs' cannot be read, because the demo uses no AWS settings"],
  [['--port', '80'], "must be a whole number from 1024 to 65535, got '80'"],
])('fails on %j', (args, message) => {
  const { status, stderr } = demo(args);

  expect(stderr).toContain(message);
  expect(status).toBe(1);
});

/** A Python whose pip never ends, and which writes down its process. */
const SLOW_PYTHON = `#!/bin/sh
case "$*" in
  *python_version*) echo 3.99.0; echo "$0" ;;
  *install*) echo $$ > "$(dirname "$0")/pid"; sleep 60 ;;
esac
`;

test.each([1, 2])('interrupted %s times, it leaves no process and no folder', async (times) => {
  server.close();
  const bin = mkdtempSync(path.join(tmpdir(), 'demo-'));
  const python = path.join(bin, 'python3');
  writeFileSync(python, SLOW_PYTHON);
  chmodSync(python, 0o755);
  const child = spawn(process.execPath, [...DEMO, '--port', `${port}`], { env: { PATH: `${bin}:${process.env.PATH}` } });
  const ended = new Promise((resolve) => child.once('close', resolve));
  await until(() => existsSync(path.join(bin, 'pid')));
  const pid = Number(readFileSync(path.join(bin, 'pid'), 'utf8'));
  expect(existsSync(runFolder(port))).toBe(true);

  for (let time = 0; time < times; time += 1) {
    child.kill('SIGINT');
  }

  expect(await ended).toBe(130);
  expect(existsSync(runFolder(port))).toBe(false);
  await until(() => !isRunning(pid));
  rmSync(bin, { recursive: true });
});

/** A Python whose pip installs nothing, so that the emulator ends as soon as it is started. */
const BROKEN_PYTHON = `#!/bin/sh
case "$*" in
  *python_version*) echo 3.99.0; echo "$0" ;;
  *"pip install"*) while [ "$1" != --target ]; do shift; done; mkdir -p "$2" ;;
  *ministack*) echo "no module named ministack"; exit 3 ;;
esac
`;

test('keeps the log of the emulator after a failure and names it last, and nothing else of the run', () => {
  server.close();
  const root = mkdtempSync(path.join(tmpdir(), 'demo-'));
  // In a folder of its own, because a real emulator may be installed in the project's.
  cpSync('demo', path.join(root, 'demo'), { recursive: true });
  for (const name of ['cli', 'engine', 'lib', 'local-cloudwatch', 'node_modules', 'package.json', 'tsconfig.json']) {
    symlinkSync(path.resolve(name), path.join(root, name));
  }
  writeFileSync(path.join(root, 'python3'), BROKEN_PYTHON, { mode: 0o755 });
  const env = { PATH: `${root}:${process.env.PATH}` };
  const { status, stderr } = spawnSync(process.execPath, [...DEMO, '--port', `${port}`], { cwd: root, env, encoding: 'utf8' });

  const log = path.join('.demo', `emulator-${port}.log`);
  expect(stderr.trimEnd().split('\n')).toEqual([
    '  no module named ministack',
    "demo failed: the emulator stopped with exit code 3: run again, or remove the folder '.demo' to install it afresh",
    `the log of the emulator: ${log}`,
  ]);
  expect(status).toBe(1);
  expect(readFileSync(path.join(root, log), 'utf8')).toBe('no module named ministack\n');
  expect(existsSync(path.join(root, '.demo', `run-${port}`))).toBe(false);
  rmSync(root, { recursive: true });
});

async function until(condition: () => boolean): Promise<void> {
  for (const deadline = Date.now() + 15_000; !condition(); await sleep(20)) {
    if (Date.now() > deadline) {
      throw new Error('it did not happen within 15 s');
    }
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
