import Table from 'cli-table3';
import pc from 'picocolors';

/** The width that no table and no line of text exceeds. */
export const COLUMNS = 110;

/** A table without lines between its rows; columns from `numbersFrom` on are aligned to the right. */
export function plainTable(head: readonly string[], numbersFrom: number, colWidths: number[] = []): Table.Table {
  return new Table({
    colWidths,
    wordWrap: true,
    head: head.map((name) => pc.bold(name)),
    colAligns: head.map((_, index) => (index < numbersFrom ? 'left' : 'right')),
    style: { head: [], border: pc.isColorSupported ? ['gray'] : [] },
    chars: { mid: '', 'left-mid': '', 'mid-mid': '', 'right-mid': '' },
  });
}

/** Lines of text, broken between words. */
export function wrapped(text: string): string {
  const chars = Object.fromEntries(Object.keys(new Table().options.chars).map((name) => [name, '']));
  const table = new Table({ chars, colWidths: [COLUMNS], wordWrap: true, style: { 'padding-left': 0, 'padding-right': 0 } });
  table.push([text]);
  return table
    .toString()
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n  ');
}

export function longest(texts: readonly string[]): number {
  return Math.max(0, ...texts.map((text) => text.length));
}
