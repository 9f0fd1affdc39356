import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { Changelog, renderSection } from '../../scripts/release/changelog';
import { parseCommit } from '../../scripts/release/commit';
import { levelFor, nextVersion } from '../../scripts/release/version';

const root = join(__dirname, '..', '..');

const CHANGELOG = `# Changelog

## [Unreleased]

### Added

- A widget,
  of two lines.

### Changed

| Old | New |
| --- | --- |
| \`a\` | \`b\` |

## [0.1.0] - 2026-11-21

### Added

- Everything.
`;

const commit = (message: string) => parseCommit('0123456789abcdef', message);

describe('a commit', () => {
  test.each([
    ['feat: a new widget', { type: 'feat', subject: 'a new widget' }],
    ['fix(cli): a message', { type: 'fix', subject: 'a message' }],
    ['feat!: other names', { type: 'feat', subject: 'other names', breaking: 'other names' }],
    ['fix: x\n\nBREAKING CHANGE: write y', { type: 'fix', subject: 'x', breaking: 'write y' }],
    ['Merge branch', { type: '', subject: 'Merge branch' }],
  ])('%j', (message, expected) => {
    expect(commit(message)).toEqual({ hash: '0123456789abcdef', ...expected });
  });
});

describe('the changelog', () => {
  const changelog = Changelog.parse(CHANGELOG);

  test('adds the commits that users notice to what was written by hand', () => {
    const messages = ['feat: a dial', 'docs: a page', 'fix: a leak', 'perf!: faster\n\nBREAKING CHANGE: Write z.', 'feat!: remove q'];
    expect(renderSection('0.2.0', '2026-11-26', changelog.next(messages.map(commit)))).toBe(`## [0.2.0] - 2026-11-26

### Added

- A widget,
  of two lines.
- A dial. (0123456)

### Changed

| Old | New |
| --- | --- |
| \`a\` | \`b\` |

- **Breaking:** Faster. Write z. (0123456)

### Removed

- **Breaking:** Remove q. (0123456)

### Fixed

- A leak. (0123456)
`);
  });

  test('keeps every other line', () => {
    const released = changelog.release('0.2.0', '2026-11-26', changelog.next([]));
    expect(released).toBe(CHANGELOG.replace('## [Unreleased]', '## [Unreleased]\n\n## [0.2.0] - 2026-11-26'));
    expect(Changelog.parse(released).unreleased.size).toBe(0);
  });

  test.each([
    ['no heading', '# Changelog\n', "no heading '## [Unreleased]'"],
    ['an unknown category', '## [Unreleased]\n\n### New\n\n- x\n', "'New' under ## [Unreleased] is no category, expected one of Added"],
    ['text in no category', '## [Unreleased]\n\n- x\n', "'- x' under ## [Unreleased] is in no category"],
  ])('refuses %s', (_, text, message) => {
    expect(() => Changelog.parse(text)).toThrow(message);
  });
});

describe('the version', () => {
  const fixed = new Map([['Fixed', '- x']] as const);
  const added = new Map([['Added', '- x']] as const);

  test.each([
    ['0.1.0', fixed, false, 'patch'],
    ['0.1.0', added, false, 'minor'],
    ['0.1.0', fixed, true, 'minor'],
    ['1.2.3', added, false, 'minor'],
    ['1.2.3', fixed, true, 'major'],
    ['1.2.3', new Map(), false, undefined],
  ])('after %s, section %p, breaking %p: %s', (current, section, breaking, level) => {
    expect(levelFor({ section, breaking }, current)).toBe(level);
  });

  test.each([
    ['patch', 'patch', '0.1.1'],
    ['minor', 'patch', '0.2.0'],
    ['1.0.0', 'minor', '1.0.0'],
    ['patch', undefined, '0.1.1'],
  ] as const)('asked for %s where %s is needed: %s', (asked, needed, version) => {
    expect(nextVersion('0.1.0', asked, needed)).toBe(version);
  });

  test.each([
    ['patch', "'patch' is too small a step from 0.1.0: the changes need a minor version, 0.2.0"],
    ['0.1.5', "'0.1.5' is too small a step"],
    ['0.1.0', "'0.1.0' is not newer than 0.1.0"],
    ['big', "'big' is neither a level (patch, minor, major) nor a version"],
  ])('refuses %s', (asked, message) => {
    expect(() => nextVersion('0.1.0', asked, 'minor')).toThrow(message);
  });
});

describe('the command, in a repository of its own', () => {
  const folder = mkdtempSync(join(tmpdir(), 'release-test-'));
  const repository = join(folder, 'repository');
  const origin = join(folder, 'origin.git');
  afterAll(() => rmSync(folder, { recursive: true }));

  const env = {
    ...process.env,
    PATH: `${join(root, 'node_modules', '.bin')}${delimiter}${process.env.PATH}`,
    GIT_CONFIG_GLOBAL: '/dev/null',
    ...Object.fromEntries(
      ['AUTHOR', 'COMMITTER'].flatMap((who) => [
        [`GIT_${who}_NAME`, 'test'],
        [`GIT_${who}_EMAIL`, 'test@example.com'],
      ]),
    ),
    JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION: '20',
  };
  const git = (...args: string[]) => execFileSync('git', args, { cwd: repository, env, encoding: 'utf8' });
  const write = (path: string, text: string) => writeFileSync(join(repository, path), text);
  const read = (path: string) => readFileSync(join(repository, path), 'utf8');
  const versionOf = (path: string) => (JSON.parse(read(path)) as { version: string }).version;

  function save(message: string): void {
    git('add', '-A');
    git('commit', '-q', '-m', message);
  }

  function release(...args: string[]) {
    return spawnSync('tsx', [join(root, 'scripts', 'release.ts'), ...args], { cwd: repository, env, encoding: 'utf8' });
  }

  beforeAll(() => {
    mkdirSync(join(repository, 'lib'), { recursive: true });
    mkdirSync(join(repository, 'packages', 'js'), { recursive: true });
    symlinkSync(join(root, 'node_modules'), join(repository, 'node_modules'));
    const { jsii } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { jsii: { targets: object } };
    const manifest = {
      name: 'sample',
      version: '0.1.0',
      license: 'Apache-2.0',
      author: { name: 'test' },
      repository: { url: 'https://example.com/sample.git' },
      main: 'lib/index.js',
      types: 'lib/index.d.ts',
      scripts: {
        build: 'jsii',
        'integ:update': `node -p "require('./package.json').version" > test/integ/snapshot`,
      },
      jsii: { targets: jsii.targets },
    };
    write('package.json', JSON.stringify(manifest));
    write(
      'package-lock.json',
      JSON.stringify({ name: 'sample', version: '0.1.0', lockfileVersion: 3, packages: { '': { version: '0.1.0' } } }),
    );
    write('.gitignore', 'node_modules\npackages\n.jsii\ntsconfig.json\ntsconfig.tsbuildinfo\n*.js\n*.d.ts\n');
    write('README.md', 'sample');
    mkdirSync(join(repository, 'test', 'integ'), { recursive: true });
    write('test/integ/snapshot', '0.1.0\n');
    write('CHANGELOG.md', CHANGELOG);
    write('lib/index.ts', '/** A. */\nexport class A {\n  /** B. */\n  public b(): void {}\n}\n');
    write('packages/js/sample@0.1.0.jsii.tgz', 'x'.repeat(2500));
    execFileSync('git', ['init', '-q', '-b', 'main', repository], { env });
    execFileSync('git', ['init', '-q', '--bare', origin], { env });
    git('remote', 'add', 'origin', origin);
    save('feat: everything');
  });

  test('the dry run shows the version, the changelog, the packages and the commands, and changes nothing', () => {
    const before = git('status', '--porcelain') + git('log', '--format=%H');
    const { status, stdout } = release('--dry-run');
    expect(status).toBe(0);
    expect(stdout).toContain('sample 0.1.0 → 0.2.0');
    expect(stdout).toContain('there is no tag yet');
    expect(stdout).toContain('  - A widget,');
    expect(stdout).toMatch(/npm: sample 0\.2\.0\n +packages\/js\/sample@0\.1\.0\.jsii\.tgz +3 kB/);
    expect(stdout).toContain('git push --atomic origin main v0.2.0');
    expect(stdout).toContain('npm: npm publish packages/js/*.tgz --provenance');
    expect(stdout).toMatch(
      /would publish 0\.2\.0; packages built here: npm; not built here: npm \(command line\), PyPI, PyPI \(trace\), Maven Central, Go, NuGet\n$/,
    );
    expect(git('status', '--porcelain') + git('log', '--format=%H')).toBe(before);
  });

  test('a working tree with changes is not released', () => {
    write('README.md', 'changed');
    expect(release('--dry-run').stdout).toContain('A release would stop here: the working tree has changes that are not committed');
    const { status, stderr } = release();
    expect(stderr).toContain('the working tree has changes that are not committed');
    expect(status).toBe(1);
    write('README.md', 'sample');
  });

  test('the release writes, commits, tags and pushes', () => {
    const { status, stderr } = release();
    expect([status, stderr]).toEqual([0, expect.anything()]);
    expect(versionOf('package.json')).toBe('0.2.0');
    expect(versionOf('package-lock.json')).toBe('0.2.0');
    expect(read('CHANGELOG.md')).toMatch(/^## \[Unreleased\]\n\n## \[0\.2\.0\] - \d{4}-\d\d-\d\d\n\n### Added\n\n- A widget,/m);
    expect(git('log', '-1', '--format=%s')).toBe('chore(release): 0.2.0\n');
    expect(git('show', 'HEAD:test/integ/snapshot')).toBe('0.2.0\n');
    expect(git('ls-remote', 'origin')).toMatch(/refs\/heads\/main\n.*refs\/tags\/v0\.2\.0\n/);
    expect(release('--dry-run').stdout).toContain('nothing to release: no change since the last version that users notice');
  });

  test('an incompatible change needs a line in the changelog, and a version that may break', () => {
    write('lib/index.ts', '/** A. */\nexport class A {}\n');
    save('fix: less of A');
    // What jsii would compile from it, without waiting for jsii.
    const assembly = JSON.parse(read('.jsii')) as { types: Record<string, { methods?: unknown[] }> };
    delete assembly.types['sample.A']?.methods;
    write('.jsii', JSON.stringify(assembly));
    const refused = release('--dry-run');
    expect(refused.status).toBe(1);
    expect(refused.stderr).toContain('the API is not compatible with v0.2.0, but CHANGELOG.md lists nothing under Changed or Removed');
    expect(refused.stderr).toContain('METHOD sample.A.b: has been removed');

    git('commit', '-q', '--amend', '-m', 'fix!: less of A');
    const { stdout } = release('--dry-run');
    expect(stdout).toContain('sample 0.2.0 → 0.3.0');
    expect(stdout).toContain('- METHOD sample.A.b: has been removed');
  });
});
