import { csvOf } from '../tables/csv';
import type { Axes } from './grouping';
import { nameOf, type SummarySums, sumsOf } from './summary-document';
import type { SummaryLines } from './summary-lines';

const SUMS: ReadonlyArray<keyof SummarySums> = [
  ...(['calls', 'failed', 'priced', 'unpriced', 'input', 'cacheRead', 'cacheWrite', 'output', 'costUsd', 'costHighUsd'] as const),
];

/** The summary of `--format csv`: whole names, exact amounts, no total. */
export function summaryCsv({ lines, rest }: SummaryLines, { names: by }: Axes): string {
  const rows = lines.map(({ names, totals }) =>
    rowOf(
      by.map((_, at) => nameOf(names[at])),
      sumsOf(totals),
    ),
  );
  const more = rest
    ? [
        rowOf(
          by.map((_, at) => (at === 0 ? `(${rest.count} more)` : null)),
          sumsOf(rest.totals),
        ),
      ]
    : [];
  return csvOf([[...by, ...SUMS], ...rows, ...more]);
}

const rowOf = (names: ReadonlyArray<string | null>, sums: SummarySums): Array<string | number | null | undefined> => [
  ...names,
  ...SUMS.map((sum) => sums[sum]),
];
