import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(__dirname, '..', '..');
const { devDependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { devDependencies: Record<string, string> };
const rows = readFileSync(join(root, 'docs', 'dependencies.md'), 'utf8')
  .split('\n')
  .filter((line) => line.startsWith('| `'));
const listed = rows.map((row) => /^\| `([^`]+)`/.exec(row)?.[1] ?? row);

test('each dependency has one row that says why', () => {
  expect([...listed].sort()).toEqual(Object.keys(devDependencies).sort());
});

test.each(rows)('%s', (row) => {
  const [, , why] = row.split('|').map((cell) => cell.trim());
  expect(why?.length).toBeGreaterThan(10);
});
