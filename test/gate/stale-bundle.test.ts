import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

const root = join(__dirname, '..', '..');
const { globalSetup } = jest.requireActual<{ globalSetup: string }>('../../jest.config.js');
const setup = globalSetup.replace('<rootDir>', root);

/** A project with one handler, whose test loads the bundle as the tests of our handlers do. */
const folder = mkdtempSync(join(tmpdir(), 'stale-bundle-'));
const bundle = join(folder, 'assets', 'answer', 'index.js');

function write(path: string, content: string) {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), content);
}

const answer = (value: string) => write('lambda/answer/index.ts', `export const answer: number = ${value};\n`);

function node(...args: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd: folder, encoding: 'utf8' });
  return { status, output: stdout + stderr };
}

/** What Jest does before the first test. */
function prepare(): string {
  const { status, output } = node('--input-type=module', '-e', `import setup from '${setup}'; await setup({ rootDir: '${folder}' });`);
  expect([status, output]).toEqual([0, output]);
  return output.trim();
}

beforeAll(() => {
  write('package.json', JSON.stringify({ jest: { globalSetup: setup, testMatch: ['<rootDir>/*.test.js'] } }));
  write('answer.test.js', "test('answer', () => expect(require('./assets/answer').answer).toBe(42));\n");
  write('lambda/configure-logging/index.ts', '');
  write('bin/bedrock-observability.ts', '');
  write('cli/program.ts', '');
  write('trace/index.ts', '');
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
});
beforeEach(() => answer('42'));
afterAll(() => rmSync(folder, { recursive: true }));

test('a bundle is made once, and kept while nothing changes', () => {
  expect(prepare()).toBe('bundled 5 files');
  const { mtimeMs } = statSync(bundle);
  expect(prepare()).toBe('');
  expect(statSync(bundle).mtimeMs).toBe(mtimeMs);
});

test('a test does not pass on the bundle of an older source', () => {
  prepare();
  answer('41');
  const { status, output } = node(join(root, 'node_modules', 'jest', 'bin', 'jest.js'));
  expect([status, output]).toEqual([1, expect.stringMatching(/Expected: 42\n\s*Received: 41/)]);
});

test('a bundle that was not made of the sources is made anew', () => {
  prepare();
  const good = readFileSync(bundle, 'utf8');
  write('assets/answer/index.js', 'exports.answer = 41;\n');
  write('assets/gone/index.js', '');
  expect(prepare()).toBe('bundled 5 files');
  expect(readFileSync(bundle, 'utf8')).toBe(good);
  expect(existsSync(join(folder, 'assets', 'gone', 'index.js'))).toBe(false);
});

test('a bundle that cannot be made throws the reason where it is loaded', () => {
  answer(';');
  expect(prepare()).toBe('bundled 4 files, 1 could not be bundled');
  expect(node('-e', "require('./assets/answer')").output).toMatch(/this bundle could not be made: .*\n.*Unexpected ";"/);
});
