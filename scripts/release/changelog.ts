import type { Commit } from './commit';

/** The categories of Keep a Changelog 1.1.0, in the order in which a section lists them. */
const CATEGORIES = ['Added', 'Changed', 'Deprecated', 'Removed', 'Fixed', 'Security'] as const;

export type Category = (typeof CATEGORIES)[number];

/** What one version lists: the Markdown under each category that has any. */
export type Section = ReadonlyMap<Category, string>;

const UNRELEASED = '## [Unreleased]';

/** Types of commits that users notice. The others (docs, test, build, …) are in no changelog. */
const CATEGORY_OF_TYPE: Readonly<Record<string, Category>> = { feat: 'Added', fix: 'Fixed', perf: 'Changed', revert: 'Changed' };

/** CHANGELOG.md in the form of Keep a Changelog 1.1.0: what is above `[Unreleased]`, its section, and the versions below. */
export class Changelog {
  static parse(text: string): Changelog {
    const start = text.indexOf(`${UNRELEASED}\n`);
    if (start < 0) {
      throw new Error(`CHANGELOG.md has no heading '${UNRELEASED}'`);
    }
    const body = text.slice(start + UNRELEASED.length + 1);
    const end = body.search(/^## /m);
    const section = end < 0 ? body : body.slice(0, end);
    return new Changelog(text.slice(0, start), parseSection(section), end < 0 ? '' : body.slice(end));
  }

  private constructor(
    private readonly preamble: string,
    readonly unreleased: Section,
    private readonly versions: string,
  ) {}

  /**
   * What the next version lists: what was written by hand under `[Unreleased]`, then a line for each commit that users notice.
   * `commits` has no commit that changed CHANGELOG.md, since such a commit brought its own line.
   */
  next(commits: readonly Commit[]): Section {
    const lines = commits.map((commit) => ({ category: categoryOf(commit), text: lineOf(commit) }));
    const section = CATEGORIES.map((category) => {
      const added = lines.filter((line) => line.category === category).map(({ text }) => text);
      return [category, append(this.unreleased.get(category) ?? '', added.join('\n'))] as const;
    });
    return new Map(section.filter(([, text]) => text !== ''));
  }

  /** The whole file with `section` as the newest version and an empty `[Unreleased]` above it. */
  release(version: string, date: string, section: Section): string {
    return `${this.preamble}${UNRELEASED}\n\n${renderSection(version, date, section)}\n${this.versions}`;
  }
}

/** One version as it is in the file. */
export function renderSection(version: string, date: string, section: Section): string {
  const categories = [...section].map(([category, text]) => `### ${category}\n\n${text}\n`);
  return [`## [${version}] - ${date}\n`, ...categories].join('\n');
}

function parseSection(text: string): Section {
  const [before = '', ...categories] = text.split(/^### /m);
  if (before.trim() !== '') {
    throw new Error(`CHANGELOG.md: '${before.trim()}' under ${UNRELEASED} is in no category, expected one of ${CATEGORIES.join(', ')}`);
  }
  const section = new Map<Category, string>();
  for (const part of categories) {
    const [heading = '', ...lines] = part.split('\n');
    const category = categoryNamed(heading);
    section.set(category, append(section.get(category) ?? '', lines.join('\n').trim()));
  }
  return section;
}

/** Two pieces of Markdown, one below the other: lists become one list, anything else keeps a blank line between. */
function append(above: string, below: string): string {
  if (above === '' || below === '') {
    return `${above}${below}`;
  }
  const lastLine = above.slice(above.lastIndexOf('\n') + 1);
  return `${above}${/^(- | {2,})/.test(lastLine) ? '\n' : '\n\n'}${below}`;
}

function categoryNamed(heading: string): Category {
  const category = CATEGORIES.find((each) => each === heading);
  if (category === undefined) {
    throw new Error(`CHANGELOG.md: '${heading}' under ${UNRELEASED} is no category, expected one of ${CATEGORIES.join(', ')}`);
  }
  return category;
}

function categoryOf({ type, subject, breaking }: Commit): Category | undefined {
  const usersNotice = breaking !== undefined || type in CATEGORY_OF_TYPE;
  if (usersNotice && /^removes? /i.test(subject)) {
    return 'Removed';
  }
  return breaking === undefined ? CATEGORY_OF_TYPE[type] : 'Changed';
}

function lineOf({ hash, subject, breaking }: Commit): string {
  const sentence = `${subject.charAt(0).toUpperCase()}${subject.slice(1)}`;
  const footer = breaking === undefined || breaking === subject ? '' : ` ${breaking}`;
  return `- ${breaking === undefined ? '' : '**Breaking:** '}${sentence}.${footer} (${hash.slice(0, 7)})`;
}
