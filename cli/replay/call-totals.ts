import type { PicoUsd, Usage } from '../../engine/pricing/types';
import type { RatedCall } from '../../engine/rating/rater';
import type { CostRange } from './call-cost';
import { ExactSum } from './exact-sum';

/** The number of calls, failed ones included as on the dashboards, their tokens and their exact cost. */
export class CallTotals {
  /** The totals of several groups of calls together. */
  public static of(groups: Iterable<CallTotals>): CallTotals {
    const all = new CallTotals();
    for (const group of groups) {
      all.calls += group.calls;
      all.failed += group.failed;
      all.rated += group.rated;
      all.priced += group.priced;
      all.counted += group.counted;
      all.input += group.input;
      all.cacheRead += group.cacheRead;
      all.cacheWrite += group.cacheWrite;
      all.output += group.output;
      all.lowCost.add(group.low);
      all.costRange.add(group.high - group.low);
    }
    return all;
  }

  public calls = 0;
  public failed = 0;
  /** Calls that used something: priced and unpriced ones. */
  public rated = 0;
  public priced = 0;
  /** Calls whose record counts their tokens. */
  public counted = 0;
  public input = 0;
  public cacheRead = 0;
  public cacheWrite = 0;
  public output = 0;
  private readonly lowCost = new ExactSum();
  /** The high cost less the low one, which most calls have in common. */
  private readonly costRange = new ExactSum();

  public add({ status, usage, call, before }: RatedCall, cost: CostRange): void {
    if (before === undefined) this.calls += 1;
    if (call.errorCode !== undefined && before !== 'failed') this.failed += 1;
    if (status === 'ignored') return;
    this.rated += 1;
    if (usage) this.addTokens(usage);
    if (status !== 'priced') return;
    this.priced += 1;
    this.lowCost.add(cost.low);
    if (cost.high !== cost.low) this.costRange.add(BigInt(cost.high) - BigInt(cost.low));
  }

  public get low(): PicoUsd {
    return this.lowCost.value;
  }

  public get high(): PicoUsd {
    return this.lowCost.value + this.costRange.value;
  }

  private addTokens(usage: Usage): void {
    this.counted += 1;
    this.input += usage.input;
    this.cacheRead += usage.cacheRead;
    this.cacheWrite += usage.cacheWrite5m + usage.cacheWrite1h + usage.cacheWrite;
    this.output += usage.output;
  }
}
