import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const SCRIPT = resolve(__dirname, '..', '..', 'scripts', 'bundle-library.mjs');

let folder: string;

/** A package of two modules, one of which fails where it is loaded and `LIGHT` is set. */
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'bundle-library-'));
  mkdirSync(join(folder, 'lib'));
  mkdirSync(join(folder, 'dist', 'lib'), { recursive: true });
  writeFileSync(join(folder, 'lib', 'index.ts'), "export * from './light';\nexport * from './heavy-one';\nexport * from './types-only';\n");
  const compiled = (name: string, code: string) => writeFileSync(join(folder, 'dist', 'lib', `${name}.js`), code);
  compiled('light', "exports.Light = require('./private').Named;\nexports.Kind = { ONE: 'one' };\n");
  compiled('private', "const { Construct } = require('constructs');\nexports.Named = class Light extends Construct {};\n");
  mkdirSync(join(folder, 'node_modules', 'constructs'), { recursive: true });
  writeFileSync(join(folder, 'node_modules', 'constructs', 'index.js'), 'exports.Construct = class Construct {};\n');
  compiled('heavy-one', "if (process.env.LIGHT) throw new Error('loaded');\nexports.Heavy = class Heavy {};\n");
  compiled('types-only', '');
});

afterEach(() => rmSync(folder, { recursive: true }));

const node = (args: string[], env = {}) =>
  execFileSync(process.execPath, args, { cwd: folder, encoding: 'utf8', stdio: 'pipe', env: { ...process.env, ...env } });
const bundleLibrary = () => node([SCRIPT]);
const printed = (expression: string, env = {}) => node(['-e', `const lib = require('./dist/lib'); console.log(${expression})`], env).trim();

test('a module is loaded when something of it is asked for', () => {
  bundleLibrary();
  expect(printed('lib.Light.name, lib.Kind.ONE', { LIGHT: '1' })).toBe('Light one');
  expect(printed('lib.Heavy.name, lib.Heavy === lib.Heavy')).toBe('Heavy true');
  expect(() => printed('lib.Heavy', { LIGHT: '1' })).toThrow('loaded');
});

test('one file holds all that is compiled, and the peer dependencies stay outside', () => {
  bundleLibrary();
  ['light', 'heavy-one', 'private', 'types-only'].forEach((name) => rmSync(join(folder, 'dist', 'lib', `${name}.js`)));
  expect(printed("lib.Heavy.name, new lib.Light() instanceof require('constructs').Construct")).toBe('Heavy true');
});

test('all names are there, also for ES modules', () => {
  bundleLibrary();
  expect(printed("Object.keys(lib).join(' ')", { LIGHT: '1' })).toBe('Light Kind Heavy');
  writeFileSync(
    join(folder, 'app.mjs'),
    "import { Heavy, Kind, Light } from './dist/lib/index.js';\nconsole.log(Heavy.name, Kind.ONE, Light.name);\n",
  );
  expect(node(['app.mjs'])).toBe('Heavy one Light\n');
});

test('bundled twice, it is the same', () => {
  bundleLibrary();
  const once = readFileSync(join(folder, 'dist', 'lib', 'index.js'), 'utf8');
  bundleLibrary();
  expect(readFileSync(join(folder, 'dist', 'lib', 'index.js'), 'utf8')).toBe(once);
});

test('a line that is no export of a module is refused', () => {
  writeFileSync(join(folder, 'lib', 'index.ts'), "export { Light } from './light';\n");
  expect(bundleLibrary).toThrow(`lib/index.ts may only have lines like "export * from './name';", got "export { Light } from './light';"`);
});
