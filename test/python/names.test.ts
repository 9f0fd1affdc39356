import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PAGES, textOf } from '../docs/code-blocks';

const PYTHON = join(__dirname, '../../python');
const [, WHEEL] = /^name = "(.+)"$/m.exec(readFileSync(join(PYTHON, 'pyproject.toml'), 'utf8'))!;
const PACKAGES = readdirSync(join(PYTHON, 'src')).filter((name) => !name.endsWith('.egg-info'));

test('the wheel has the name of the package that it installs', () => {
  expect(PACKAGES).toEqual([WHEEL!.replaceAll('-', '_')]);
});

test('what the docs install or import has that name', () => {
  const texts = PAGES.map(textOf).join('\n');
  const wheels = [...texts.matchAll(/\bbedrock-observability-trace[\w-]*/g)].map(([name]) => name);
  const imported = [...texts.matchAll(/^(?:from|import) (\w*bedrock\w*)/gm)].map(([, name]) => name);
  // Apps in Python import the constructs, which are another package.
  const ours = imported.filter((name) => name !== 'cdk_bedrock_observability');
  expect(new Set(wheels)).toEqual(new Set([WHEEL]));
  expect(new Set(ours)).toEqual(new Set(PACKAGES));
});

test('what a release publishes has that name', () => {
  const publishing = readFileSync(join(__dirname, '../../scripts/release/packages.ts'), 'utf8');
  expect(publishing).toContain(`'${WHEEL}'`);
});
