import { stringify } from 'csv-stringify/sync';
import type { Axes } from './grouping';
import { nameOf, type SummarySums, sumsOf } from './summary-document';
import type { SummaryLines } from './summary-lines';

const SUMS: ReadonlyArray<keyof SummarySums> = [
  ...(['calls', 'failed', 'priced', 'unpriced', 'input', 'cacheRead', 'cacheWrite', 'output', 'costUsd', 'costHighUsd'] as const),
];

/** The summary of `--format csv`: whole names, exact amounts, no total. A value that a spreadsheet would take for a formula is quoted. */
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

/** A difference can begin with a minus, which is no formula. */
const DECIMAL = /^-\d+(\.\d+)?$/;

const WITHOUT_FORMULAS = {
  escape_formulas: true,
  cast: { string: (value: string) => (DECIMAL.test(value) ? { value, escape_formulas: false } : value) },
};

export const csvOf = (rows: ReadonlyArray<ReadonlyArray<string | number | null | undefined>>): string =>
  stringify(rows as unknown[][], WITHOUT_FORMULAS).trimEnd();

const rowOf = (names: ReadonlyArray<string | null>, sums: SummarySums): Array<string | number | null | undefined> => [
  ...names,
  ...SUMS.map((sum) => sums[sum]),
];
