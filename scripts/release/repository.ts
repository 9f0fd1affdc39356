import { execFileSync } from 'node:child_process';
import { parseCommit, type Commit } from './commit';

/** Runs git in the current folder and returns what it prints, without the last line break. */
export function git(...args: readonly string[]): string {
  return execFileSync('git', args, { encoding: 'utf8', maxBuffer: 2 ** 28, stdio: ['ignore', 'pipe', 'pipe'] }).trimEnd();
}

/** The newest version tag that HEAD contains. */
export function lastTag(): string | undefined {
  // `git describe` fails where there is no tag; this prints nothing.
  const [newest] = git('tag', '--list', 'v[0-9]*', '--merged', 'HEAD', '--sort=-version:refname').split('\n');
  return newest === '' ? undefined : newest;
}

/** The commits since a tag, oldest first, without those that changed CHANGELOG.md: they wrote their own lines there. */
export function commitsSince(tag: string): Commit[] {
  const range = `${tag}..HEAD`;
  const written = new Set(git('log', '--format=%H', range, '--', 'CHANGELOG.md').split('\n'));
  return git('log', '-z', '--reverse', '--no-merges', '--format=%H%n%B', range)
    .split('\0')
    .filter((entry) => entry !== '')
    .map((entry) => [entry.slice(0, entry.indexOf('\n')), entry.slice(entry.indexOf('\n') + 1)] as const)
    .filter(([hash]) => !written.has(hash))
    .map(([hash, message]) => parseCommit(hash, message));
}

/** True if HEAD is the commit of the tag. */
export function isAt(tag: string): boolean {
  return git('rev-parse', 'HEAD') === git('rev-parse', `${tag}^{commit}`);
}

/** Why a release cannot be made from the current state of the working tree; empty if it can. */
export function obstacles(): string[] {
  return [
    ...(git('status', '--porcelain') === '' ? [] : ['the working tree has changes that are not committed']),
    ...(git('rev-parse', '--abbrev-ref', 'HEAD') === 'main' ? [] : ["the current branch is not 'main'"]),
  ];
}
