import { isCompleted, isTruncated } from '../records/stop-reasons';
import type { BodyFacts } from '../records/call';
import type { RatedCall, Status } from '../rating/rater';
import { BreakdownTotals, type Breakdown } from './breakdown-totals';
import { addUsage, noUsage } from './usage-sums';

/** Everything that is counted about the records of one event minute. */
export class MinuteTotals {
  /** Records by the state in which they ended. */
  public readonly records: Record<Status, number> = { priced: 0, unpriced: 0, ignored: 0, malformed: 0 };
  public calls = 0;
  public errors = 0;
  /** Calls whose body names a stop reason, and among them those that ended by themselves or at the token limit. */
  public stopped = 0;
  public completed = 0;
  public truncated = 0;
  public readonly latenciesMs: number[] = [];
  /** What calls without a price used. */
  public readonly unpricedUsage = noUsage();
  public readonly breakdowns: readonly BreakdownTotals[];

  constructor(breakdowns: readonly Breakdown[]) {
    this.breakdowns = breakdowns.map((breakdown) => new BreakdownTotals(breakdown));
  }

  public get recordCount(): number {
    const { priced, unpriced, ignored, malformed } = this.records;
    return priced + unpriced + ignored + malformed;
  }

  public add(rated: RatedCall): void {
    const { status, call, counts, before } = rated;
    if (counts) {
      // First, because it computes a cost: a record for which that fails is counted nowhere.
      this.addUsage(rated);
    }
    this.records[status]++;
    if (!counts) {
      return;
    }
    if (before === undefined) {
      this.calls++;
    }
    if (call.errorCode !== undefined && before !== 'failed') {
      this.errors++;
    }
    if (call.facts) {
      this.addFacts(call.facts);
    }
  }

  private addFacts({ stopReason, latencyMs }: BodyFacts): void {
    if (stopReason !== undefined) {
      this.stopped++;
      this.completed += isCompleted(stopReason) ? 1 : 0;
      this.truncated += isTruncated(stopReason) ? 1 : 0;
    }
    if (latencyMs !== undefined) {
      this.latenciesMs.push(latencyMs);
    }
  }

  private addUsage(rated: RatedCall): void {
    const { status, usage, unitPrices } = rated;
    if (!usage) {
      return;
    }
    if (status !== 'priced' || !unitPrices) {
      addUsage(this.unpricedUsage, usage);
      return;
    }
    for (const breakdown of this.breakdowns) {
      breakdown.add(rated, unitPrices, usage);
    }
  }
}
