import { bold, printable } from '../terminal';

/** Scripts whose characters take two columns of a terminal, and emoji. */
const WIDE =
  /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{1f300}-\u{1faff}\u{20000}-\u{3fffd}]/gu;
const NO_WIDTH = /\p{Mn}|\p{Me}|\u200d/gu;
const ASCII = /^[\x20-\x7e]*$/;
const GAP = '  ';
const MARGIN = '  ';

/** The columns that a text takes on a terminal. */
export function widthOf(text: string): number {
  if (ASCII.test(text)) return text.length;
  return [...text.replace(NO_WIDTH, '')].length + (text.match(WIDE)?.length ?? 0);
}

/** The beginning of a text that fits. */
export function fitting(text: string, width: number): string {
  if (widthOf(text) <= width) return text;
  let [kept, room] = ['', width - 1];
  for (const character of text) {
    room -= widthOf(character);
    if (room < 0) break;
    kept += character;
  }
  return `${kept}…`;
}

export interface Columns {
  readonly head: readonly string[];
  readonly rows: ReadonlyArray<readonly string[]>;
  /** Indexes of the columns that are aligned to the right. */
  readonly right: readonly number[];
  /** The width of each column, where it is not that of its longest cell. */
  readonly widths?: readonly number[];
}

/** The width of each column. */
export const columnWidths = ({ head, rows }: Pick<Columns, 'head' | 'rows'>): number[] =>
  rows.reduce<number[]>(
    (widths, row) => widths.map((width, at) => Math.max(width, widthOf(row[at] ?? ''))),
    head.map((cell) => cell.length),
  );

/** What columns of these widths take on a line. */
export const lineWidth = (widths: readonly number[]): number =>
  MARGIN.length + widths.reduce((sum, width) => sum + width, 0) + GAP.length * (widths.length - 1);

/** Lines of columns without rules, the head in bold. Cells must be printable. One pass, because a trace can have many spans. */
export function columns({ head, rows, right, widths = columnWidths({ head, rows }) }: Columns): string[] {
  const toRight = new Set(right);
  const line = (cells: readonly string[], style: (cell: string) => string): string =>
    (
      MARGIN +
      cells
        .map((cell, at) => {
          const text = fitting(cell, widths[at]!);
          const space = ' '.repeat(widths[at]! - widthOf(text));
          return toRight.has(at) ? space + style(text) : style(text) + space;
        })
        .join(GAP)
    ).trimEnd();
  return [line(head, bold), ...rows.map((row) => line(row, (cell) => cell))];
}

/** A text in lines that fit, behind what begins the first and the others. A word that does not fit is broken. */
export function wrapped(text: string, width: number, first: string, indent = first): string[] {
  const lines: string[] = [];
  let line = first;
  for (const word of printable(text).split(' ')) {
    let rest = word;
    if (line.trim() !== '' && widthOf(line) + 1 + widthOf(rest) > width) {
      lines.push(line);
      line = indent;
    } else if (line.trim() !== '') {
      line += ' ';
    }
    while (widthOf(line) + widthOf(rest) > width && rest.length > 1) {
      // By whole characters: one can be two units of the text.
      const piece = [...rest].slice(0, Math.max(1, width - widthOf(line))).join('');
      lines.push(line + piece);
      rest = rest.slice(piece.length);
      line = indent;
    }
    line += rest;
  }
  return [...lines, line];
}
