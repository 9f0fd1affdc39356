// Lets a compiled module load what it imports when it first uses it, as the build of aws-cdk-lib does. TypeScript has no such
// option, and Babel only for ES modules. `const a = require("a"); … a.b` becomes
// `let a = () => { const loaded = require("a"); a = () => loaded; return loaded; }; … a().b`.
import { readFile } from 'node:fs/promises';
import ts from 'typescript';

/** As TypeScript compiles an import: with its names, or with a helper for `import * as`. */
const IMPORT = /^(?:__importStar\()?(require\("[^"]+"\))\)?$/;

/** What TypeScript writes into each file for `import * as`. It adds a `default`, which nobody asks for. */
const HELPERS = ['__createBinding', '__setModuleDefault', '__importStar'];

/** The plugin of esbuild, for the modules whose path matches. */
export const lazyImports = (filter) => ({
  name: 'lazy imports',
  setup: ({ onLoad }) =>
    onLoad({ filter }, async ({ path }) => ({ contents: withLazyImports(await readFile(path, 'utf8')), loader: 'js' })),
});

function withLazyImports(code) {
  const source = ts.createSourceFile('module.js', code, ts.ScriptTarget.ES2022, true, ts.ScriptKind.JS);
  const imports = source.statements
    .filter((statement) => ts.isVariableStatement(statement) && statement.declarationList.declarations.length === 1)
    .map((statement) => ({ statement, declaration: statement.declarationList.declarations[0] }))
    .filter(({ declaration }) => IMPORT.test(declaration.initializer?.getText() ?? ''));
  const edits = imports.flatMap(({ statement, declaration }) => {
    const name = declaration.name.getText();
    const identifiers = identifiersIn(source, name).filter((node) => node !== declaration.name);
    // A name that something else has as well, or that is used as a whole, is loaded as before.
    if (!identifiers.every(({ parent }) => ts.isPropertyAccessExpression(parent) && parent.name.text !== 'default')) {
      return [];
    }
    const [, loads] = IMPORT.exec(declaration.initializer.getText());
    const loader = `let ${name} = () => { const loaded = ${loads}; ${name} = () => loaded; return loaded; };`;
    return [{ node: statement, text: loader }, ...identifiers.map(({ parent }) => ({ node: parent, text: called(name, parent) }))];
  });
  const lazy = edits.filter(({ node }) => ts.isVariableStatement(node));
  if (lazy.length === imports.length) {
    edits.push(...helpersIn(source).map((node) => ({ node, text: '' })));
  }
  return edits
    .sort((a, b) => b.node.getStart() - a.node.getStart())
    .reduce((changed, { node, text }) => changed.slice(0, node.getStart()) + text + changed.slice(node.end), code);
}

function helpersIn(source) {
  return source.statements.filter(
    (statement) => ts.isVariableStatement(statement) && HELPERS.includes(statement.declarationList.declarations[0].name.getText()),
  );
}

/** Where a name stands for something, and not for a member of something. */
function identifiersIn(source, name) {
  const found = [];
  const visit = (node) => {
    const { parent } = node;
    const isMember = (ts.isPropertyAccessExpression(parent ?? node) || ts.isPropertyAssignment(parent ?? node)) && parent.name === node;
    if (ts.isIdentifier(node) && node.text === name && !isMember) {
      found.push(node);
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

/** `new a().b()` would make an `a`. */
function called(name, access) {
  const text = `${name}().${access.name.text}`;
  return ts.isNewExpression(access.parent) && access.parent.expression === access ? `(${text})` : text;
}
