// The tests nearest to what `npm run mutation` changes, in one file: modules are loaded once for a change, not once for each file of tests.
import { readdirSync } from 'node:fs';
import { join, relative } from 'node:path';

const tests = join(__dirname, '..');
const ROOMS = ['engine/pricing', 'engine/rating', 'engine/records', 'local-cloudwatch'];

for (const room of ROOMS) {
  for (const name of readdirSync(join(tests, room), { recursive: true, encoding: 'utf8' })) {
    const file = join(tests, room, name);
    // eslint-disable-next-line @typescript-eslint/no-require-imports -- an import would run before `describe` tells the files apart.
    if (file.endsWith('.test.ts')) describe(relative(tests, file), () => void require(file));
  }
}
