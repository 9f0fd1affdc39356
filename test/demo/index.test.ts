import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import * as path from 'node:path';
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

function demo(args: readonly string[], env: NodeJS.ProcessEnv = process.env) {
  const tsx = path.join('node_modules', 'tsx', 'dist', 'cli.mjs');
  const { status, stderr, stdout } = spawnSync(process.execPath, [tsx, 'demo/index.ts', ...args], { env, encoding: 'utf8' });
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
  [['--records', 'missing.ndjson'], "'--records missing.ndjson' cannot be read: ENOENT"],
  [['--records', '/dev/null'], "'--records /dev/null' holds no records: give a file with one JSON record a line"],
  [['--port', '80'], "must be a whole number from 1024 to 65535, got '80'"],
])('fails on %j', (args, message) => {
  const { status, stderr } = demo(args);

  expect(stderr).toContain(message);
  expect(status).toBe(1);
});
