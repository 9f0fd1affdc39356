import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = join(__dirname, '..', '..');
const page = readFileSync(join(ROOT, 'docs', 'agent-reports.md'), 'utf8');

/** The tests that the page names: a file, and a part of the name of a test in it. */
const tests = [...page.matchAll(/`(test\/[\w/.-]+\.ts)`: ([^;|]+)/g)].map(([, file, name]) => [file!, name!.trim()] as const);

test('each report has a test or a reason', () => {
  const rows = page.split('\n').filter((line) => line.startsWith('| ') && !line.startsWith('| report') && !line.startsWith('| ---'));
  expect(rows.filter((row) => !/`test\/[^`]+`: [^|]+\|$/.test(row) && row.split('|').length !== 4)).toEqual([]);
  expect(tests.length).toBeGreaterThan(20);
});

test.each(tests)('%s: %s', (file, name) => {
  expect(existsSync(join(ROOT, file))).toBe(true);
  const names = readFileSync(join(ROOT, file), 'utf8')
    .split('\n')
    .filter((line) => /(test|describe)(\.each[^(]*)?\(|^\s*'|^\)\('/.test(line));
  expect(names.filter((line) => line.includes(name))).not.toEqual([]);
});
