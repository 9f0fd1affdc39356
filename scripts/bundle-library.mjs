// Puts the constructs that jsii has compiled into one file, the entry of the package. To find and read two hundred files takes
// longer than to run what is in them. A module runs when something of it is first used, as in aws-cdk-lib, so that an app pays for
// the constructs that it has: TypeScript compiles `export *` and imports to code that loads everything.
//
// `node scripts/bundle-library.mjs [FOLDER]` rewrites FOLDER/index.js (dist/lib by default) after each run of jsii. Types stay as
// they are, and so do names, for the stack traces of users.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { build } from 'esbuild';
import { lazyImports } from './lazy-imports.mjs';

const EXPORT = /^export \* from '(\.\/[\w-]+)';$/;

const source = join('lib', 'index.ts');
const folder = resolve(process.argv[2] ?? join('dist', 'lib'));
const index = join(folder, 'index.js');
const load = createRequire(index);
const names = readFileSync(source, 'utf8')
  .trim()
  .split('\n')
  .flatMap((line) => {
    const [, module] = EXPORT.exec(line) ?? [];
    if (module === undefined) {
      throw new Error(`${source} may only have lines like "export * from './name';", got "${line}"`);
    }
    return Object.keys(load(module)).map((name) => [name, module]);
  });

const contents = `Object.defineProperty(exports, '__esModule', { value: true });
const on = (name, get) => Object.defineProperty(exports, name, { enumerable: true, get });
${names.map(([name, module]) => `on('${name}', () => require('${module}').${name});`).join('\n')}
`;

await build({
  stdin: { contents, resolveDir: folder, sourcefile: 'entry.js' },
  outfile: index,
  bundle: true,
  platform: 'node',
  target: 'node20',
  format: 'cjs',
  minifyWhitespace: true,
  // Node.js prints the line of an error.
  lineLimit: 160,
  external: ['aws-cdk-lib', 'constructs'],
  plugins: [lazyImports(/[\\/]dist[\\/].*\.js$/)],
  // Never runs: Node.js reads here which names an ES module can import.
  footer: { js: `0 && (module.exports = { ${names.map(([name]) => name).join(', ')} });` },
  logLevel: 'warning',
});
