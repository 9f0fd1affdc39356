// Bundles every lambda/<handler>/index.ts into assets/<handler>/index.js, with its SDK clients inside, so that a
// deployed handler never depends on what the Lambda runtime happens to ship, and the command line into
// assets/command-line/index.js. Files named *.lazy.ts become bundles of their own beside it, loaded only when they are
// needed: an SDK client costs more to load than all the rest.
import { copyFileSync, existsSync, readdirSync, rmSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { build } from 'esbuild';

const handlers = readdirSync('lambda').filter((name) => existsSync(`lambda/${name}/index.ts`));

const lazy = handlers.flatMap((name) =>
  readdirSync(`lambda/${name}`).flatMap((file) => (file.endsWith('.lazy.ts') ? `${name}/${file}` : [])),
);
const lazyFilesStayOutside = {
  name: 'lazy',
  setup: ({ onResolve }) => onResolve({ filter: /\.lazy\.js$/ }, ({ path }) => ({ path, external: true })),
};

const commandLine = [
  { in: 'bin/bedrock-observability.ts', out: 'command-line/index' },
  ...readdirSync('cli', { recursive: true })
    .filter((file) => file.endsWith('.lazy.ts'))
    .map((file) => ({ in: `cli/${file}`, out: `command-line/${basename(file, '.ts')}` })),
];

const options = {
  outdir: 'assets',
  bundle: true,
  plugins: [lazyFilesStayOutside],
  platform: 'node',
  format: 'cjs',
  // ES modules, where a package has them, can be cut down to what is used.
  mainFields: ['module', 'main'],
  minifySyntax: true,
  minifyWhitespace: true,
  legalComments: 'none',
  logLevel: 'warning',
  metafile: true,
};

rmSync('assets', { recursive: true, force: true });
const builds = await Promise.all([
  build({
    ...options,
    entryPoints: [...handlers.map((name) => `${name}/index.ts`), ...lazy].map((file) => ({ in: `lambda/${file}`, out: file.slice(0, -3) })),
    target: 'node22',
    // The ADOT layer redefines `exports.handler`; esbuild's getter export is not configurable, a plain object is.
    footer: { js: 'module.exports = { ...module.exports };' },
  }),
  build({
    ...options,
    entryPoints: commandLine,
    target: 'node20',
  }),
]);
export const metafile = { outputs: Object.assign({}, ...builds.map((built) => built.metafile.outputs)) };

// The price list is read from beside the bundle of everything that prices.
for (const [bundle, { inputs }] of Object.entries(metafile.outputs)) {
  if ('engine/pricing/catalogue.ts' in inputs) {
    copyFileSync('engine/pricing/catalogue.ndjson', `${dirname(bundle)}/catalogue.ndjson`);
  }
}
console.log(`bundled ${handlers.join(', ')}, command line`);
