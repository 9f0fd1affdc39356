import type { Catalogue } from '../../engine/pricing/catalogue';
import { formatUsd } from '../../engine/pricing/usd-text';
import { displayNames } from '../../engine/digest/display-names';
import { cents } from '../../engine/pricing/money-text';
import { wrapped } from '../tables/wrapped';
import { bold, countOf, formatNumber, printable } from '../terminal';
import type { CallTotals } from './call-totals';
import type { ReplaySummary } from './replay-summary';
import type { SummaryLines } from './summary-lines';
import { summaryTable } from './summary-table';

export interface ReportOptions {
  readonly axes: readonly string[];
  readonly catalogue: Catalogue;
  /** Columns of the terminal. */
  readonly width: number;
}

/** The result of a replay in sentences and tables. */
export function report(summary: ReplaySummary, lines: SummaryLines, { axes, catalogue, width }: ReportOptions): string {
  const blocks = [summaryTable(lines, axes, catalogue, width), [exactTotal(lines.total), ...records(summary, width)].join('\n')];
  if (summary.unpriced.size > 0) blocks.push(unpriced(summary, catalogue, width));
  const doubts = [...uncertainty(lines.total), ...flags(summary)];
  if (doubts.length > 0) blocks.push([bold('Less than exact'), ...doubts.map((doubt) => wrapped(doubt, width, '  '))].join('\n'));
  return blocks.join('\n\n');
}

/** Once with all digits: the table is to the cent. */
function exactTotal({ low, high, priced, rated }: CallTotals): string {
  if (priced === 0 && rated > 0) return '  no call has a price';
  return `  exactly USD ${formatUsd(low, 2)}${low === high ? '' : `, at most ${formatUsd(high, 2)}`}`;
}

function records({ records, recordCount, outsidePeriod, ignored }: ReplaySummary, width: number): string[] {
  const states = Object.entries(records).map(([state, count]) => `${formatNumber(count)} ${state}`);
  const lines = [`${countOf(recordCount, 'record')}: ${states.join(', ')}`];
  const reasons = ignored.entries.sort(([, one], [, other]) => other.records - one.records);
  if (reasons.length > 0) {
    lines.push(`ignored: ${reasons.map(([[reason = ''], count]) => `${formatNumber(count.records)} ${reason}`).join(', ')}`);
  }
  if (outsidePeriod > 0) lines.push(`${formatNumber(outsidePeriod)} more are outside of --from and --to`);
  return lines.map((line) => wrapped(printable(line), width, '  '));
}

function unpriced({ unpriced, records }: ReplaySummary, catalogue: Catalogue, width: number): string {
  const groups = unpriced.entries.sort(([, one], [, other]) => other.calls - one.calls);
  const names = displayNames(
    'model',
    groups.map(([[model = '']]) => model),
    catalogue,
  );
  const lines = groups.map(([[model = '', reason = ''], { calls, input, cacheRead, cacheWrite, output }]) => {
    const tokens = `${formatNumber(input + cacheRead + cacheWrite)} tokens in, ${formatNumber(output)} out`;
    return wrapped(printable(`${names.get(model)}: ${countOf(calls, 'call')}, ${tokens}: ${reason}`), width, '  ');
  });
  return [bold(`Without a price: ${countOf(records.unpriced, 'call')}, not in the total`), ...lines].join('\n');
}

function uncertainty({ low, high }: CallTotals): string[] {
  if (low === high) return [];
  return [`the cost is from ${cents(low)} to ${cents(high)} USD: some records leave open which price holds`];
}

const flags = ({ flagged }: ReplaySummary): string[] =>
  flagged.entries.map(([[flag = ''], { calls, low }]) => `${printable(flag)}: ${countOf(calls, 'call')}, ${cents(low)} USD`);
