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
  compiled('light', "exports.Light = require('./private').Named;\nexports.Kind = { ONE: 'one' };\n");
  compiled('private', "const { Construct } = require('constructs');\nexports.Named = class Light extends Construct {};\n");
  mkdirSync(join(folder, 'node_modules', 'constructs'), { recursive: true });
  writeFileSync(join(folder, 'node_modules', 'constructs', 'index.js'), 'exports.Construct = class Construct {};\n');
  compiled('heavy-one', "if (process.env.LIGHT) throw new Error('loaded');\nexports.Heavy = class Heavy {};\n");
  compiled('types-only', '');
});

afterEach(() => rmSync(folder, { recursive: true }));

const compiled = (name: string, code: string) => writeFileSync(join(folder, 'dist', 'lib', `${name}.js`), code);
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

test('a module runs when something of it is first used, and once', () => {
  compiled('named', "console.log('named runs');\nexports.Named = class Named {};\nexports.of = (x) => `of ${x}`;\n");
  compiled(
    'light',
    [
      'const named_1 = require("./named");',
      'exports.Light = class Light { make() { return [(0, named_1.of)(1), new named_1.Named(2).constructor.name, new (named_1.Named)() instanceof named_1.Named].join(); } };',
      'exports.Kind = { named_1: 1 };',
    ].join('\n'),
  );
  bundleLibrary();
  expect(printed('lib.Kind.named_1')).toBe('1');
  expect(printed('new lib.Light().make()')).toBe('named runs\nof 1,Named,true');
});

test('a name that stands for something else, too, keeps its meaning', () => {
  compiled('logs', "exports.length = 'the module';\n");
  compiled('light', 'const logs = require("./logs");\nexports.Light = (logs) => logs.length;\nexports.Kind = () => logs;\n');
  bundleLibrary();
  expect(printed('lib.Light([1, 2]), lib.Kind().length')).toBe('2 the module');
});

test('the default of a module is what TypeScript makes it', () => {
  compiled('plain', 'exports.name = () => 7;\n');
  const helper = 'var __importStar = (module) => ({ ...module, default: module });\n';
  const imported = '__importStar(require("./plain"))';
  compiled('light', `${helper}const plain = ${imported};\nexports.Light = () => plain.default.name();\nexports.Kind = 1;\n`);
  compiled('heavy-one', `${helper}const plain = ${imported};\nexports.Heavy = () => plain.name();\n`);
  bundleLibrary();
  expect(printed('lib.Light(), lib.Heavy()')).toBe('7 7');
  expect(readFileSync(join(folder, 'dist', 'lib', 'index.js'), 'utf8').match(/__importStar=/g)).toHaveLength(1);
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
