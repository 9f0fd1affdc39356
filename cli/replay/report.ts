import { formatUsd } from '../../engine/pricing/usd-text';
import { bold, countOf, formatNumber, printable, table } from '../terminal';
import { CallTotals } from './call-totals';
import type { Axes } from './grouping';
import type { ReplaySummary } from './replay-summary';

const COUNTS: ReadonlyArray<readonly [title: string, read: (totals: CallTotals) => number]> = [
  ['calls', ({ calls }) => calls],
  ['input', ({ input }) => input],
  ['cache read', ({ cacheRead }) => cacheRead],
  ['cache write', ({ cacheWrite }) => cacheWrite],
  ['output', ({ output }) => output],
];
const COUNT_TITLES = COUNTS.map(([title]) => title);

type Group = readonly [names: readonly string[], totals: CallTotals];

/** The result of a replay in sentences and tables. */
export function report(summary: ReplaySummary, axes: Axes, top: number): string {
  const blocks = [costs(summary, axes, top), records(summary)];
  if (summary.unpriced.size > 0) blocks.push(unpriced(summary));
  const doubts = [...uncertainty(summary.allCalls), ...flags(summary)];
  if (doubts.length > 0) blocks.push([bold('Less than exact'), ...doubts.map((doubt) => `  ${doubt}`)].join('\n'));
  return blocks.join('\n\n');
}

function costs(summary: ReplaySummary, { names: axes, isByTime }: Axes, top: number): string {
  const sorted = summary.groups.entries.sort(isByTime ? byName : byCost);
  const rest = sorted.slice(top).map(([, totals]) => totals);
  const others: Group[] = rest.length === 0 ? [] : [[[`(${formatNumber(rest.length)} more)`], CallTotals.of(rest)]];
  const groups: Group[] = [...sorted.slice(0, top), ...others, [['total'], summary.allCalls]];
  const isRange = summary.allCalls.low !== summary.allCalls.high;
  const low = aligned(groups.map(([, totals]) => totals.low));
  const high = aligned(groups.map(([, totals]) => totals.high));
  const rows = groups.map(([names, totals], at) => {
    const amounts = totals.priced > 0 ? [low[at]!, high[at]!] : ['no price', ''];
    return [...axes.map((_, axis) => names[axis] ?? ''), ...countsOf(totals), ...amounts.slice(0, isRange ? 2 : 1)];
  });
  return table({
    head: [...axes, ...COUNT_TITLES, 'USD', ...(isRange ? ['at most'] : [])],
    rows: rows.slice(0, -1),
    total: rows.at(-1),
    right: Array.from({ length: COUNT_TITLES.length + 2 }, (_, column) => column + axes.length),
  });
}

function records({ records, recordCount, outsidePeriod, ignored }: ReplaySummary): string {
  const states = Object.entries(records).map(([state, count]) => `${formatNumber(count)} ${state}`);
  const lines = [`${countOf(recordCount, 'record')}: ${states.join(', ')}`];
  const reasons = ignored.entries.sort(([, one], [, other]) => other.records - one.records);
  if (reasons.length > 0) {
    lines.push(`ignored: ${reasons.map(([[reason = ''], count]) => `${formatNumber(count.records)} ${reason}`).join(', ')}`);
  }
  if (outsidePeriod > 0) lines.push(`${formatNumber(outsidePeriod)} more are outside of --from and --to`);
  return lines.map((line) => `  ${printable(line)}`).join('\n');
}

function unpriced({ unpriced, records }: ReplaySummary): string {
  const groups = unpriced.entries.sort(([, one], [, other]) => other.calls - one.calls);
  const drawn = table({
    head: ['model', ...COUNT_TITLES, 'why'],
    rows: groups.map(([[model = '', reason = ''], totals]) => [model, ...countsOf(totals), reason]),
    right: [1, 2, 3, 4, 5],
  });
  return `${bold(`Without a price: ${countOf(records.unpriced, 'call')}, not in the total`)}\n${drawn}`;
}

const countsOf = (totals: CallTotals): string[] => COUNTS.map(([, read]) => formatNumber(read(totals)));

function uncertainty({ low, high }: CallTotals): string[] {
  if (low === high) return [];
  return [`the cost is from ${formatUsd(low)} to ${formatUsd(high)} USD: some records leave open which price holds`];
}

const flags = ({ flagged }: ReplaySummary): string[] =>
  flagged.entries.map(([[flag = ''], { calls, low }]) => `${printable(flag)}: ${countOf(calls, 'call')}, ${formatUsd(low)} USD`);

/** Amounts with all their digits, and the points below each other. */
function aligned(amounts: readonly bigint[]): string[] {
  const decimals = Math.max(2, ...amounts.map((amount) => formatUsd(amount).split('.')[1]?.length ?? 0));
  return amounts.map((amount) => formatUsd(amount, decimals));
}

const byName = (one: Group, other: Group): number => (one[0][0] === other[0][0] ? byCost(one, other) : one[0][0]! < other[0][0]! ? -1 : 1);

const byCost = ([, one]: Group, [, other]: Group): number =>
  one.low === other.low ? other.calls - one.calls : one.low < other.low ? 1 : -1;
