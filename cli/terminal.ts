import Table from 'cli-table3';
import pc from 'picocolors';
import { UNFIT_CHARACTERS } from '../engine/unfit-characters';

// Everything that is printed for people goes through here. Model ids, callers, file names and metadata come from records and
// could hold escape sequences, which a terminal would obey, or line feeds, which would fake lines of a report.

/** As JSON writes it: by its units of UTF-16. */
const escaped = (character: string): string =>
  character.replace(/[^]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);

/** A text on one line, with escapes like \u001b instead of characters that a terminal would obey. */
export const printable = (text: string): string => text.replace(UNFIT_CHARACTERS, escaped);

/** Several lines, each made printable. */
export const printableLines = (text: string): string =>
  text.replace(UNFIT_CHARACTERS, (character) => (character === '\n' ? '\n' : escaped(character)));

/** A value as indented JSON. JSON.parse returns the same value: the characters that are escaped occur in strings only. */
export const printableJson = (value: unknown): string => printableLines(JSON.stringify(value, undefined, 2));

export const bold = (text: string): string => pc.bold(printable(text));

/** A whole number with thousands: 12,345. */
export const formatNumber = (value: number): string => value.toLocaleString('en-US');

/** A number and what it counts: 1 record, 2 records. */
export const countOf = (value: number, noun: string): string => `${formatNumber(value)} ${noun}${value === 1 ? '' : 's'}`;

type Row = readonly string[];

export interface TableOptions {
  readonly head: Row;
  readonly rows: readonly Row[];
  /** A last row whose first cell is bold. */
  readonly total?: Row;
  /** Indexes of the columns that are aligned to the right. */
  readonly right?: readonly number[];
}

/** A table without rules: indented, columns two spaces apart, the head in bold. */
export function table({ head, rows, total, right = [] }: TableOptions): string {
  const drawn = new Table({
    chars: Object.fromEntries(RULES.map((rule) => [rule, ''])),
    style: { 'padding-left': 0, 'padding-right': 2, head: [], border: [] },
    colAligns: head.map((_, column) => (right.includes(column) ? 'right' : 'left')),
  });
  drawn.push(...headRows(head), ...rows.map((row) => row.map(printable)));
  if (total) drawn.push(total.map((cell, column) => (column === 0 ? bold(cell) : printable(cell))));
  return drawn
    .toString()
    .split('\n')
    .map((line) => `  ${line.trimEnd()}`)
    .join('\n');
}

/** A head of several lines ends on the last of them. */
function headRows(head: Row): string[][] {
  const heads = head.map((text) => text.split('\n'));
  const height = Math.max(...heads.map((lines) => lines.length));
  return Array.from({ length: height }, (_, row) => heads.map((lines) => bold(lines[row - height + lines.length] ?? '')));
}

/** The columns of the terminal: those of COLUMNS, if it is set, else those of the stream. 80 where there is no terminal. */
export const columnsOf = (stream: { readonly columns?: number }): number => {
  const asked = Number(process.env.COLUMNS);
  // Pseudoterminals of scripts say 0 columns.
  return asked > 0 ? asked : stream.columns || 80;
};

const RULES = [
  ...['top', 'top-mid', 'top-left', 'top-right', 'bottom', 'bottom-mid', 'bottom-left', 'bottom-right'],
  ...['left', 'left-mid', 'mid', 'mid-mid', 'right', 'right-mid', 'middle'],
];
