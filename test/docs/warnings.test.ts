import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = join(__dirname, '..', '..');
const sources = readdirSync(join(ROOT, 'lib'), { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts'))
  .map((file) => readFileSync(join(ROOT, 'lib', file), 'utf8'))
  .join('\n');

test('each warning and note has a row in docs/troubleshooting.md', () => {
  const ids = [...sources.matchAll(/add(?:Warning|Info)\(\s*\w+,\s*'(\w+\.\w+)'/g)].map((match) => match[1]);
  const page = readFileSync(join(ROOT, 'docs', 'troubleshooting.md'), 'utf8');
  const rows = [...page.matchAll(/^\| `(\w+\.\w+)`/gm)].map((match) => match[1]);
  expect(rows).toEqual([...new Set(ids)].sort());
});
