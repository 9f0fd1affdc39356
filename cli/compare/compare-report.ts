import type { Catalogue } from '../../engine/pricing/catalogue';
import { formatUsd } from '../../engine/pricing/usd-text';
import type { CallTotals } from '../replay/call-totals';
import { type Axes, NONE } from '../replay/grouping';
import { nameOf, sumsOf } from '../replay/summary-document';
import { compactNumber } from '../tables/compact-number';
import { csvOf } from '../tables/csv';
import { displayNames } from '../../engine/digest/display-names';
import type { Column } from '../tables/fitted-table';
import { cents, signedCents } from '../../engine/pricing/money-text';
import { formatNumber } from '../terminal';
import type { ComparedLines } from './compared-lines';
import { changeOf, type ComparedLine, isUnknown } from './two-sides';

const UNKNOWN = 'unknown';

/** The comparison as columns of a table; the last row is the total. */
export function compareColumns(lines: ComparedLines, { names: axes }: Axes, catalogue: Catalogue): Column[] {
  const all = rowsOf(lines);
  const count = (head: string, read: (line: ComparedLine) => number, leftOut?: number): Column => ({
    head,
    cells: all.map((line) => formatNumber(read(line))),
    compact: all.map((line) => compactNumber(read(line))),
    isRight: true,
    leftOut,
  });
  return [
    ...axes.map((axis, at) => nameColumn(lines, axis, at, catalogue)),
    count('calls\nbefore', ({ before }) => before.calls, 2),
    count('calls\nafter', ({ after }) => after.calls, 2),
    count('failed\nbefore', ({ before }) => before.failed, 1),
    count('failed\nafter', ({ after }) => after.failed, 1),
    { head: 'USD\nbefore', cells: all.map(({ before }) => amount(before)), isRight: true },
    { head: 'USD\nafter', cells: all.map(({ after }) => amount(after)), isRight: true },
    { head: 'change', cells: all.map(changeText), isRight: true },
    { head: '%', cells: all.map(percentText), isRight: true },
  ];
}

/** The comparison for programs: whole names, exact amounts. */
export function compareDocument(lines: ComparedLines, { names: by }: Axes, timeZone: string): object {
  const sides = (line: ComparedLine) => ({
    before: sumsOf(line.before),
    after: sumsOf(line.after),
    changeUsd: decimal(changeOf(line)),
    changePercent: percentOf(line),
  });
  return {
    by,
    timeZone,
    lines: lines.lines.map((line) => ({
      ...Object.fromEntries(by.map((axis, at) => [axis, nameOf(line.names[at])])),
      ...sides(line),
    })),
    more: lines.rest && { lines: lines.restCount, ...sides(lines.rest) },
    total: sides(lines.total),
  };
}

export function compareCsv({ lines, rest, restCount }: ComparedLines, { names: by }: Axes): string {
  const head = ['callsBefore', 'callsAfter', 'failedBefore', 'failedAfter', 'costUsdBefore', 'costUsdAfter', 'changeUsd', 'changePercent'];
  const all = rest ? [...lines, { ...rest, names: by.map((_, at) => (at === 0 ? `(${restCount} more)` : NONE)) }] : lines;
  const rows = all.map((line) => {
    const [before, after] = [sumsOf(line.before), sumsOf(line.after)];
    const counts = [before.calls, after.calls, before.failed, after.failed];
    return [
      ...by.map((_, at) => nameOf(line.names[at])),
      ...counts,
      before.costUsd,
      after.costUsd,
      decimal(changeOf(line)),
      percentOf(line),
    ];
  });
  return csvOf([[...by, ...head], ...rows]);
}

function nameColumn({ lines, rest, restCount }: ComparedLines, axis: string, at: number, catalogue: Catalogue): Column {
  const names = lines.map(({ names }) => names[at]!);
  const shown = displayNames(axis, names, catalogue);
  const more = rest ? [at === 0 ? `(${formatNumber(restCount)} more)` : ''] : [];
  return { head: axis, cells: [...names.map((name) => shown.get(name)!), ...more, at === 0 ? 'total' : ''], isName: true };
}

const rowsOf = ({ lines, rest, total }: ComparedLines): readonly ComparedLine[] => [...lines, ...(rest ? [rest] : []), total];

const amount = (totals: CallTotals): string => (isUnknown(totals) ? 'no price' : cents(totals.low));

function changeText(line: ComparedLine): string {
  const change = changeOf(line);
  return change === undefined ? UNKNOWN : signedCents(change);
}

function percentText(line: ComparedLine): string {
  if (line.before.calls === 0) return 'new';
  if (line.after.calls === 0) return 'gone';
  const percent = percentOf(line);
  return percent === undefined ? '' : `${percent > 0 ? '+' : ''}${percent.toFixed(1)}`;
}

/** With one decimal. Undefined where the cost before is zero or unknown. */
function percentOf(line: ComparedLine): number | undefined {
  const change = changeOf(line);
  return change === undefined || line.before.low === 0n ? undefined : Math.round(Number((1000n * change) / line.before.low)) / 10;
}

function decimal(change: bigint | undefined): string | undefined {
  return change === undefined ? undefined : formatUsd(change);
}
