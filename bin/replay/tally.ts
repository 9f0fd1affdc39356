import type { NoCall } from '../../lambda/records/call';
import type { Settled, Status } from '../../lambda/records/settler';
import type { Grouping } from './grouping';
import { ByName, Total } from './totals';

interface Count {
  records: number;
}

/** What a replay comes to. */
export class Tally {
  public readonly records: Record<Status, number> = { priced: 0, unpriced: 0, ignored: 0, poison: 0 };
  /** Records outside of `--from` and `--to`: they end in none of the states. */
  public outside = 0;
  public readonly all = new Total();
  public readonly groups = new ByName(() => new Total());
  /** Calls without a price, by model and reason. */
  public readonly unpriced = new ByName(() => new Total());
  public readonly ignored = new ByName((): Count => ({ records: 0 }));
  /** Priced calls, by what makes their price less than exact. */
  public readonly flagged = new ByName(() => new Total());

  constructor(private readonly grouping: Grouping) {}

  public add(settled: Settled, low: bigint, high: bigint, flags: readonly string[]): void {
    const { status, reason, call } = settled;
    this.records[status] += 1;
    if (status === 'ignored') {
      this.ignored.get(reason ?? '').records += 1;
      return;
    }
    this.all.add(settled, low, high);
    this.groups.get(this.grouping(settled)).add(settled, low, high);
    if (status === 'unpriced') this.unpriced.get(`${call.modelId}\n${reason}`).add(settled, low, high);
    else for (const flag of flags) this.flagged.get(flag).add(settled, low, high);
  }

  public addOther({ kind, reason }: NoCall): void {
    this.records[kind] += 1;
    if (kind === 'ignored') this.ignored.get(reason).records += 1;
  }

  public get total(): number {
    const { priced, unpriced, ignored, poison } = this.records;
    return priced + unpriced + ignored + poison;
  }
}
