import { printable } from '../terminal';
import type { Column } from './fitted-table';

/** Characters that mean something in a cell of a table of GitHub's Markdown. */
const MARKUP = /[\\`*_{}[\]<>|~]/g;

/** The same columns for a page or a pull request. The last row is bold where it is the total. */
export function markdownTable(columns: readonly Column[], { hasTotal }: { readonly hasTotal: boolean }): string {
  const rows = columns[0]!.cells.map((_, row) => columns.map(({ cells }) => escaped(cells[row]!)));
  const total = hasTotal ? rows.pop() : undefined;
  return [
    columns.map(({ head }) => escaped(head.replaceAll('\n', ' '))),
    columns.map(({ isRight }) => (isRight ? '---:' : '---')),
    ...rows,
    ...(total ? [total.map((cell) => (cell === '' ? '' : `**${cell}**`))] : []),
  ]
    .map((cells) => `| ${cells.join(' | ')} |`)
    .join('\n');
}

const escaped = (text: string): string => printable(text).replace(MARKUP, '\\$&');
