import pc from 'picocolors';
import { formatUsd } from '../../engine/pricing/usd-text';
import { table } from '../text-table';
import type { Tally } from './tally';
import type { Total } from './totals';

const COLUMNS: ReadonlyArray<readonly [string, (total: Total) => number]> = [
  ['calls', (total) => total.calls],
  ['input', (total) => total.input],
  ['cache read', (total) => total.cacheRead],
  ['cache write', (total) => total.cacheWrite],
  ['output', (total) => total.output],
];

const number = (value: number): string => value.toLocaleString('en-US');
const counted = (value: number, what: string): string => `${number(value)} ${what}${value === 1 ? '' : 's'}`;

/** What a replay came to, in words and tables. */
export function report(tally: Tally, by: string): string {
  const blocks = [costs(tally, by), records(tally)];
  if (tally.unpriced.size > 0) blocks.push(unpriced(tally));
  const doubts = [...uncertainty(tally.all), ...flags(tally)];
  if (doubts.length > 0) blocks.push([pc.bold('Less than exact'), ...doubts.map((doubt) => `  ${doubt}`)].join('\n'));
  return blocks.join('\n\n');
}

function costs({ groups, all }: Tally, by: string): string {
  const sorted = [...groups].sort(by === 'day' ? byName : byCost);
  const rows: Array<readonly [string, Total]> = [...sorted, [pc.bold('total'), all]];
  const ranged = all.low !== all.high;
  const low = aligned(rows.map(([, total]) => total.low));
  const high = aligned(rows.map(([, total]) => total.high));
  return table(
    [by, ...COLUMNS.map(([title]) => title), 'USD', ...(ranged ? ['at most'] : [])],
    rows.map(([name, total], at) => {
      const known = total.priced > 0;
      const amounts = [known ? low[at]! : 'no price', ...(ranged ? [known ? high[at]! : ''] : [])];
      return [name, ...COLUMNS.map(([, read]) => number(read(total))), ...amounts];
    }),
    [1, 2, 3, 4, 5, 6, 7],
  );
}

function records({ records, total, outside, ignored }: Tally): string {
  const states = Object.entries(records).map(([state, count]) => `${number(count)} ${state}`);
  const lines = [`${counted(total, 'record')}: ${states.join(', ')}`];
  const why = [...ignored].sort(([, one], [, other]) => other.records - one.records);
  if (why.length > 0) lines.push(`ignored: ${why.map(([reason, count]) => `${number(count.records)} ${reason}`).join(', ')}`);
  if (outside > 0) lines.push(`${number(outside)} more are outside of --from and --to`);
  return lines.map((line) => `  ${line}`).join('\n');
}

function unpriced({ unpriced, records }: Tally): string {
  const rows = [...unpriced].sort(([, one], [, other]) => other.calls - one.calls);
  const drawn = table(
    ['model', ...COLUMNS.map(([title]) => title), 'why'],
    rows.map(([key, total]) => {
      const [model = '', reason = ''] = key.split('\n');
      return [model, ...COLUMNS.map(([, read]) => number(read(total))), reason];
    }),
    [1, 2, 3, 4, 5],
  );
  return `${pc.bold(`Without a price: ${counted(records.unpriced, 'call')}, not in the total`)}\n${drawn}`;
}

function uncertainty({ low, high }: Total): string[] {
  if (low === high) return [];
  return [`the cost is from ${formatUsd(low)} to ${formatUsd(high)} USD: some records do not tell how long cached tokens were to live`];
}

const flags = ({ flagged }: Tally): string[] =>
  [...flagged].map(([flag, { calls, low }]) => `${flag}: ${counted(calls, 'call')}, ${formatUsd(low)} USD`);

/** Amounts with all their digits, and the points below each other. */
function aligned(amounts: readonly bigint[]): string[] {
  const parts = amounts.map((amount) => formatUsd(amount).split('.'));
  const digits = Math.max(2, ...parts.map(([, fraction = '']) => fraction.length));
  return parts.map(([whole = '', fraction = '']) => `${whole}.${fraction.padEnd(digits, '0')}`);
}

const byName = ([one]: readonly [string, Total], [other]: readonly [string, Total]): number => (one < other ? -1 : 1);

const byCost = ([, one]: readonly [string, Total], [, other]: readonly [string, Total]): number =>
  one.low === other.low ? other.calls - one.calls : one.low < other.low ? 1 : -1;
