import type { Status } from '../../engine/rating/rater';
import type { UnusableRecord } from '../../engine/records/call';
import { BoundedGroups } from './bounded-groups';
import type { CostRange } from './call-cost';
import { CallTotals } from './call-totals';
import type { Grouping } from './grouping';
import type { ReplayedCall } from './replayed-call';

/** The sums over all records of a replay. */
export class ReplaySummary {
  public readonly records: Record<Status, number> = { priced: 0, unpriced: 0, ignored: 0, malformed: 0 };
  /** Records outside of `--from` and `--to`. They end in none of the states. */
  public outsidePeriod = 0;
  /** All calls, by the names of the groupings. */
  public readonly groups = new BoundedGroups(() => new CallTotals());
  /** Unpriced calls, by model and reason. */
  public readonly unpriced = new BoundedGroups(() => new CallTotals());
  /** Ignored records, by reason. */
  public readonly ignored = new BoundedGroups(() => ({ records: 0 }));
  /** Priced calls, by flag. */
  public readonly flagged = new BoundedGroups(() => new CallTotals());
  private readonly groupings: readonly Grouping[];

  constructor(...groupings: readonly Grouping[]) {
    this.groupings = groupings;
  }

  public addCall(rated: ReplayedCall, cost: CostRange, flags: readonly string[]): void {
    const { status, reason = '', call } = rated;
    this.records[status] += 1;
    if (rated.counts) this.groups.at(...this.groupings.map((grouping) => grouping(rated))).add(rated, cost);
    if (status === 'ignored') {
      this.ignored.at(reason).records += 1;
      return;
    }
    if (status === 'unpriced') this.unpriced.at(call.modelId, reason).add(rated, cost);
    else for (const flag of flags) this.flagged.at(flag).add(rated, cost);
  }

  public addUnusable({ kind, reason }: UnusableRecord): void {
    this.records[kind] += 1;
    if (kind === 'ignored') this.ignored.at(reason).records += 1;
  }

  /** Every call. */
  public get allCalls(): CallTotals {
    return CallTotals.of(this.groups.entries.map(([, totals]) => totals));
  }

  /** Every record within `--from` and `--to`. */
  public get recordCount(): number {
    const { priced, unpriced, ignored, malformed } = this.records;
    return priced + unpriced + ignored + malformed;
  }
}
