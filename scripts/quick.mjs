// `npm run quick`: types, lint, format, dead code and the tests of what changed since the branch left main, or since the last
// commit on main itself. It is for the time between two edits and takes less than a minute: it leaves out long tests, those over
// every construct and those of other rooms, which `npm test`, the gate, runs.
import { readdirSync, statSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { dirname, join } from 'node:path';
import { BROAD_TESTS, LONG_TESTS } from './long-tests.mjs';
import { root, run } from './shell.mjs';
import { runSteps } from './steps.mjs';

const cores = availableParallelism();
const changed = await changedFiles();
const linted = changed.filter((file) => /\.(ts|mjs)$/.test(file) && !file.startsWith('test/languages/'));
const rooms = roomsOfTests(changed);
const tested = [...changed.filter((file) => file.endsWith('.ts')), ...testsWithoutImport(rooms)];
const quoted = (files) => files.map((file) => `'${file}'`).join(' ');

async function changedFiles() {
  const base = await run('git merge-base HEAD main 2>&1 || git rev-parse HEAD').then((text) => text.trim().split('\n').at(-1));
  const names = await run(`git diff --name-only --diff-filter=d ${base} && git ls-files --others --exclude-standard`);
  return [...new Set(names.trim().split('\n'))].filter((name) => name !== '');
}

/** The folders of tests that are nearest to what changed: test/engine/pricing for engine/pricing, test/cli for cli/input. */
function roomsOfTests(files) {
  return [...new Set(files.map((file) => nearestTests(file.startsWith('test/') ? dirname(file) : join('test', dirname(file)))))];
}

function nearestTests(folder) {
  return isFolder(join(root, folder)) ? folder : nearestTests(dirname(folder));
}

/** All tests of rooms that tests run as a bundle or read as a file, so that no import leads from the test to what changed. */
function testsWithoutImport(folders) {
  return folders
    .filter((folder) => !folder.startsWith(join('test', 'lib')))
    .flatMap((folder) => readdirSync(join(root, folder)).flatMap((name) => (name.endsWith('.test.ts') ? join(folder, name) : [])));
}

function isFolder(path) {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
}

const unchanged = [...LONG_TESTS, ...BROAD_TESTS].filter((long) => !changed.some((file) => new RegExp(long).test(file)));
const NEAREST = `--testMatch ${quoted(rooms.map((room) => `**/${room}/**/*.test.ts`))} --testPathIgnorePatterns ${quoted(unchanged)}`;

const STEPS = [
  { name: 'types', run: () => run('tsc -p tsconfig.json') },
  { name: 'dead exports, import cycles', run: () => run('knip') },
  ...(linted.length === 0
    ? []
    : [{ name: 'lint', run: () => run(`eslint --cache --cache-location .cache/eslint/ --no-warn-ignored ${quoted(linted)}`) }]),
  ...(changed.length === 0
    ? []
    : [
        { name: 'format', run: () => run(`prettier --check --ignore-unknown --cache --cache-location .cache/prettier ${quoted(changed)}`) },
      ]),
  ...(tested.length === 0
    ? []
    : [
        {
          name: 'tests',
          run: () =>
            run(`jest --silent --passWithNoTests --maxWorkers=${cores} ${NEAREST} --findRelatedTests ${quoted(tested)}`, { live: true }),
          slots: cores,
        },
      ]),
];

const started = Date.now();
const since = () => `${((Date.now() - started) / 1000).toFixed(1)} s`;

try {
  await runSteps(STEPS, { cores, onEnd: ({ name }, { seconds }) => console.log(`${name}: ok (${seconds.toFixed(1)} s)`) });
} catch (failure) {
  console.error(`${failure.step?.name}: FAILED\n\n${failure.error?.message ?? failure}`);
  process.exit(1);
}
console.log(`${changed.length} changed files checked in ${since()}; npm test is the gate`);
