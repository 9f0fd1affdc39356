import { CallTotals } from './call-totals';
import type { Axes } from './grouping';
import type { ReplaySummary } from './replay-summary';

/** The calls of one group, by its names on the axes. */
interface SummaryLine {
  readonly names: readonly string[];
  readonly totals: CallTotals;
}

export interface SummaryLines {
  readonly lines: readonly SummaryLine[];
  /** Those that `--top` leaves out. */
  readonly rest?: { readonly count: number; readonly totals: CallTotals };
  readonly total: CallTotals;
}

/** What `--sort` takes. Names go up, all else goes down. */
const SORTS = {
  cost: ({ low }) => low,
  calls: ({ calls }) => calls,
  failed: ({ failed }) => failed,
  input: ({ input, cacheRead, cacheWrite }) => input + cacheRead + cacheWrite,
  output: ({ output }) => output,
} satisfies Readonly<Record<string, (totals: CallTotals) => bigint | number>>;

export const SORT_NAMES = [...Object.keys(SORTS), 'name'] as const;

export interface LinesOptions {
  /** Time goes by its name, all else by cost, where nothing is asked for. */
  readonly sort?: string;
  readonly top: number;
}

/** The lines of a summary in their order. */
export function linesOf({ groups, allCalls }: ReplaySummary, { isByTime }: Axes, { sort, top }: LinesOptions): SummaryLines {
  const all = groups.entries.map(([names, totals]) => ({ names, totals })).sort(orderOf(sort ?? (isByTime ? 'name' : 'cost')));
  const rest = all.slice(top).map(({ totals }) => totals);
  return {
    lines: all.slice(0, top),
    rest: rest.length === 0 ? undefined : { count: rest.length, totals: CallTotals.of(rest) },
    total: allCalls,
  };
}

type Order = (one: SummaryLine, other: SummaryLine) => number;

/** Where names are equal on the first axis, and amounts are equal at all, the order is that of cost, calls and names. */
function orderOf(sort: string): Order {
  const byValue = (read: (totals: CallTotals) => bigint | number): Order => {
    return (one, other) => descending(read(one.totals), read(other.totals));
  };
  const byCost = byValue(SORTS.cost);
  const first = sort === 'name' ? byFirstName : byValue(SORTS[sort as keyof typeof SORTS]);
  return (one, other) => first(one, other) || byCost(one, other) || byValue(SORTS.calls)(one, other) || byNames(one, other);
}

const byFirstName: Order = ({ names: [one = ''] }, { names: [other = ''] }) => ascending(one, other);
const byNames: Order = ({ names: one }, { names: other }) => ascending(JSON.stringify(one), JSON.stringify(other));
const ascending = (one: string, other: string): number => (one === other ? 0 : one < other ? -1 : 1);
const descending = (one: bigint | number, other: bigint | number): number => (one === other ? 0 : one < other ? 1 : -1);
