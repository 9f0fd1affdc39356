import type { Axes } from '../replay/grouping';
import { changeOf, type ComparedLine, together } from './two-sides';

type Order = (one: ComparedLine, other: ComparedLine) => number;

/** What `--sort` takes. Names go up, all else goes down; a change by its size, whatever its direction. */
const SORTS = {
  change: (line) => sizeOf(changeOf(line) ?? 0n),
  before: ({ before }) => before.low,
  after: ({ after }) => after.low,
} satisfies Readonly<Record<string, (line: ComparedLine) => bigint>>;

export const COMPARE_SORTS = [...Object.keys(SORTS), 'name'] as const;

export interface ComparedLines {
  readonly lines: readonly ComparedLine[];
  /** Those that `--top` leaves out, and how many they are. */
  readonly rest?: ComparedLine;
  readonly restCount: number;
  readonly total: ComparedLine;
}

/** The lines in their order: times by name, all else by the size of the change, unless another order is asked for. */
export function comparedLines(
  all: readonly ComparedLine[],
  { isByTime }: Axes,
  { sort, top }: { readonly sort?: string; readonly top: number },
): ComparedLines {
  const sorted = [...all].sort(orderOf(sort ?? (isByTime ? 'name' : 'change')));
  const rest = sorted.slice(top);
  return {
    lines: sorted.slice(0, top),
    rest: rest.length === 0 ? undefined : together(rest),
    restCount: rest.length,
    total: together(all),
  };
}

function orderOf(sort: string): Order {
  const first = sort === 'name' ? byNames : by(SORTS[sort as keyof typeof SORTS]);
  return (one, other) => first(one, other) || by(SORTS.after)(one, other) || byNames(one, other);
}

const by =
  (read: (line: ComparedLine) => bigint): Order =>
  (one, other) =>
    read(one) === read(other) ? 0 : read(one) < read(other) ? 1 : -1;

const byNames: Order = ({ names: one }, { names: other }) => {
  const at = one.findIndex((name, index) => name !== other[index]);
  return at < 0 ? 0 : one[at]! < other[at]! ? -1 : 1;
};

const sizeOf = (amount: bigint): bigint => (amount < 0n ? -amount : amount);
