import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const root = join(__dirname, '..', '..');
const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
  dependencies?: Record<string, string>;
  devDependencies: Record<string, string>;
  peerDependencies: Record<string, string>;
};

describe('npm tarball', () => {
  const [pack] = JSON.parse(execFileSync('npm', ['pack', '--json', '--dry-run'], { cwd: root, encoding: 'utf8' })) as [
    { files: { path: string }[] },
  ];
  const paths = pack.files.map(({ path }) => path);

  test('holds what a user needs and nothing else', () => {
    const allowed = [
      /^dist\/([a-z0-9-]+\/)*[a-z0-9-]+\.d\.ts$/,
      /^dist\/lib\/index\.js$/,
      /^assets\/trace\/[a-z-]+\.d\.ts$/,
      /^assets\/[a-z0-9-]+\/([a-z0-9-]+(\.lazy)?\.js|catalogue\.ndjson)$/,
      /^(\.jsii|package\.json|README\.md|LICENSE|NOTICE|CHANGELOG\.md)$/,
      /^docs\/runbooks\/([a-z0-9-]+|README)\.md$/,
    ];
    expect(paths.filter((path) => !allowed.some((pattern) => pattern.test(path)))).toEqual([]);
  });

  test.each(['package.json', 'README.md', 'LICENSE', 'NOTICE', 'CHANGELOG.md', 'dist/lib/index.js', 'dist/lib/index.d.ts'])(
    'holds %s',
    (path) => {
      expect(paths).toContain(path);
    },
  );
});

test('bundles import no file that is not beside them', () => {
  const bundles = readdirSync(join(root, 'assets'), { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.js'));
  const missing = bundles.flatMap((bundle) => {
    const file = join(root, 'assets', bundle);
    const imported = [...readFileSync(file, 'utf8').matchAll(/(?:require|import)\("(\.[^"]+)"\)/g)].map(([, path]) => path!);
    return imported.filter((path) => !existsSync(join(dirname(file), path))).map((path) => `${bundle} imports ${path}`);
  });
  expect(bundles.length).toBeGreaterThan(20);
  expect(missing).toEqual([]);
});

test('the library has no runtime dependency', () => {
  expect(manifest.dependencies).toBeUndefined();
  expect(Object.keys(manifest.peerDependencies).sort()).toEqual(['aws-cdk-lib', 'constructs']);
});

test.each(Object.entries(manifest.peerDependencies))('the tests run on the lowest %s that users may have (%s)', (name, range) => {
  expect(`^${manifest.devDependencies[name]}`).toBe(range);
});

test.each(Object.entries(manifest.devDependencies))('%s has an exact version', (_, version) => {
  expect(version).toMatch(/^(npm:.+@)?\d+\.\d+\.\d+(-alpha\.\d+|-r\.\d+)?$/);
});
