import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** One registry, the package it gets, and the command of .github/workflows/release.yml that publishes it. */
export interface Registry {
  readonly name: string;
  /** Its folder under `packages/`. */
  readonly folder: string;
  readonly packageName: string;
  readonly publish: string;
}

export interface BuiltFile {
  readonly path: string;
  readonly bytes: number;
}

/** The part of package.json that names the packages. */
export interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly jsii: {
    readonly targets: {
      readonly python: { readonly distName: string };
      readonly java: { readonly maven: { readonly groupId: string; readonly artifactId: string } };
      readonly go: { readonly moduleName: string };
      readonly dotnet: { readonly packageId: string };
    };
  };
}

const TRACE_MODULE = 'bedrock-observability-trace';

/** Every registry of a release, in the order in which the workflow has its jobs. */
export function registriesOf({ name, jsii: { targets } }: Manifest): Registry[] {
  const { groupId, artifactId } = targets.java.maven;
  return [
    { name: 'npm', folder: 'js', packageName: name, publish: 'npm publish packages/js/*.tgz --provenance --access public' },
    {
      name: 'npm (command line)',
      folder: 'command-line',
      packageName: 'bedrock-observability',
      publish: 'npm publish packages/command-line/*.tgz --provenance --access public',
    },
    { name: 'PyPI', folder: 'python', packageName: targets.python.distName, publish: 'pypa/gh-action-pypi-publish' },
    // The module for applications in Python, which is no jsii package: python/pyproject.toml has its name.
    { name: 'PyPI (trace)', folder: 'trace-python', packageName: TRACE_MODULE, publish: 'pypa/gh-action-pypi-publish' },
    {
      name: 'Maven Central',
      folder: 'java',
      packageName: `${groupId}:${artifactId}`,
      publish: '.github/publish/node_modules/.bin/publib-maven packages/java',
    },
    {
      name: 'Go',
      folder: 'go',
      packageName: `${targets.go.moduleName}/${name.replaceAll('-', '')}`,
      publish: '.github/publish/node_modules/.bin/publib-golang packages/go',
    },
    {
      name: 'NuGet',
      folder: 'dotnet',
      packageName: targets.dotnet.packageId,
      publish: '.github/publish/node_modules/.bin/publib-nuget packages/dotnet',
    },
  ];
}

/** Checksums and indexes that Maven makes beside the files that matter. */
const COMPANION = /\.(md5|sha1|sha256|sha512)$|maven-metadata\.xml$/;

/** The files that are built for a registry; none if the package was not built. A Go module is listed as one folder. */
export function builtFiles({ folder }: Registry): BuiltFile[] {
  const path = join('packages', folder);
  if (!existsSync(path)) {
    return [];
  }
  const files = readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !COMPANION.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .map((file) => ({ path: file, bytes: statSync(file).size }))
    .sort((a, b) => (a.path < b.path ? -1 : 1));
  if (folder !== 'go' || files.length === 0) {
    return files;
  }
  return [{ path: `${path}/ (${files.length} files)`, bytes: files.reduce((sum, { bytes }) => sum + bytes, 0) }];
}

/** One line for each file, with its size in kB (1,000 B). */
export function renderFiles(files: readonly BuiltFile[]): string[] {
  const width = Math.max(...files.map(({ path }) => path.length));
  return files.map(
    ({ path, bytes }) =>
      `${path.padEnd(width)}  ${Math.ceil(bytes / 1000)
        .toLocaleString('en-US')
        .padStart(7)} kB`,
  );
}
