import { stripVTControlCharacters } from 'node:util';
import Table from 'cli-table3';
import pc from 'picocolors';
import { printableLines } from '../../cli/terminal';

/** The width that no table and no line of text exceeds: that of a terminal that nobody has widened. */
export const COLUMNS = 80;

/** Text that something else wrote, without its colours, and without anything that a terminal would obey. */
export const plain = (text: string): string => printableLines(stripVTControlCharacters(text));

export type Row = readonly (string | number)[];

export interface TableLayout {
  /** The column that gets the room that the others leave; its texts are broken. */
  readonly flexible?: number;
  /** Columns from this one on are aligned to the right. */
  readonly numbersFrom?: number;
}

/** A table without lines between its rows, no wider than a line of text. */
export function tableOf(head: readonly string[], rows: readonly Row[], { flexible = 0, numbersFrom = 1 }: TableLayout = {}): string {
  const longestIn = (column: number) => longest(rows.map((row) => widthOf(row[column])));
  const borders = 3 * head.length + 1;
  const sum = (widths: readonly number[]) => widths.reduce((total, width) => total + width, borders);
  const whole = head.map((name, column) => Math.max(longestIn(column), widthOf(name)));
  // Headings are broken between words only where the table would be too wide.
  const narrow = head.map((name, column) => (column === flexible ? 0 : Math.max(longestIn(column), ...name.split(' ').map(widthOf))));
  const room = COLUMNS - sum(narrow);
  const widths =
    sum(whole) <= COLUMNS ? whole : narrow.map((width, column) => (column === flexible ? Math.min(room, whole[column]!) : width));
  const table = new Table({
    colWidths: widths.map((width) => width + 2),
    wordWrap: true,
    head: head.map((name) => pc.bold(name)),
    colAligns: head.map((_, index) => (index < numbersFrom ? 'left' : 'right')),
    style: { head: [], border: pc.isColorSupported ? ['gray'] : [] },
    chars: { mid: '', 'left-mid': '', 'mid-mid': '', 'right-mid': '' },
  });
  table.push(...rows.map((row) => row.map((cell, column) => (column === flexible ? broken(String(cell), widths[flexible]!) : cell))));
  return table.toString();
}

/** Breaks words that are longer than a line, such as model ids, behind a sign. */
function broken(text: string, width: number): string {
  const words = text.split(' ').map((word) => {
    const lines: string[] = [];
    let rest = word;
    while (widthOf(rest) > width) {
      const sign = Math.max(...['-', '.', '/', ':', '@'].map((each) => rest.lastIndexOf(each, width - 1)));
      const end = sign > width / 2 ? sign + 1 : width;
      lines.push(rest.slice(0, end));
      rest = rest.slice(end);
    }
    return [...lines, rest].join('\n');
  });
  return words.join(' ');
}

/** Lines of text, broken between words. */
export function wrapped(text: string): string {
  const chars = Object.fromEntries(Object.keys(new Table().options.chars).map((name) => [name, '']));
  // The lines after the first are indented.
  const table = new Table({ chars, colWidths: [COLUMNS - 2], wordWrap: true, style: { 'padding-left': 0, 'padding-right': 0 } });
  table.push([text]);
  return table
    .toString()
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n  ');
}

function widthOf(cell: string | number | undefined): number {
  return stripVTControlCharacters(String(cell ?? '')).length;
}

function longest(widths: readonly number[]): number {
  return Math.max(0, ...widths);
}
