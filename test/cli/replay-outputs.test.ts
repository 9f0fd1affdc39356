import { spawn } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  linkSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { ENTRY, run, runInProcess } from './command-line';
import { call, COST, file, folder, lines, readLines } from './replaying';

const good = lines(call(1));
const bad = '{"half\n';

function fresh(name: string): string {
  const path = join(folder, `outputs-${name}`);
  mkdirSync(path);
  return path;
}

describe('a file of the user that is to be read is never written to', () => {
  const cases: ReadonlyArray<readonly [string, (input: string, at: string) => string]> = [
    ['by its own name', (input) => input],
    ['by another path', (input) => `${dirname(input)}/../${basename(dirname(input))}/${basename(input)}`],
    ['by a symbolic link', (input, at) => (symlinkSync(input, join(at, 'link')), join(at, 'link'))],
    ['by a hard link', (input, at) => (linkSync(input, join(at, 'hard')), join(at, 'hard'))],
  ];

  test.each(cases)('%s', async (name, outputOf) => {
    const at = fresh(name.replaceAll(' ', '-'));
    const input = join(at, 'in.ndjson');
    writeFileSync(input, good);
    for (const option of ['--json', '--csv']) {
      const ran = await runInProcess(['replay', input, option, outputOf(input, fresh(`${name.replaceAll(' ', '-')}${option}`))]);
      expect(ran).toMatchObject({ code: 1, out: '', err: expect.stringContaining('would be overwritten, but it is in') });
      expect(readFileSync(input, 'utf8')).toBe(good);
    }
  });

  test('as stdin', async () => {
    const input = file(good);
    const child = spawn(process.execPath, [ENTRY, 'replay', '-', '--json', input], { stdio: [openSync(input, 'r'), 'ignore', 'pipe'] });
    let err = '';
    child.stderr?.setEncoding('utf8').on('data', (text: string) => (err += text));
    const code = await new Promise((resolve) => child.on('close', resolve));
    expect([code, err]).toEqual([1, expect.stringContaining('would be overwritten, but it is in stdin')]);
    expect(readFileSync(input, 'utf8')).toBe(good);
  });
});

test('two outputs in one file are refused, also under two names', async () => {
  const at = fresh('two');
  symlinkSync(join(at, 'x'), join(at, 'y'));
  writeFileSync(join(at, 'x'), 'mine');
  const input = file(good);
  for (const other of ['x', 'y', '../outputs-two/x']) {
    const ran = await runInProcess(['replay', input, '--json', join(at, 'x'), '--csv', join(at, other)]);
    expect(ran).toMatchObject({ code: 1, err: expect.stringContaining("'--json' and '--csv' both write to") });
  }
  expect((await runInProcess(['replay', input, '--json', '-', '--csv', '-'])).code).toBe(1);
  expect(readFileSync(join(at, 'x'), 'utf8')).toBe('mine');
});

describe('an output that was there before', () => {
  test('keeps its content if there is nothing to write, and leaves nothing behind', async () => {
    const at = fresh('kept');
    writeFileSync(join(at, 'out.csv'), 'mine');
    expect((await runInProcess(['replay', join(at, 'missing'), '--csv', join(at, 'out.csv')])).code).toBe(1);
    expect([readdirSync(at), readFileSync(join(at, 'out.csv'), 'utf8')]).toEqual([['out.csv'], 'mine']);
  });

  test('keeps its content if the command is ended, and leaves nothing behind', async () => {
    const at = fresh('ended');
    writeFileSync(join(at, 'out.json'), 'mine');
    const child = spawn(process.execPath, [ENTRY, 'replay', '-', '--json', join(at, 'out.json')], { stdio: ['pipe', 'ignore', 'ignore'] });
    child.stdin?.write(good);
    while (readdirSync(at).length < 2) await new Promise((resolve) => setTimeout(resolve, 20));
    child.kill('SIGINT');
    expect(await new Promise((resolve) => child.on('close', resolve))).toBe(130);
    expect([readdirSync(at), readFileSync(join(at, 'out.json'), 'utf8')]).toEqual([['out.json'], 'mine']);
  });

  test('is replaced as a whole, with its permissions, and through a symbolic link', async () => {
    const at = fresh('replaced');
    writeFileSync(join(at, 'out.json'), 'longer than what comes '.repeat(100));
    chmodSync(join(at, 'out.json'), 0o600);
    symlinkSync(join(at, 'out.json'), join(at, 'link'));
    expect((await runInProcess(['replay', file(good), '--json', join(at, 'link')])).code).toBe(0);
    expect(readLines(join(at, 'out.json')).map(({ costUsd }) => costUsd)).toEqual([COST]);
    expect([readdirSync(at), statSync(join(at, 'out.json')).mode & 0o777]).toEqual([['link', 'out.json'], 0o600]);
  });
});

test('what is no regular file is written to as it is', () => {
  const ran = run(['replay', file(good), '--json', '/dev/null']);
  expect([ran.code, existsSync('/dev/null'), statSync('/dev/null').isFile()]).toEqual([0, true, false]);
});

test('- is stdout, and the summary goes to stderr', () => {
  const ran = run(['replay', file(good + bad), '--json', '-']);
  expect(ran.code).toBe(3);
  expect(
    ran.out
      .trim()
      .split('\n')
      .map((line) => (JSON.parse(line) as { status: string }).status),
  ).toEqual(['priced', 'malformed']);
  expect(ran.err).toContain('2 records:');
});

const FULL = '/dev/full';

(existsSync(FULL) ? test : test.skip)('a full disk is said, whatever is written to it', async () => {
  const ran = await runInProcess(['replay', file(good), '--json', FULL]);
  expect(ran).toMatchObject({ code: 1, err: expect.stringContaining(`'--json' cannot be written to '${FULL}': the disk is full`) });
  const child = spawn(process.execPath, [ENTRY, 'replay', file(good)], { stdio: ['ignore', openSync(FULL, 'w'), 'pipe'] });
  let err = '';
  child.stderr?.setEncoding('utf8').on('data', (text: string) => (err += text));
  expect(await new Promise((resolve) => child.on('close', resolve))).toBe(1);
  expect(err).toContain('error: stdout cannot be written: ENOSPC');
});

test('a folder in which nothing can be written is named', async () => {
  const ran = await runInProcess(['replay', file(good), '--json', join(folder, 'nowhere', 'out.json')]);
  expect(ran).toMatchObject({ code: 1, err: expect.stringContaining("'--json' cannot be written to") });
});

test('a folder that cannot be read costs only itself', async () => {
  const at = fresh('locked');
  ['1', '2', '3'].forEach((name, n) => (mkdirSync(join(at, name)), writeFileSync(join(at, name, 'x.json'), lines(call(n + 1)))));
  const fs = jest.requireActual<typeof import('node:fs/promises')>('node:fs/promises');
  const real = fs.readdir;
  jest
    .spyOn(fs, 'readdir')
    .mockImplementation(((path: string) =>
      path.endsWith('2') ? Promise.reject(new Error('EACCES: permission denied')) : real(path)) as typeof real);
  const ran = await runInProcess(['replay', at]);
  expect(ran).toMatchObject({ code: 3, out: expect.stringContaining('2 records:'), err: expect.stringContaining(`${join(at, '2')}: `) });
});
