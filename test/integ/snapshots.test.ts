import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { type App, type AppProps } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import * as library from '../../lib';

/** The tests that run in an account. Each is an app with what must be true once it is deployed. */
const TESTS = readdirSync(__dirname).filter((file) => /^integ\..*\.ts$/.test(file));

/** Code, and hashes of it, change with every change of a handler, and each synthesis has a salt of its own. What code does is tested elsewhere. */
const normal = (text: string) =>
  text
    .replaceAll(/[0-9a-f]{64}/g, 'HASH')
    .replaceAll(/"ZipFile": "(?:[^"\\]|\\.)*"/g, '"ZipFile": "CODE"')
    .replaceAll(/"salt": "\d+"/g, '"salt": "0"');

let outdir: string;
const made: App[] = [];
jest.mock('aws-cdk-lib', () => {
  const actual = jest.requireActual<typeof import('aws-cdk-lib')>('aws-cdk-lib');
  class KnownApp extends actual.App {
    constructor(props?: AppProps) {
      super({ ...props, outdir, analyticsReporting: false });
      made.push(this);
    }
  }
  // Its members are loaded when they are asked for; a copy would load them all.
  return new Proxy(actual, { get: (cdk, name) => (name === 'App' ? KnownApp : (Reflect.get(cdk, name) as unknown)) });
});

/** The files of an assembly, as CDK's integ-runner keeps them beside a test. */
const files = (folder: string) =>
  readdirSync(folder)
    .filter((name) => /\.(template|assets)\.json$|^(integ|manifest)\.json$|^cdk\.out$/.test(name))
    .sort();

/** What is compared: templates and test cases, by file. The other files follow from these. */
const contents = (folder: string) =>
  Object.fromEntries(
    files(folder)
      .filter((name) => name === 'integ.json' || name.endsWith('.template.json'))
      .map((name) => [name, normal(readFileSync(join(folder, name), 'utf8'))]),
  );

beforeEach(() => (outdir = mkdtempSync(join(tmpdir(), 'integ-'))));
afterEach(() => rmSync(outdir, { recursive: true }));

test.each(TESTS)('%s makes what its snapshot has; UPDATE_INTEG=1 writes it', async (file) => {
  const snapshot = join(__dirname, `${file}.snapshot`);
  made.length = 0;
  await import(join(__dirname, file));
  made[0]!.synth();
  const fresh = contents(outdir);
  if (process.env.UPDATE_INTEG && !(existsSync(snapshot) && isDeepStrictEqual(contents(snapshot), fresh))) {
    rmSync(snapshot, { recursive: true, force: true });
    files(outdir).forEach((name) => cpSync(join(outdir, name), join(snapshot, name)));
  }
  expect(existsSync(snapshot)).toBe(true);
  expect(fresh).toEqual(contents(snapshot));
});

test('each public construct has a test', () => {
  const kebab = (name: string) => name.replaceAll(/(?<!^)([A-Z])/g, '-$1').toLowerCase();
  const constructs = Object.entries(library).filter(([, value]) => typeof value === 'function' && value.prototype instanceof Construct);
  expect(constructs.map(([name]) => `integ.${kebab(name)}.ts`).filter((name) => !TESTS.includes(name))).toEqual([]);
});
