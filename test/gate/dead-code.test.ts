import { spawnSync } from 'node:child_process';
import { appendFileSync, cpSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const root = join(__dirname, '..', '..');
const folder = mkdtempSync(join(tmpdir(), 'dead-code-'));
const GENERATED = ['node_modules', '.git', '.cache', '.stryker', '.bench', '.demo', 'dist', 'assets', 'packages', 'cdk.out'];

const plant = (path: string, code: string) => writeFileSync(join(folder, path), code);
const knip = (...args: string[]) => spawnSync(join(root, 'node_modules', '.bin', 'knip'), args, { cwd: folder, encoding: 'utf8' });
let output: string;

beforeAll(() => {
  cpSync(root, folder, { recursive: true, filter: (path) => !GENERATED.some((name) => path === join(root, name)) });
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));

  plant('engine/planted-dead-file.ts', 'export const planted = 1;\n');
  appendFileSync(join(folder, 'engine/calendar.ts'), '\nexport const plantedDeadExport = 1;\nexport type PlantedDeadType = 1;\n');
  plant('cli/planted-a.ts', "import { b } from './planted-b';\n\nexport const a = (): number => b();\n");
  plant('cli/planted-b.ts', "import { a } from './planted-a';\n\nexport const b = (): number => a();\n");
  appendFileSync(join(folder, 'cli/program.ts'), "\nexport { a } from './planted-a';\n");
  appendFileSync(join(folder, 'cli/failure.ts'), "\nimport 'planted-package';\n");

  output = knip().stdout;
});
afterAll(() => rmSync(folder, { recursive: true }));

test.each([
  ['a file that nothing imports', /Unused files \(\d+\)\n(.+\n)*engine\/planted-dead-file\.ts/],
  ['an export that nothing imports', /plantedDeadExport +engine\/calendar\.ts/],
  ['a type that nothing imports', /PlantedDeadType +type +engine\/calendar\.ts/],
  ['two files that import each other', /Circular dependencies \(\d+\)\n(.+\n)*cli\/planted-a\.ts.+cli\/planted-b\.ts/],
  ['a package that package.json does not name', /Unlisted dependencies \(\d+\)\n(.+\n)*planted-package +cli\/failure\.ts/],
])('%s is refused', (_, refusal) => {
  expect(output).toMatch(refusal);
});

test('a cycle alone fails the gate', () => {
  const others = 'files,exports,types,enumMembers,duplicates,dependencies,unlisted,unresolved';
  expect(knip('--exclude', others)).toMatchObject({ status: 1, stdout: expect.stringMatching(/^Circular dependencies/) });
});
