// Builds the OpenTelemetry Collector that the tests start, from the Go module proxy: `node scripts/collector.mjs`. It has the
// components of the image of OtelGateway, in the same version; test/collector/go.mod pins all of them. Needs Go; the first build
// takes some minutes, later ones seconds, because Go keeps what it compiled.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { root, run } from './shell.mjs';

const sources = join(root, 'test', 'collector');

/** Where the collector of these sources is, or would be. */
function collectorPath() {
  const hash = createHash('sha256');
  ['go.mod', 'go.sum', 'main.go'].forEach((file) => hash.update(readFileSync(join(sources, file))));
  return join(root, '.cache', 'collector', hash.digest('hex').slice(0, 16), 'collector');
}

const built = () => (existsSync(collectorPath()) ? collectorPath() : undefined);

/** Returns the path of the collector, or what is missing to build it. */
export async function buildCollector() {
  const path = collectorPath();
  if (built()) return { path };
  const hasGo = await run('go version').then(
    (version) => Number(/go1\.(\d+)/.exec(version)?.[1]) >= 25,
    () => false,
  );
  if (!hasGo) return { missing: 'Go 1.25 or newer' };
  mkdirSync(join(path, '..'), { recursive: true });
  // Under another name at first, so that a build which was interrupted is not taken for one that was not.
  await run(`go build -trimpath -ldflags '-s -w' -o '${path}.new' . && mv '${path}.new' '${path}'`, { cwd: sources });
  return { path };
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  // With --built only where it is, if it is there: tests ask.
  const { path, missing = 'node scripts/collector.mjs' } = process.argv.includes('--built') ? { path: built() } : await buildCollector();
  console.log(path ?? `skipped: the collector (needs ${missing})`);
}
