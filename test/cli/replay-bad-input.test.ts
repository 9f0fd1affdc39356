import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { run, runInProcess } from './command-line';
import { call, file, folder, lines, replay } from './replaying';

const good = lines(call(1));

test.each([
  ['text', 'not a record', 'not JSON'],
  ['a number', '5', 'not a JSON object'],
  ['negative counts', call(2, { input: { inputTokenCount: -1 } }), 'inputTokenCount is not a whole number'],
  ['fractional counts', call(2, { input: { inputTokenCount: 1.5 } }), 'inputTokenCount is not a whole number'],
  ['huge counts', call(2, { input: { inputTokenCount: 1e300 } }), 'inputTokenCount is not a whole number'],
  ['counts as text', call(2, { input: { inputTokenCount: '12' } }), 'inputTokenCount is not a whole number'],
  ['NaN', JSON.stringify(call(2)).replace('"inputTokenCount":1', '"inputTokenCount":NaN'), 'not JSON'],
  ['an invalid date', call(2, { timestamp: '2026-13-45T99:00:00Z' }), 'timestamp is not an ISO 8601 time'],
  ['no model', call(2, { modelId: null }), 'modelId is missing'],
])('names file and line of %s, and prices the rest', async (_, record, reason) => {
  const path = file(lines(call(0), record) + good);
  const { lines: found, err, code } = await replay([path]);
  expect(found.map(({ status }) => status)).toEqual(['priced', 'malformed', 'priced']);
  expect(err).toContain(`${path}:2: ${reason}`);
  expect(code).toBe(3);
});

test('nothing of what a record says is repeated in a message', async () => {
  const { out, err } = await replay([file(`{"prompt": "a secret question", \n${good}`)]);
  expect(out + err).not.toContain('secret');
});

test('does not flood the terminal', async () => {
  const { err } = await replay([file(`${'x\n'.repeat(500)}${good}`)]);
  expect(err.split('\n').filter((line) => line.includes('not JSON'))).toHaveLength(10);
  expect(err).toContain("490 more records cannot be read: 'replay --json FILE' lists them");
});

test('truncated gzip: what came before is priced', async () => {
  const whole = gzipSync(lines(call(0), call(1), call(2)), { level: 0 });
  const path = file(whole.subarray(0, -20), 'truncated.gz');
  const { lines: found, err, code } = await replay([path, file(lines(call(3)))]);
  expect(found.map(({ status }) => status)).toEqual(['priced', 'priced', 'priced']);
  expect(err).toContain(`${path}: the gzip data ends early (after line 2)`);
  expect(code).toBe(3);
});

test('damaged gzip', async () => {
  const whole = gzipSync(good);
  const path = file(whole.fill(0xff, 10, 14), 'damaged.gz');
  const { err, code } = await replay([path, file(good)]);
  expect(err).toContain(`${path}: the gzip data is damaged`);
  expect(code).toBe(3);
});

test('a line that never ends', async () => {
  const { lines: found, err } = await replay([file(`${'x'.repeat(17 * 1024 * 1024)}\n${good}`)]);
  expect(found.map(({ status }) => status)).toEqual(['malformed', 'priced']);
  expect(err).toContain(':1: longer than 16 million characters');
});

test('a missing file, and the others are read', async () => {
  const { lines: found, err, code } = await replay([join(folder, 'missing.json'), file(good)]);
  expect(found).toHaveLength(1);
  expect(err).toContain(`${join(folder, 'missing.json')}: no such file`);
  expect(code).toBe(3);
});

test('fails for a folder without records', async () => {
  file('Permissions are correctly set', 'empty/amazon-bedrock-logs-permission-check');
  const { code, err, out } = await runInProcess(['replay', join(folder, 'empty')]);
  expect([code, out]).toEqual([1, '']);
  expect(err).toContain(`there are no records in ${join(folder, 'empty')}`);
});

test('fails before it overwrites an input', async () => {
  const path = file(good, 'kept/1.json');
  expect((await runInProcess(['replay', path, '--json', path])).err).toContain(`'${path}' would be overwritten`);
  expect((await runInProcess(['replay', join(folder, 'kept'), '--csv', path])).code).toBe(1);
  expect(readFileSync(path, 'utf8')).toBe(good);
});

test('an output in a folder that is read is no input', () => {
  file(good, 'beside/1.json');
  const ran = run(['replay', '.', '--json', '2.json'], { cwd: join(folder, 'beside') });
  expect([ran.code, ran.out]).toEqual([0, expect.stringContaining('1 record:')]);
});

test.each([
  [
    ['--by', 'colour'],
    "'--by' must be one or two of model, caller, role, profile, account, region, operation, hour, day, week, month and meta:KEY, got 'colour'",
  ],
  [['--by', 'model,day,caller'], "got 'model,day,caller'"],
  [['--by', 'model,model'], "got 'model,model'"],
  [['--by', 'dya'], "got 'dya': did you mean day?"],
  [['--top', '0'], "'--top' must be a whole number from 1 on, such as 20 or 10k, got '0'"],
  [['--sort', 'coast'], 'did you mean cost?'],
  [['--format', 'xml'], 'Allowed choices are table, json, csv, markdown, focus.'],
  [['--time-zone', 'Europe/Berln'], 'did you mean Europe/Berlin?'],
  [['--time-zone', 'Mars'], "'Mars' is not a time zone"],
  [['--format', 'focus', '--by', 'week'], "'--format focus' has no lines by week: use hour, day or month"],
  [['--by', 'meta:'], "got 'meta:'"],
  [['--from', 'May'], "'--from' must be a day like 2026-09-01"],
  [['--from', '2026-12-01', '--to', '2026-11-30'], "'--from' must be before the end of '--to', got '2026-12-01' and '2026-11-30'"],
  [['--json', '/nowhere/out.json'], "'--json' cannot be written to '/nowhere/out.json': there is no such folder"],
  [['--csv', '/'], "'--csv' cannot be written to '/': it is a folder"],
  [['--json', ''], "'--json' names no file: is a variable of the shell empty?"],
  [['--config', '/nowhere'], "'--config' names a file that cannot be read, '/nowhere': no such file"],
  [['--overrides', '/nowhere'], "'--overrides' names a file that cannot be read"],
])('fails for %j', async (args, message) => {
  const { code, err, out } = await runInProcess(['replay', file(good), ...args]);
  expect([code, out]).toEqual([1, '']);
  expect(err).toContain(message);
});

test.each([
  ['{', 'overrides are not JSON'],
  ['{"overrides":[{"model":"anthropic.claude-9","rates":{"input":"1"}}]}', "overrides[0]: 'model' is not in the price catalogue"],
  ['{"overrides":[{"model":"amazon.nova-micro-v1:0","rates":{"input":"-1"}}]}', "'rates.input': '-1' is not an amount"],
  ['{"discounts":[{"provider":"Amazon","percent":"101"}]}', "'percent' must be a number from 0 to 100, got '101'"],
])('fails for the overrides %s', async (text, message) => {
  const overrides = file(text);
  const { code, err } = await runInProcess(['replay', file(good), '--overrides', overrides]);
  expect(code).toBe(1);
  expect(err).toContain(message);
  expect(err).toContain(overrides);
});
