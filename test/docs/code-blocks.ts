import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = join(__dirname, '..', '..');

export interface CodeBlock {
  readonly page: string;
  readonly line: number;
  readonly language: string;
  readonly code: string;
}

/** Everything that a stranger may copy from: README and the like, docs/ and the READMEs of the examples. */
export const PAGES: readonly string[] = [
  ...readdirSync(ROOT).filter((file) => file.endsWith('.md') && file !== 'API.md'),
  ...['docs', 'examples', 'python'].flatMap((folder) =>
    readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.md') && !file.includes('node_modules'))
      .map((file) => join(folder, file)),
  ),
];

export const textOf = (page: string): string => readFileSync(join(ROOT, page), 'utf8');

/** The fenced blocks of a page, also those within lists. */
export function codeBlocksOf(page: string): CodeBlock[] {
  const text = textOf(page);
  return [...text.matchAll(/^(?<indent> *)```(?<language>\w*)\n(?<code>[^]*?)^ *```$/gm)].map(({ index, groups = {} }) => ({
    page,
    line: text.slice(0, index).split('\n').length + 1,
    language: groups.language!,
    code: groups.code!.replaceAll(new RegExp(`^${groups.indent}`, 'gm'), ''),
  }));
}
