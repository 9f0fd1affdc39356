import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

// A project with one handler, whose test reads the bundle, as the tests of our handlers do. Jest starts twice or thrice.
jest.setTimeout(60_000);

const root = join(__dirname, '..', '..');
const folder = mkdtempSync(join(tmpdir(), 'stale-bundle-'));
const bundle = join(folder, 'assets', 'answer', 'index.js');

function write(path: string, content: string) {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), content);
}

const answer = (value: number) => write('lambda/answer/index.ts', `export const answer: number = ${value};\n`);

function runTests() {
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(root, 'node_modules', 'jest', 'bin', 'jest.js')], {
    cwd: folder,
    encoding: 'utf8',
  });
  return { status, output: stdout + stderr };
}

beforeAll(() => {
  const { globalSetup } = jest.requireActual<{ globalSetup: string }>('../../jest.config.js');
  write(
    'package.json',
    JSON.stringify({ jest: { globalSetup: globalSetup.replace('<rootDir>', root), testMatch: ['<rootDir>/*.test.js'] } }),
  );
  write('answer.test.js', "test('answer', () => expect(require('./assets/answer').answer).toBe(42));\n");
  write('bin/bedrock-observability.ts', '');
  write('cli/program.ts', '');
  answer(42);
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
});
afterAll(() => rmSync(folder, { recursive: true }));

test('the first run makes the bundle, the second keeps it', () => {
  expect(runTests()).toMatchObject({ status: 0, output: expect.stringContaining('bundled 2 files') });
  const { mtimeMs } = statSync(bundle);
  expect(runTests()).toMatchObject({ status: 0, output: expect.not.stringContaining('bundled') });
  expect(statSync(bundle).mtimeMs).toBe(mtimeMs);
});

test('a test does not pass on the bundle of an older source', () => {
  answer(41);
  const { status, output } = runTests();
  expect([status, output]).toEqual([1, expect.stringMatching(/Expected: 42\n\s*Received: 41/)]);
});

test('a bundle that was not made of the sources is made anew', () => {
  answer(42);
  expect(runTests().status).toBe(0);
  const good = readFileSync(bundle, 'utf8');
  write('assets/answer/index.js', 'exports.answer = 41;\n');
  write('assets/gone/index.js', '');
  expect(runTests()).toMatchObject({ status: 0, output: expect.stringContaining('bundled 2 files') });
  expect(readFileSync(bundle, 'utf8')).toBe(good);
  expect(() => statSync(join(folder, 'assets', 'gone', 'index.js'))).toThrow('ENOENT');
});

test('a bundle that cannot be made fails the tests that load it, with the reason', () => {
  write('lambda/answer/index.ts', 'export const answer = ;\n');
  const { status, output } = runTests();
  expect([status, output]).toEqual([1, expect.stringMatching(/this bundle could not be made: .*\n.*Unexpected ";"/)]);
});
