import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { registriesOf, type Manifest } from '../../scripts/release/packages';

const root = join(__dirname, '..', '..');
const folder = join(root, '.github', 'workflows');
const workflows = readdirSync(folder).map((name) => ({ name, text: readFileSync(join(folder, name), 'utf8') }));

test.each(workflows)('every action of $name is pinned by commit hash, with its version beside it', ({ text }) => {
  const actions = [...text.matchAll(/uses: (.+)/g)].map(([, action]) => action);
  expect(actions.filter((action) => !/^[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/.test(action ?? ''))).toEqual([]);
});

test.each(workflows)('$name grants no right to all of its jobs but reading', ({ text }) => {
  expect(text).toMatch(/^permissions:( \{\}|\n {2}contents: read)\n\n/m);
});

test('one action has one version', () => {
  const actions = workflows.flatMap(({ text }) =>
    [...text.matchAll(/uses: (.+)@(.+)/g)].map(([, action, version]) => [action, version] as const),
  );
  const versions = new Map(actions);
  expect(actions.filter(([action, version]) => versions.get(action) !== version)).toEqual([]);
});

test('the release workflow publishes with the commands that the dry run shows', () => {
  const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as Manifest;
  const release = readFileSync(join(folder, 'release.yml'), 'utf8');
  expect(registriesOf(manifest).filter(({ publish }) => !release.includes(publish))).toEqual([]);
});
