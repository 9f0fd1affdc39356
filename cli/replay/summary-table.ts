import type { Catalogue } from '../../engine/pricing/catalogue';
import { type Column, fittedTable } from '../tables/fitted-table';
import { compactNumber } from '../tables/compact-number';
import { displayNames } from '../../engine/digest/display-names';
import { cents } from '../../engine/pricing/money-text';
import { wrapped } from '../tables/wrapped';
import { formatNumber } from '../terminal';
import type { CallTotals } from './call-totals';
import type { SummaryLines } from './summary-lines';

const NO_PRICE = 'no price';

interface Count {
  readonly head: string;
  readonly read: (totals: CallTotals) => number;
  /** As in Column. */
  readonly leftOut?: number;
}

/** What is counted beside the cost, in the order of the table. */
const COUNTS: readonly Count[] = [
  { head: 'calls', read: ({ calls }) => calls },
  { head: 'failed', read: ({ failed }) => failed, leftOut: 5 },
  { head: 'input', read: ({ input }) => input, leftOut: 3 },
  { head: 'cache\nread', read: ({ cacheRead }) => cacheRead, leftOut: 2 },
  { head: 'cache\nwrite', read: ({ cacheWrite }) => cacheWrite, leftOut: 1 },
  { head: 'output', read: ({ output }) => output, leftOut: 4 },
];

/** Columns of counts, one cell for each group of calls. */
const countColumns = (all: readonly CallTotals[]): Column[] =>
  COUNTS.map(({ head, read, leftOut }) => ({
    head,
    cells: all.map((totals) => formatNumber(read(totals))),
    compact: all.map((totals) => compactNumber(read(totals))),
    isRight: true,
    leftOut,
  }));

/** Every column of the summary; the last row is the total. */
export function summaryColumns(lines: SummaryLines, axes: readonly string[], catalogue: Catalogue): Column[] {
  const all = [...lines.lines.map(({ totals }) => totals), ...(lines.rest ? [lines.rest.totals] : []), lines.total];
  const isRange = lines.total.low !== lines.total.high;
  return [
    ...axes.map((axis, at) => nameColumn(lines, axis, at, catalogue)),
    ...countColumns(all),
    { head: 'USD', cells: all.map(({ low, priced, rated }) => amount(low, priced, rated)), isRight: true },
    ...(isRange ? [{ head: 'at most', cells: all.map(({ high, priced }) => (priced > 0 ? cents(high) : '')), isRight: true }] : []),
  ];
}

/** The table in a terminal, and below it what is not shown in so many columns. */
export function summaryTable(lines: SummaryLines, axes: readonly string[], catalogue: Catalogue, width: number): string {
  const { text, leftOut } = fittedTable(summaryColumns(lines, axes, catalogue), width, { hasTotal: true });
  if (leftOut.length === 0) return text;
  return `${text}\n${wrapped(`no room for ${leftOut.join(', ')}: a wider terminal and --format csv have them`, width, '  ')}`;
}

function nameColumn({ lines, rest }: SummaryLines, axis: string, at: number, catalogue: Catalogue): Column {
  const names = lines.map(({ names }) => names[at]!);
  const shown = displayNames(axis, names, catalogue);
  const more = rest ? [at === 0 ? `(${formatNumber(rest.count)} more)` : ''] : [];
  return { head: axis, cells: [...names.map((name) => shown.get(name) ?? name), ...more, at === 0 ? 'total' : ''], isName: true };
}

/** Unknown is not zero; calls that all failed or were blocked cost nothing. */
const amount = (low: bigint, priced: number, rated: number): string => (priced === 0 && rated > 0 ? NO_PRICE : cents(low));
