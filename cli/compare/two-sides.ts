import { BoundedGroups } from '../replay/bounded-groups';
import type { CostRange } from '../replay/call-cost';
import { CallTotals } from '../replay/call-totals';
import type { Axes } from '../replay/grouping';
import type { ReplayedCall } from '../replay/replayed-call';

export type Side = 'before' | 'after';

/** The calls of one group on both sides. */
export interface ComparedLine {
  readonly names: readonly string[];
  readonly before: CallTotals;
  readonly after: CallTotals;
}

/** Adds up calls of two periods, or of two sets of logs, by the same axes. */
export class TwoSides {
  private readonly groups = new BoundedGroups(() => ({ before: new CallTotals(), after: new CallTotals() }));

  constructor(private readonly axes: Axes) {}

  public add(side: Side, rated: ReplayedCall, cost: CostRange): void {
    if (rated.counts) this.groups.at(...this.axes.groupings.map((grouping) => grouping(rated)))[side].add(rated, cost);
  }

  public get lines(): readonly ComparedLine[] {
    return this.groups.entries.map(([names, sides]) => ({ names, ...sides }));
  }
}

/** Several lines as one. */
export function together(lines: readonly ComparedLine[], ...names: readonly string[]): ComparedLine {
  return { names, before: CallTotals.of(lines.map(({ before }) => before)), after: CallTotals.of(lines.map(({ after }) => after)) };
}

/** By how much the cost differs. Undefined where it is unknown on one side. */
export const changeOf = ({ before, after }: ComparedLine): bigint | undefined =>
  isUnknown(before) || isUnknown(after) ? undefined : after.low - before.low;

/** Whether there are calls that used something, and none of them has a price. */
export const isUnknown = ({ priced, rated }: CallTotals): boolean => priced === 0 && rated > 0;
