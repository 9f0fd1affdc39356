import { existsSync, readdirSync } from 'node:fs';
import { join, relative } from 'node:path';

const root = join(__dirname, '..', '..');
const tests = join(root, 'test');

/** What is about no room, or about several. */
const OWN: readonly string[] = [
  // Incidents in a simulated account: constructs, signals and the evaluator of alarms together.
  'alarms',
  // With a real OpenTelemetry Collector.
  'collector',
  'docs',
  'fixtures',
  // What the gate refuses.
  'gate',
  // The apps that the gate synthesizes in each language.
  'languages',
  // How Stryker runs the nearest tests.
  'mutation',
  // One app for each construct, for an account.
  'integ',
];

const folders = readdirSync(tests, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isDirectory() && entry.name !== '__snapshots__')
  .map((entry) => relative(tests, join(entry.parentPath, entry.name)))
  .filter((folder) => !OWN.includes(folder.split('/')[0]!));

test.each(folders)('test/%s has the name of a folder of sources', (folder) => {
  expect(existsSync(join(root, folder))).toBe(true);
});

test('each test is in the folder of a room', () => {
  expect(readdirSync(tests).filter((name) => name.endsWith('.test.ts'))).toEqual([]);
});
