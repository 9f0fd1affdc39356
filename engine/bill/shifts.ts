import type { Cell } from './cells';
import type { UnitPrice } from './differences';

/** The cells of the same usage on different days. */
export interface Series {
  readonly cells: readonly Cell[];
  /** Our price, over all days: a day without calls of ours has none. */
  readonly unitPrice?: UnitPrice;
}

export function seriesOf(cells: readonly Cell[]): Series[] {
  const series = new Map<string, Cell[]>();
  for (const cell of cells) {
    const key = JSON.stringify({ ...cell.key, day: undefined });
    const known = series.get(key);
    if (known) known.push(cell);
    else series.set(key, [cell]);
  }
  return [...series.values()].map((ofSeries) => {
    ofSeries.sort((one, other) => (one.key.day < other.key.day ? -1 : 1));
    return { cells: ofSeries, unitPrice: priceOf(ofSeries) };
  });
}

/** The price of a cell alone, because prices change; that of its series where it has no calls of ours. */
export const unitPriceOf = (cell: Cell, { unitPrice }: Series): UnitPrice | undefined => priceOf([cell]) ?? unitPrice;

function priceOf(cells: readonly Cell[]): UnitPrice | undefined {
  const priced = cells.flatMap(({ ours }) => (ours && ours.unpricedTokens === 0 && ours.tokens > 0 ? [ours] : []));
  if (priced.length === 0) return undefined;
  return { amount: priced.reduce((sum, { low }) => sum + low, 0n), tokens: priced.reduce((sum, { tokens }) => sum + tokens, 0) };
}

const DAY_MS = 86_400_000;

/**
 * How many tokens the bill has more on a day because it has as many less on the day before or after: a call at midnight, a clock
 * that is wrong, or a record that came late.
 */
export function shiftsIn({ cells }: Series): Map<Cell, number> {
  const shifts = new Map<Cell, number>();
  const gaps = cells.map(gapOf);
  for (let at = 1; at < cells.length; at += 1) {
    const before = gaps[at - 1]!;
    const gap = gaps[at]!;
    if (before * gap >= 0 || Date.parse(cells[at]!.key.day) - Date.parse(cells[at - 1]!.key.day) !== DAY_MS) continue;
    const moved = Math.min(Math.abs(before), Math.abs(gap)) * Math.sign(gap);
    gaps[at] = gap - moved;
    add(shifts, cells[at]!, moved);
    add(shifts, cells[at - 1]!, -moved);
  }
  return shifts;
}

const add = (shifts: Map<Cell, number>, cell: Cell, tokens: number): unknown => shifts.set(cell, (shifts.get(cell) ?? 0) + tokens);

/** More tokens on the bill than counted, beyond what rounding explains. */
function gapOf({ key, ours, billed }: Cell): number {
  if (billed && billed.tokens === undefined) return 0;
  if (key.source !== undefined || ours?.unpricedTokens) return 0;
  const gap = (billed?.tokens ?? 0) - (ours?.tokens ?? 0);
  return Math.abs(gap) <= (billed?.tokenRounding ?? 0) ? 0 : gap;
}
