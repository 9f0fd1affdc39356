import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const DOCS = join(__dirname, '..', '..', 'docs');
const testing = readFileSync(join(DOCS, 'testing.md'), 'utf8');
const pages = readdirSync(DOCS, { recursive: true, encoding: 'utf8' }).filter(
  (file) => file.endsWith('.md') && file !== 'testing.md' && !file.startsWith('adr'),
);

test.each(pages)('what %s says not to be verified is linked to its assertion', (page) => {
  const lines = readFileSync(join(DOCS, page), 'utf8').split('\n');
  const found = lines.flatMap((line, at) => (/not (been )?verified|unverified/i.test(line) ? [lines.slice(at, at + 3).join('\n')] : []));
  expect(found.filter((text) => !text.includes('testing.md#what-only-an-account-settles'))).toEqual([]);
  expect(found.length === 0 || testing.includes(`(${page}`)).toBe(true);
});

test('each integration test is named where it settles something', () => {
  const tests = readdirSync(join(__dirname, '..', 'integ')).filter((file) => /^integ\..*\.ts$/.test(file));
  expect(tests.filter((file) => !testing.includes(`\`${file}\``))).toEqual([]);
});

/** Whose deployment is what is asserted, because another account would be needed to see more. */
const DEPLOYED_ONLY = ['integ.metrics-link.ts', 'integ.record-centralization.ts'];

test('each integration test asserts something in the account, beside that CloudFormation accepts it', () => {
  const folder = join(__dirname, '..', 'integ');
  const tests = readdirSync(folder).filter((file) => /^integ\..*\.ts$/.test(file));
  const silent = tests.filter((file) => !/\baccount\s*\.\w+\(|assertions/.test(readFileSync(join(folder, file), 'utf8')));
  expect(silent).toEqual(DEPLOYED_ONLY);
});
