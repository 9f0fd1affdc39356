import type { PicoUsd } from '../pricing/types';
import type { Prices } from '../rating/unit-prices';
import { LEVERS, type LeverText } from './levers';
import type { PricedCalls } from './priced-calls';
import { Repricing } from './repricing';

/** What one lever would have saved, and of how many calls. */
export interface LeverSaving extends LeverText {
  readonly calls: number;
  /** What these calls cost. */
  readonly now: PicoUsd;
  readonly saves: PicoUsd;
}

/** Adds up what each lever would have saved over any number of calls. */
export class LeverSavings {
  private readonly repricing: Repricing;
  private readonly sums = LEVERS.map((lever) => ({ lever, calls: 0, now: 0n, then: 0n }));

  constructor(prices: Prices) {
    this.repricing = new Repricing(prices);
  }

  public add(calls: PricedCalls): void {
    for (const sum of this.sums) {
      const alternative = sum.lever.alternative(calls);
      const repriced = alternative && this.repricing.of(calls, alternative);
      if (repriced === undefined) continue;
      sum.calls += calls.calls;
      sum.now += BigInt(repriced.now);
      sum.then += BigInt(repriced.then);
    }
  }

  /** The lever that would have saved most; undefined where none saves anything. */
  public get largest(): LeverSaving | undefined {
    return this.sums
      .map(({ lever: { name, assumes, changes }, calls, now, then }) => ({ name, assumes, changes, calls, now, saves: now - then }))
      .reduce<LeverSaving | undefined>((largest, each) => (each.saves > (largest?.saves ?? 0n) ? each : largest), undefined);
  }
}
