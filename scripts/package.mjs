// `npm run package`: builds the package of every language whose tools are on this machine and lists the files. It runs under tsx,
// since the list is the one of the release.
import { readFileSync } from 'node:fs';
import { buildPackages, findLanguages } from './languages.mjs';
import { testPythonModule } from './python-module.mjs';
import { builtFiles, registriesOf, renderFiles } from './release/packages.ts';

const { found, skipped } = await findLanguages();
await buildPackages(found);
const { missing } = await testPythonModule();
const files = registriesOf(JSON.parse(readFileSync('package.json', 'utf8'))).flatMap(builtFiles);
renderFiles(files).forEach((line) => console.log(line));
Object.entries(skipped).forEach(([language, reason]) => console.log(`skipped: ${language} (${reason})`));
if (missing) console.log(`skipped: the Python module (${missing})`);
