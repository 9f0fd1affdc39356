import type { Commit } from './commit';

/** The categories of Keep a Changelog 1.1.0, in the order in which a section lists them. */
export const CATEGORIES = ['Added', 'Changed', 'Deprecated', 'Removed', 'Fixed', 'Security'] as const;

export type Category = (typeof CATEGORIES)[number];

/** The items of one version by category. An item is its Markdown, with the leading `- `. */
export type Section = ReadonlyMap<Category, readonly string[]>;

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
   * What the next version lists: the items written by hand under `[Unreleased]`, then one for each commit that users notice.
   * `commits` has no commit that changed CHANGELOG.md, since such a commit brought its own item.
   */
  next(commits: readonly Commit[]): Section {
    const items = commits.flatMap((commit) => {
      const category = categoryOf(commit);
      return category === undefined ? [] : [{ category, text: itemOf(commit) }];
    });
    const added = (category: Category) => items.filter((item) => item.category === category).map(({ text }) => text);
    return new Map(
      CATEGORIES.map((category) => [category, [...(this.unreleased.get(category) ?? []), ...added(category)]] as const).filter(
        ([, all]) => all.length > 0,
      ),
    );
  }

  /** The whole file with `section` as the newest version and an empty `[Unreleased]` above it. */
  release(version: string, date: string, section: Section): string {
    return `${this.preamble}${UNRELEASED}\n\n${renderSection(version, date, section)}\n${this.versions}`;
  }
}

/** One version as it is in the file. */
export function renderSection(version: string, date: string, section: Section): string {
  const categories = [...section].map(([category, items]) => `### ${category}\n\n${items.join('\n')}\n`);
  return [`## [${version}] - ${date}\n`, ...categories].join('\n');
}

function parseSection(text: string): Section {
  const section = new Map<Category, string[]>();
  let items: string[] | undefined;
  for (const line of text.split('\n').filter((each) => each.trim() !== '')) {
    const heading = /^### (.+)$/.exec(line)?.[1];
    if (heading !== undefined) {
      items = section.get(categoryNamed(heading)) ?? [];
      section.set(categoryNamed(heading), items);
    } else if (items === undefined) {
      throw new Error(`CHANGELOG.md: '${line}' is under ${UNRELEASED} but under no category, expected one of ${CATEGORIES.join(', ')}`);
    } else if (line.startsWith('- ')) {
      items.push(line);
    } else {
      // The second line of an item belongs to it.
      items.push(`${items.pop() ?? ''}\n${line}`);
    }
  }
  return section;
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

function itemOf({ hash, subject, breaking }: Commit): string {
  const sentence = `${subject.charAt(0).toUpperCase()}${subject.slice(1)}`;
  const footer = breaking === undefined || breaking === subject ? '' : ` ${breaking}`;
  return `- ${breaking === undefined ? '' : '**Breaking:** '}${sentence}.${footer} (${hash.slice(0, 7)})`;
}
