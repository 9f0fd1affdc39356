import { gt, inc, valid } from 'semver';
import type { Category, Section } from './changelog';

const LEVELS = ['patch', 'minor', 'major'] as const;

export type Level = (typeof LEVELS)[number];

/** What says how large the step to the next version is. */
export interface Changes {
  readonly section: Section;
  /** True if a commit is marked as breaking, or if jsii-diff finds an incompatible change of the API. */
  readonly breaking: boolean;
}

const PATCH_ONLY: readonly Category[] = ['Fixed', 'Security'];

/**
 * The smallest step that Semantic Versioning 2.0.0 allows for these changes; undefined if there is nothing that users notice.
 * Before 1.0.0 a minor version may break the API (item 4 of the specification), so no step is larger than that.
 */
export function levelFor({ section, breaking }: Changes, current: string): Level | undefined {
  if (breaking) {
    return current.startsWith('0.') ? 'minor' : 'major';
  }
  if (section.size === 0) {
    return undefined;
  }
  return [...section.keys()].every((category) => PATCH_ONLY.includes(category)) ? 'patch' : 'minor';
}

/** The version that `asked` names, a level or a version; `needed` is the smallest level that is allowed, if any. */
export function nextVersion(current: string, asked: string, needed: Level | undefined): string {
  const level = LEVELS.find((each) => each === asked);
  const next = level === undefined ? valid(asked) : increase(current, level);
  if (next === null) {
    throw new Error(`'${asked}' is neither a level (${LEVELS.join(', ')}) nor a version`);
  }
  if (!gt(next, current)) {
    throw new Error(`'${asked}' is not newer than ${current}`);
  }
  if (needed !== undefined && gt(increase(current, needed), next)) {
    throw new Error(`'${asked}' is too small a step from ${current}: the changes need a ${needed} version, ${increase(current, needed)}`);
  }
  return next;
}

function increase(version: string, level: Level): string {
  const next = inc(version, level);
  if (next === null) {
    throw new Error(`'${version}' in package.json is not a version`);
  }
  return next;
}
