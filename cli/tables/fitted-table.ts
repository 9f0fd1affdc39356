import { printable, printableLines, table } from '../terminal';
import { cutInMiddle, textWidth } from './text-width';

/** One column, with a cell for each row. A head of several lines is narrower. */
export interface Column {
  readonly head: string;
  readonly cells: readonly string[];
  readonly isRight?: boolean;
  /** The same, narrower, for where there is no room for the cells. */
  readonly compact?: readonly string[];
  /** The column can be left out where there is no room; the one with the lowest number first. */
  readonly leftOut?: number;
  /** The cells are names, which can be cut. */
  readonly isName?: boolean;
}

export interface FittedTable {
  readonly text: string;
  /** The heads of the columns for which there is no room. */
  readonly leftOut: readonly string[];
}

const INDENT = 2;
const GAP = 2;
/** A name is cut to this width before a column is left out, and further only if there is no other way. */
const ENOUGH_FOR_NAME = 26;
const LEAST_FOR_NAME = 8;

/**
 * A table that fits a width: numbers get shorter first, then columns are left out, then names are cut.
 *
 * @param columns of which the first is always shown
 */
export function fittedTable(columns: readonly Column[], width: number, options: { readonly hasTotal?: boolean } = {}): FittedTable {
  // Before it is measured: an escape takes more room than the character that it stands for.
  const variants = variantsOf(
    columns.map((column) => ({ ...column, head: printableLines(column.head), cells: column.cells.map(printable) })),
  );
  const shown = variants.find((variant) => widthOf(variant, ENOUGH_FOR_NAME) <= width) ?? variants.at(-1)!;
  const fitted = withShortNames(shown, width);
  const rows = fitted[0]!.cells.map((_, row) => fitted.map(({ cells }) => cells[row]!));
  const text = table({
    head: fitted.map(({ head }) => head),
    rows: options.hasTotal ? rows.slice(0, -1) : rows,
    total: options.hasTotal ? rows.at(-1) : undefined,
    right: fitted.flatMap(({ isRight }, at) => (isRight ? [at] : [])),
  });
  const heads = new Set(shown.map(({ head }) => head));
  return { text, leftOut: variants[0]!.flatMap(({ head }) => (heads.has(head) ? [] : [head.replaceAll('\n', ' ')])) };
}

/** From all there is to the least. */
function variantsOf(columns: readonly Column[]): Array<readonly Column[]> {
  const compact = columns.map((column) => ({ ...column, cells: column.compact ?? column.cells }));
  const variants: Array<readonly Column[]> = [columns, compact];
  const order = columns.flatMap(({ leftOut }) => leftOut ?? []).sort((one, other) => one - other);
  for (const last of order) variants.push(compact.filter(({ leftOut }) => leftOut === undefined || leftOut > last));
  return variants;
}

const ownWidth = ({ head, cells }: Column): number =>
  [...head.split('\n'), ...cells].reduce((width, text) => Math.max(width, textWidth(text)), 0);

const widthOf = (columns: readonly Column[], enough: number): number =>
  INDENT + columns.reduce((sum, column) => sum + (column.isName ? Math.min(ownWidth(column), enough) : ownWidth(column)) + GAP, -GAP);

/** The narrower names are kept whole as long as the wider ones can give room. */
function withShortNames(columns: readonly Column[], width: number): readonly Column[] {
  const names = columns.filter(({ isName }) => isName);
  let room = width - widthOf(columns, 0);
  const rooms = new Map<Column, number>();
  [...names]
    .sort((one, other) => ownWidth(one) - ownWidth(other))
    .forEach((column, at) => {
      const share = Math.max(LEAST_FOR_NAME, Math.floor(room / (names.length - at)));
      rooms.set(column, Math.min(ownWidth(column), share));
      room -= rooms.get(column)!;
    });
  return columns.map((column) => {
    const room = rooms.get(column);
    if (room === undefined) return column;
    return { ...column, head: cutInMiddle(column.head, room), cells: column.cells.map((cell) => cutInMiddle(cell, room)) };
  });
}
