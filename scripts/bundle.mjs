// Bundles every lambda/<handler>/index.ts into assets/<handler>/index.js, with its SDK clients inside, so that a
// deployed handler never depends on what the Lambda runtime happens to ship. Files named *.lazy.ts become bundles of their
// own beside it, loaded only when a handler needs them: an SDK client costs more to load than all the rest.
import { copyFileSync, existsSync, readdirSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { build } from 'esbuild';

const handlers = readdirSync('lambda').filter((name) => existsSync(`lambda/${name}/index.ts`));

const lazy = handlers.flatMap((name) =>
  readdirSync(`lambda/${name}`).flatMap((file) => (file.endsWith('.lazy.ts') ? `${name}/${file}` : [])),
);
const lazyFilesStayOutside = {
  name: 'lazy',
  setup: ({ onResolve }) => onResolve({ filter: /\.lazy\.js$/ }, ({ path }) => ({ path, external: true })),
};

rmSync('assets', { recursive: true, force: true });
export const { metafile } = await build({
  entryPoints: [...handlers.map((name) => `${name}/index.ts`), ...lazy].map((file) => ({ in: `lambda/${file}`, out: file.slice(0, -3) })),
  outdir: 'assets',
  bundle: true,
  plugins: [lazyFilesStayOutside],
  platform: 'node',
  target: 'node22',
  format: 'cjs',
  // ES modules, where a package has them, can be cut down to what is used.
  mainFields: ['module', 'main'],
  // The ADOT layer redefines `exports.handler`; esbuild's getter export is not configurable, a plain object is.
  footer: { js: 'module.exports = { ...module.exports };' },
  minifySyntax: true,
  minifyWhitespace: true,
  legalComments: 'none',
  logLevel: 'warning',
  metafile: true,
});

// The price list is read from beside the bundle of every handler that prices.
for (const [bundle, { inputs }] of Object.entries(metafile.outputs)) {
  if ('lambda/pricing/catalogue.ts' in inputs) {
    copyFileSync('lambda/pricing/catalogue.ndjson', `${dirname(bundle)}/catalogue.ndjson`);
  }
}
console.log(`bundled ${handlers.join(', ')}`);
