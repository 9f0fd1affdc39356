import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { App, AppProps } from 'aws-cdk-lib';

const EXAMPLES = join(__dirname, '..', '..', 'examples');
const folders = readdirSync(EXAMPLES, { withFileTypes: true }).filter((entry) => entry.isDirectory());
const apps = folders.map(({ name }) => name).filter((name) => readdirSync(join(EXAMPLES, name)).includes('app.ts'));

/** The languages with a step of their own in scripts/check.mjs. */
const LANGUAGES = ['go', 'java', 'python'];

const made: App[] = [];
jest.mock('aws-cdk-lib', () => {
  const actual = jest.requireActual<typeof import('aws-cdk-lib')>('aws-cdk-lib');
  class KnownApp extends actual.App {
    constructor(props?: AppProps) {
      super(props);
      made.push(this);
    }
  }
  // Its members are loaded when they are asked for; a copy would load them all.
  return new Proxy(actual, { get: (cdk, name) => (name === 'App' ? KnownApp : (Reflect.get(cdk, name) as unknown)) });
});

test.each(apps)('the app of %s synthesizes', async (name) => {
  made.length = 0;
  await import(join(EXAMPLES, name, 'app'));
  expect(made[0]).toBeDefined();
  expect(made[0]!.synth().stacksRecursively.length).toBeGreaterThan(0);
});

test('each example is synthesized here or by the gate', () => {
  expect(folders.map(({ name }) => name).filter((name) => !apps.includes(name))).toEqual(LANGUAGES);
});
