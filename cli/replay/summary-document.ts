import { formatUsd } from '../../engine/pricing/usd-text';
import type { CallTotals } from './call-totals';
import { type Axes, NONE } from './grouping';
import type { ReplaySummary } from './replay-summary';
import type { SummaryLines } from './summary-lines';

/** Sums of calls as they are written for programs. Amounts are decimals in USD, absent where no call has a price. */
export interface SummarySums {
  readonly calls: number;
  readonly failed: number;
  readonly priced: number;
  readonly unpriced: number;
  readonly input: number;
  readonly cacheRead: number;
  readonly cacheWrite: number;
  readonly output: number;
  readonly costUsd?: string;
  readonly costHighUsd?: string;
}

export function sumsOf({ calls, failed, rated, priced, input, cacheRead, cacheWrite, output, low, high }: CallTotals): SummarySums {
  const isKnown = priced > 0 || rated === 0;
  return {
    ...{ calls, failed, priced, unpriced: rated - priced, input, cacheRead, cacheWrite, output },
    costUsd: isKnown ? formatUsd(low) : undefined,
    costHighUsd: isKnown ? formatUsd(high) : undefined,
  };
}

/** A name for programs: null where calls have none. */
export const nameOf = (name: string | undefined): string | null => (name === undefined || name === NONE ? null : name);

/** The summary of `--format json`. */
export function summaryDocument(summary: ReplaySummary, lines: SummaryLines, { names: by }: Axes, timeZone: string): object {
  return {
    by,
    timeZone,
    lines: lines.lines.map(({ names, totals }) => ({
      ...Object.fromEntries(by.map((axis, at) => [axis, nameOf(names[at])])),
      ...sumsOf(totals),
    })),
    more: lines.rest && { lines: lines.rest.count, ...sumsOf(lines.rest.totals) },
    total: sumsOf(lines.total),
    records: summary.records,
    outsidePeriod: summary.outsidePeriod,
    ignored: summary.ignored.entries.map(([[reason], { records }]) => ({ reason, records })),
    unpriced: summary.unpriced.entries.map(([[model, reason], { calls }]) => ({ model, reason, calls })),
    flags: summary.flagged.entries.map(([[flag], totals]) => ({ flag, calls: totals.calls, costUsd: formatUsd(totals.low) })),
  };
}
