import { readFileSync } from 'node:fs';
import { Changelog, renderSection, type Section } from './changelog';
import { incompatibleChanges } from './compatibility';
import { builtFiles, registriesOf, renderFiles, type Manifest } from './packages';
import { commitsSince, isAt, lastTag } from './repository';
import { levelFor, nextVersion } from './version';

/** What a release would do: everything that is decided before anything is changed. */
export interface Plan {
  readonly manifest: Manifest;
  readonly tag: string | undefined;
  readonly version: string;
  readonly date: string;
  readonly changelog: Changelog;
  readonly section: Section;
  /** Incompatible changes of the API since the last tag. */
  readonly incompatible: readonly string[];
}

/**
 * Decides the next version and its changelog; `asked` is a level, a version or absent. Undefined if none was asked for and there
 * is nothing that users notice.
 */
export function planRelease(asked: string | undefined, date: string): Plan | undefined {
  const manifest = JSON.parse(readFileSync('package.json', 'utf8')) as Manifest;
  const changelog = Changelog.parse(readFileSync('CHANGELOG.md', 'utf8'));
  const tag = lastTag();
  // Before the first tag every commit would count, so the changelog has what was written by hand.
  const commits = tag === undefined ? [] : commitsSince(tag);
  const section = changelog.next(commits);
  const incompatible = tag === undefined || isAt(tag) ? [] : incompatibleChanges(tag);
  if (incompatible.length > 0 && !section.has('Changed') && !section.has('Removed')) {
    throw new Error(
      `the API is not compatible with ${tag}, but CHANGELOG.md lists nothing under Changed or Removed: ` +
        `mark the commit as breaking ('feat!:') or write what to use instead\n${incompatible.join('\n')}`,
    );
  }
  const breaking = incompatible.length > 0 || commits.some((commit) => commit.breaking !== undefined);
  const needed = levelFor({ section, breaking }, manifest.version);
  const level = asked ?? needed;
  if (level === undefined) {
    return undefined;
  }
  const version = nextVersion(manifest.version, level, needed);
  return { manifest, tag, version, date, changelog, section, incompatible };
}

/** The commands that make the release; the last one starts the workflow that publishes. */
export function commandsOf({ version }: Plan): string[][] {
  return [
    ['npm', 'version', version, '--no-git-tag-version', '--ignore-scripts'],
    // Alarms link to the runbooks of their version, so that the snapshots of the integration tests hold it.
    ['npm', 'run', 'integ:update'],
    ['git', 'commit', '-m', `chore(release): ${version}`, '--', 'CHANGELOG.md', 'package.json', 'package-lock.json', 'test/integ'],
    ['git', 'tag', '-a', `v${version}`, '-m', `v${version}`],
    ['git', 'push', '--atomic', 'origin', 'main', `v${version}`],
  ];
}

/** The plan as a person reads it; the last line says where the version would be published. */
export function renderPlan(plan: Plan): string {
  const { manifest, version, date, section } = plan;
  const registries = registriesOf(manifest).map((registry) => ({ ...registry, files: builtFiles(registry) }));
  const built = registries.filter(({ files }) => files.length > 0);
  const missing = registries.filter(({ files }) => files.length === 0);
  const paragraphs = [
    [`${manifest.name} ${manifest.version} → ${version}`],
    ['API', ...indent(renderApi(plan))],
    ['Changelog', ...indent(renderSection(version, date, section).trimEnd().split('\n'))],
    [
      `Packages, built as ${manifest.version}; the workflow builds them as ${version}`,
      ...indent(built.flatMap(({ name, packageName, files }) => [`${name}: ${packageName} ${version}`, ...indent(renderFiles(files))])),
      ...indent(missing.map(({ name, packageName }) => `${name}: ${packageName} ${version} is not built here ('npm run package')`)),
    ],
    ['Commands here', ...indent(commandsOf(plan).map((command) => command.map(quote).join(' ')))],
    ['Commands in .github/workflows/release.yml', ...indent(registries.map(({ name, publish }) => `${name}: ${publish}`))],
  ];
  const names = (list: readonly { name: string }[]) => list.map(({ name }) => name).join(', ') || 'none';
  const summary = `would publish ${version}; packages built here: ${names(built)}; not built here: ${names(missing)}`;
  return [...paragraphs.map((lines) => lines.join('\n')), summary].join('\n\n');
}

function renderApi({ tag, incompatible }: Plan): string[] {
  if (tag === undefined) {
    return ['there is no tag yet, so there is nothing to compare with: skipped'];
  }
  return incompatible.length === 0
    ? [`compatible with ${tag} (jsii-diff)`]
    : [`not compatible with ${tag} (jsii-diff):`, ...incompatible.map((change) => `- ${change}`)];
}

const indent = (lines: readonly string[]) => lines.map((line) => (line === '' ? line : `  ${line}`));

const quote = (argument: string) => (/[^\w@./:=-]/.test(argument) ? `'${argument}'` : argument);
