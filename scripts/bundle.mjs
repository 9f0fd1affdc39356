// Bundles every lambda/<handler>/index.ts into assets/<handler>/index.js, with its SDK clients inside, so that a
// deployed handler does not depend on the SDK version of the Lambda runtime, and the command line into
// assets/command-line/index.js, and what applications import into assets/trace/index.js. Files named *.lazy.ts become bundles
// of their own beside it, loaded only when they are needed: an SDK client takes longer to load than all the rest.
//
// `node scripts/bundle.mjs` always bundles. Before each run of Jest, before-tests.mjs calls the default export, which bundles only
// if a source or a bundle changed, so that no test can pass on an old bundle.
import { Buffer } from 'node:buffer';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { build } from 'esbuild';
import ts from 'typescript';

/** All that can change a bundle. The lock file stands for node_modules. */
const SOURCES = ['engine', 'lambda', 'trace', 'cli', 'bin', 'local-cloudwatch', 'package.json', 'package-lock.json', 'scripts/bundle.mjs'];
const CACHE = '.cache';
const FINGERPRINT = join(CACHE, 'bundle.txt');

const lazyFilesStayOutside = {
  name: 'lazy',
  setup: ({ onResolve }) => onResolve({ filter: /\.lazy\.js$/ }, ({ path }) => ({ path, external: true })),
};

/** Applications bundle what they import, and would leave a file beside it behind. */
const catalogueWithin = {
  name: 'catalogue',
  setup: ({ onLoad }) =>
    onLoad({ filter: /engine\/pricing\/catalogue\.ts$/ }, ({ path }) => {
      const source = readFileSync(path, 'utf8');
      const contents = source.replace("readFileSync(join(__dirname, 'catalogue.ndjson'), 'latin1')", "require('./catalogue.ndjson')");
      return contents === source
        ? { errors: [{ text: 'catalogue.ts no longer reads its file as bundle.mjs expects' }] }
        : { contents, loader: 'ts' };
    }),
};

/** Handlers whose code a template can hold as well, for stacks without assets. Lambda has the SDK; a comment in lib says what that means. */
const INLINE = ['configure-logging'];

/** OpenTelemetry imports these in code that no handler has. For that alone, esbuild would wrap each module of its API in a function. */
const NEVER_LOADED = ['./getMachineId-*'];

const options = {
  outdir: 'assets',
  write: false,
  bundle: true,
  plugins: [lazyFilesStayOutside],
  platform: 'node',
  format: 'cjs',
  // ES modules, where a package has them, can be cut down to what is used.
  mainFields: ['module', 'main'],
  minifySyntax: true,
  minifyWhitespace: true,
  legalComments: 'none',
  metafile: true,
};

/** Bundles, and returns which files went into which bundle. */
export async function bundle(root = process.cwd()) {
  const { built, failed } = await buildAll(root, 'warning');
  if (failed.length > 0) {
    throw new Error(`could not be bundled: ${failed.map(({ out }) => out).join(', ')}`);
  }
  replaceAssets(root, filesOf(root, built));
  console.log(`bundled ${built.length} files`);
  return { outputs: outputsOf(built) };
}

/**
 * Bundles if a source changed since the last time, or if a bundle is not the one that was made of it. A bundle that cannot be
 * made throws the reason when a test loads it; tests that need other bundles, or none, can still be run.
 */
export default async function bundleIfChanged({ rootDir: root }) {
  const sources = fingerprint(root, SOURCES);
  const known = existsSync(join(root, FINGERPRINT)) ? readFileSync(join(root, FINGERPRINT), 'utf8') : '';
  if (known !== `${sources} ${fingerprint(root, ['assets'])}`) {
    const { built, failed } = await buildAll(root, 'silent');
    const broken = failed.map(({ out, error }) => ({
      path: join(root, 'assets', `${out}.js`),
      contents: Buffer.from(`throw new Error(${JSON.stringify(`this bundle could not be made: ${error.message}`)});\n`),
    }));
    replaceAssets(root, [...filesOf(root, built), ...broken]);
    console.log(`bundled ${built.length} files${failed.length > 0 ? `, ${failed.length} could not be bundled` : ''}`);
    // The fingerprint of the sources is the one from before: what changed meanwhile is bundled the next time.
    writeFileSync(join(root, FINGERPRINT), `${sources} ${fingerprint(root, ['assets'])}`);
  }
}

async function buildAll(root, logLevel) {
  const entries = [...handlerEntries(root), ...inlineEntries(), ...commandLineEntries(root), ...traceEntries(root)];
  const ended = await Promise.allSettled(
    entries.map(({ in: file, out, ...more }) =>
      build({ ...options, ...more, logLevel, absWorkingDir: root, entryPoints: [{ in: file, out }] }),
    ),
  );
  return {
    built: ended.flatMap(({ value }) => value ?? []),
    failed: ended.flatMap(({ reason }, index) => (reason ? { out: entries[index].out, error: reason } : [])),
  };
}

function handlerEntries(root) {
  const handlers = readdirSync(join(root, 'lambda')).filter((name) => existsSync(join(root, 'lambda', name, 'index.ts')));
  return handlers
    .flatMap((name) => ['index.ts', ...readdirSync(join(root, 'lambda', name)).filter(isLazy)].map((file) => `${name}/${file}`))
    .map((file) => ({
      in: `lambda/${file}`,
      out: file.slice(0, -'.ts'.length),
      target: 'node22',
      external: NEVER_LOADED,
      // Nearly all of these is the SDK, which is two fifths shorter with short names; stack traces of our own code keep theirs.
      minifyIdentifiers: isLazy(file),
      // The ADOT layer redefines `exports.handler`; esbuild's getter export is not configurable, a plain object is.
      footer: { js: 'module.exports = { ...module.exports };' },
    }));
}

function inlineEntries() {
  return INLINE.map((name) => ({
    in: `lambda/${name}/index.ts`,
    out: `${name}-inline/index`,
    target: 'node22',
    external: ['@aws-sdk/*', '@smithy/*'],
    minify: true,
  }));
}

function commandLineEntries(root) {
  const lazy = readdirSync(join(root, 'cli'), { recursive: true }).filter(isLazy);
  return [
    // With `require`, because `import()` first searches a CommonJS module for its exports: 180 ms for the one that draws charts.
    { in: 'bin/bedrock-observability.ts', out: 'command-line/index', target: 'node20', supported: { 'dynamic-import': false } },
    ...lazy.map((file) => ({ in: `cli/${file}`, out: `command-line/${basename(file, '.ts')}`, target: 'node20' })),
  ];
}

/** What applications import as `bedrock-observability/trace`, or `cdk-bedrock-observability/trace`. */
function traceEntries(root) {
  const lazy = readdirSync(join(root, 'trace')).filter(isLazy);
  return ['index.ts', ...lazy].map((file) => ({
    in: `trace/${file}`,
    out: `trace/${basename(file, '.ts')}`,
    target: 'node20',
    plugins: [lazyFilesStayOutside, catalogueWithin],
    loader: { '.ndjson': 'text' },
    minify: true,
  }));
}

/** The types of what applications import, of the entry and of what it exports from. jsii compiles lib/ only. */
function traceTypes(root) {
  const source = (name) => readFileSync(join(root, 'trace', `${name}.ts`), 'utf8');
  const exported = [...source('index').matchAll(/^export .* from '\.\/([\w-]+)'/gm)].map(([, name]) => name);
  return ['index', ...new Set(exported)].map((name) => {
    const { outputText, diagnostics } = ts.transpileDeclaration(source(name), { fileName: `${name}.ts`, reportDiagnostics: true });
    if (diagnostics.length > 0) {
      throw new Error(`${name}.ts: ${ts.flattenDiagnosticMessageText(diagnostics[0].messageText, ' ')}`);
    }
    return { path: join(root, 'assets/trace', `${name}.d.ts`), contents: Buffer.from(outputText) };
  });
}

function isLazy(file) {
  return file.endsWith('.lazy.ts');
}

function outputsOf(built) {
  return Object.assign({}, ...built.map(({ metafile }) => metafile.outputs));
}

function filesOf(root, built) {
  const bundles = built.flatMap(({ outputFiles }) => outputFiles.map(({ path, contents }) => ({ path, contents })));
  return [...bundles, ...traceTypes(root), ...catalogues(root, outputsOf(built))];
}

/** The price list is read from beside the bundle of everything that prices. */
function catalogues(root, outputs) {
  const reads = ({ inputs }) => 'engine/pricing/catalogue.ts' in inputs && !('engine/pricing/catalogue.ndjson' in inputs);
  const folders = Object.keys(outputs).filter((path) => reads(outputs[path]));
  return [...new Set(folders.map((path) => dirname(path)))].map((folder) => ({
    path: join(root, folder, 'catalogue.ndjson'),
    contents: readFileSync(join(root, 'engine/pricing/catalogue.ndjson')),
  }));
}

/** Writes what differs, each file in one step, so that a test that runs at the same time never reads half a bundle. */
function replaceAssets(root, files) {
  mkdirSync(join(root, CACHE), { recursive: true });
  const wanted = new Set(files.map(({ path }) => path));
  for (const path of filesBelow(root, 'assets').map((file) => join(root, file))) {
    if (!wanted.has(path)) {
      rmSync(path);
    }
  }
  for (const { path, contents } of files) {
    if (!existsSync(path) || Buffer.compare(readFileSync(path), contents) !== 0) {
      const written = join(root, CACHE, `${process.pid}-${basename(path)}`);
      writeFileSync(written, contents, { mode: Buffer.from(contents.subarray(0, 2)).toString() === '#!' ? 0o755 : 0o644 });
      mkdirSync(dirname(path), { recursive: true });
      renameSync(written, path);
    }
  }
}

function fingerprint(root, paths) {
  const hash = createHash('sha256');
  for (const file of paths.flatMap((path) => filesBelow(root, path))) {
    const contents = readFileSync(join(root, file));
    hash.update(`${file}\n${contents.length}\n`).update(contents);
  }
  return hash.digest('hex');
}

function filesBelow(root, path) {
  if (!existsSync(join(root, path))) {
    return [];
  }
  if (statSync(join(root, path)).isFile()) {
    return [path];
  }
  return readdirSync(join(root, path), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(root.length + 1))
    .sort();
}

if (process.argv[1] === import.meta.filename) {
  await bundle();
}
