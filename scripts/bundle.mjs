// Bundles every lambda/<handler>/index.ts into assets/<handler>/index.js, with its SDK clients inside, so that a
// deployed handler never depends on what the Lambda runtime happens to ship.
import { existsSync, readdirSync, rmSync } from 'node:fs';
import { build } from 'esbuild';

const handlers = readdirSync('lambda').filter((name) => existsSync(`lambda/${name}/index.ts`));

rmSync('assets', { recursive: true, force: true });
export const { metafile } = await build({
  entryPoints: handlers.map((name) => ({ in: `lambda/${name}/index.ts`, out: `${name}/index` })),
  outdir: 'assets',
  bundle: true,
  platform: 'node',
  target: 'node22',
  format: 'cjs',
  // The ADOT layer redefines `exports.handler`; esbuild's getter export is not configurable, a plain object is.
  footer: { js: 'module.exports = { ...module.exports };' },
  minifySyntax: true,
  minifyWhitespace: true,
  legalComments: 'none',
  logLevel: 'warning',
  metafile: true,
});
console.log(`bundled ${handlers.join(', ')}`);
