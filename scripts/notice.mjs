// Bundles, and writes into NOTICE the licence of every package whose code went into the bundles; `--check` only compares.
import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { bundle } from './bundle.mjs';

// The innermost package of a bundled file: node_modules/a/node_modules/@b/c/lib/d.js is of node_modules/a/node_modules/@b/c.
const PACKAGE = /^.*node_modules\/(?:@[^/]+\/)?[^/]+/;

const { outputs } = await bundle();
const used = Object.values(outputs).flatMap(({ inputs }) =>
  Object.keys(inputs)
    .filter((path) => inputs[path].bytesInOutput > 0)
    .flatMap((path) => PACKAGE.exec(path) ?? []),
);

const packages = [...new Set(used)]
  .map((folder) => {
    const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
    return { title: `${name} ${version}`, text: licenceText(folder, license) };
  })
  .sort((a, b) => (a.title < b.title ? -1 : 1));

// The Apache licence asks for its own text, which is our LICENSE, and for the package's NOTICE; the others for their text.
function licenceText(folder, license) {
  const wanted = license === 'Apache-2.0' ? /^notice(\.(md|txt))?$/i : /^licen[cs]e(-\w+)?(\.(md|txt))?$/i;
  const files = readdirSync(folder)
    .filter((file) => wanted.test(file))
    .sort();
  if (license !== 'Apache-2.0' && files.length === 0) {
    throw new Error(`'${folder}' is bundled, but has no licence text: bundle another package, or add its text here`);
  }
  const texts = files.map((file) => readFileSync(join(folder, file), 'utf8').trim());
  return [license === 'Apache-2.0' ? 'Apache-2.0, see LICENSE' : license, ...texts].join('\n\n');
}

const titlesByText = new Map();
for (const { title, text } of packages) {
  titlesByText.set(text, [...new Set([...(titlesByText.get(text) ?? []), title])]);
}

const notice = [
  'cdk-bedrock-observability\nCopyright the cdk-bedrock-observability authors\n\nThe bundles in assets/ contain code of the packages named below, each under the licence that follows their names.',
  ...[...titlesByText].map(([text, titles]) => `${titles.join('\n')}\n\n${text}`),
].join(`\n\n${'-'.repeat(80)}\n\n`);

const current = existsSync('NOTICE') ? readFileSync('NOTICE', 'utf8') : '';
if (!process.argv.includes('--check')) {
  writeFileSync('NOTICE', `${notice}\n`);
} else if (current !== `${notice}\n`) {
  console.error('NOTICE does not name the packages that are bundled now');
  process.exitCode = 1;
}
