import { readFileSync } from 'node:fs';
import { join } from 'node:path';

interface Locked {
  readonly version?: string;
  readonly integrity?: string;
  /** True for a package inside the tarball of another one, whose integrity covers it. */
  readonly inBundle?: boolean;
}

const { packages } = JSON.parse(readFileSync(join(__dirname, '..', '..', 'package-lock.json'), 'utf8')) as {
  packages: Record<string, Locked>;
};

/** Packages that may be locked without integrity, each with its reason. docs/dependencies.md says how to fill a gap. */
const EXCEPTIONS: Readonly<Record<string, string>> = {};

const locked = Object.entries(packages).filter(([path]) => path !== '');
const open = locked.filter(([, { integrity, inBundle }]) => integrity === undefined && inBundle !== true).map(([path]) => path);

test('every locked package has its integrity, so that `npm ci` refuses a tarball that was changed', () => {
  expect(open.filter((path) => !(path in EXCEPTIONS))).toEqual([]);
});

test('no exception is left over', () => {
  expect(Object.keys(EXCEPTIONS).filter((path) => !open.includes(path))).toEqual([]);
});

test('every integrity is a SHA-512', () => {
  expect(locked.filter(([, { integrity }]) => integrity !== undefined && !integrity.startsWith('sha512-'))).toEqual([]);
});

// npm can leave out optional packages of other platforms when node_modules exists already: https://github.com/npm/cli/issues/4828
test.each(['@swc/core-', '@unrs/resolver-binding-', '@esbuild/'])('%s… is locked for every platform', (prefix) => {
  const names = locked.map(([path]) => path).filter((path) => path.startsWith(`node_modules/${prefix}`));
  expect(names).toEqual(
    expect.arrayContaining([
      expect.stringContaining(`${prefix}darwin-arm64`),
      expect.stringContaining(`${prefix}linux-x64`),
      expect.stringContaining(`${prefix}win32-x64`),
    ]),
  );
});
