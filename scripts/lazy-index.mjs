// Makes the compiled entry of the package load a construct when it is first asked for, as the build of aws-cdk-lib does: an app
// pays for the constructs that it uses, and not for what the others import. TypeScript compiles `export *` to code that loads
// everything.
//
// `node scripts/lazy-index.mjs [FOLDER]` rewrites FOLDER/index.js (dist/lib by default) after each run of jsii. Types stay as they are.
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';

const EXPORT = /^export \* from '(\.\/[\w-]+)';$/;

const source = join('lib', 'index.ts');
const index = resolve(process.argv[2] ?? join('dist', 'lib'), 'index.js');
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

writeFileSync(
  index,
  `'use strict';
Object.defineProperty(exports, '__esModule', { value: true });
const on = (name, get) => Object.defineProperty(exports, name, { enumerable: true, get });
${names.map(([name, module]) => `on('${name}', () => require('${module}').${name});`).join('\n')}
// Never runs: Node.js reads here which names an ES module can import.
0 && (module.exports = { ${names.map(([name]) => name).join(', ')} });
`,
);
