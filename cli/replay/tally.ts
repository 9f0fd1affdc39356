import type { UnusableRecord } from '../../engine/records/call';
import type { RatedCall, Status } from '../../engine/rating/rater';
import type { Grouping } from './grouping';
import { ByName, Total, type CostRange } from './totals';

interface Count {
  records: number;
}

/** What a replay comes to. */
export class Tally {
  public readonly records: Record<Status, number> = { priced: 0, unpriced: 0, ignored: 0, malformed: 0 };
  /** Records outside of `--from` and `--to`: they end in none of the states. */
  public outside = 0;
  public readonly groups = new ByName(() => new Total());
  /** Calls without a price, by model and reason. */
  public readonly unpriced = new ByName(() => new Total());
  public readonly ignored = new ByName((): Count => ({ records: 0 }));
  /** Priced calls, by what makes their price less than exact. */
  public readonly flagged = new ByName(() => new Total());

  constructor(private readonly grouping: Grouping) {}

  public add(rated: RatedCall, cost: CostRange, flags: readonly string[]): void {
    const { status, reason, call } = rated;
    this.records[status] += 1;
    if (status === 'ignored') {
      this.ignored.get(reason ?? '').records += 1;
      return;
    }
    this.groups.get(this.grouping(rated)).add(rated, cost);
    if (status === 'unpriced') this.unpriced.get(`${call.modelId}\n${reason}`).add(rated, cost);
    else for (const flag of flags) this.flagged.get(flag).add(rated, cost);
  }

  public addOther({ kind, reason }: UnusableRecord): void {
    this.records[kind] += 1;
    if (kind === 'ignored') this.ignored.get(reason).records += 1;
  }

  /** Every call that is priced or could be. */
  public get all(): Total {
    return Total.of([...this.groups].map(([, total]) => total));
  }

  public get total(): number {
    const { priced, unpriced, ignored, malformed } = this.records;
    return priced + unpriced + ignored + malformed;
  }
}
