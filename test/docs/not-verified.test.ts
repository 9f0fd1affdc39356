import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const DOCS = join(__dirname, '..', '..', 'docs');
const testing = readFileSync(join(DOCS, 'testing.md'), 'utf8');
const pages = readdirSync(DOCS).filter((file) => file.endsWith('.md') && file !== 'testing.md');

const integ = readdirSync(join(__dirname, '..', 'integ')).filter((file) => /^integ\..*\.ts$/.test(file));

/** The statements of a page that are not verified: paragraphs that say so, and the points of sections that do. */
function statementsOf(page: string): string[] {
  const sections = readFileSync(join(DOCS, page), 'utf8').split(/^(?=## )/m);
  return sections.flatMap((section) => {
    const [heading = ''] = section.split('\n');
    if (/^## Not verified/i.test(heading)) return [...section.matchAll(/^- .*$/gm)].map(([point]) => point);
    return section.split(/\n\s*\n/).filter((text) => /not verified/i.test(text) && !text.startsWith('## '));
  });
}

test.each(pages)('what %s says not to be verified is linked to what is', (page) => {
  const lines = readFileSync(join(DOCS, page), 'utf8').split('\n');
  const found = lines.flatMap((line, at) => (/not verified/i.test(line) ? [lines.slice(at, at + 3).join('\n')] : []));
  expect(found.filter((text) => !text.includes('testing.md#what-only-an-account-settles'))).toEqual([]);
  expect(found.length === 0 || testing.includes(`(${page}`)).toBe(true);
});

test('each of these statements names the test that settles it in an account, or says that none does', () => {
  const statements = pages.flatMap(statementsOf);
  expect(statements.length).toBeGreaterThan(10);
  expect(statements.filter((text) => !/`integ\.[a-z-]+\.ts`|No test settles/.test(text))).toEqual([]);
  const named = statements.flatMap((text) => [...text.matchAll(/`(integ\.[a-z-]+\.ts)`/g)].map(([, file]) => file!));
  expect(named.filter((file) => !integ.includes(file))).toEqual([]);
});

test('each integration test is named where it settles something', () => {
  expect(integ.filter((file) => !testing.includes(`\`${file}\``))).toEqual([]);
});
