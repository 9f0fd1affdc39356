import { LEVERS, type Lever, type LeverText } from '../../engine/levers/levers';
import type { PricedCalls } from '../../engine/levers/priced-calls';
import { type CachedCall, REPEATED_PROMPTS, RepeatedPrompts } from '../../engine/levers/repeated-prompts';
import { type Repriced, Repricing } from '../../engine/levers/repricing';
import type { Prices } from '../../engine/rating/unit-prices';
import { BoundedGroups } from '../replay/bounded-groups';
import { Comparison } from './comparison';

/** What a lever would have changed in the calls of one model, by the rows of the price list that were and would be used. */
export interface ModelComparison {
  readonly model: string;
  readonly rowNow: string;
  readonly rowThen: string;
  readonly comparison: Comparison;
}

/** Prices calls again as they could have been made, by each lever. A call counts for a lever only if both costs are exact to a row. */
export class WhatIf {
  public readonly levers: readonly LeverText[];
  private readonly repricing: Repricing;
  private readonly prompts = new RepeatedPrompts();
  /** By lever, model and the two rows. */
  private readonly groups = new BoundedGroups(() => new Comparison());

  /** @param models levers that are other models */
  constructor(
    prices: Prices,
    private readonly models: readonly Lever[],
  ) {
    this.repricing = new Repricing(prices);
    this.levers = [...LEVERS, REPEATED_PROMPTS, ...models];
  }

  /** Calls with long prompts that were compared with no other, because there are too many of them. */
  public get promptsNotCompared(): number {
    return this.prompts.notCompared;
  }

  /** @param prompt what calls with the same prompt, in reach of the same cache, have in common; undefined where it is not known */
  public add(call: PricedCalls, prompt: string | undefined): void {
    for (const lever of [...LEVERS, ...this.models]) {
      const alternative = lever.alternative(call);
      const repriced = alternative && this.repricing.of(call, alternative);
      if (repriced) this.count(lever, call, repriced);
    }
    if (prompt !== undefined) this.prompts.add(prompt, call);
  }

  /** To be called once, after the last call: only then is it known which prompts came again. */
  public end(): void {
    for (const calls of this.prompts.cached) {
      const repriced = calls.map((each) => [each.call, this.cached(each)] as const);
      // Without a price for one of them, the saving of the others would be too high.
      if (!repriced.every((each): each is readonly [PricedCalls, Repriced] => each[1] !== undefined)) continue;
      for (const [call, costs] of repriced) this.count(REPEATED_PROMPTS, call, costs);
    }
  }

  /** The comparisons of one lever, the largest saving first. */
  public of({ name }: LeverText): readonly ModelComparison[] {
    return this.groups.entries
      .flatMap(([[lever, model = '', rowNow = '', rowThen = ''], comparison]) =>
        lever === name ? [{ model, rowNow, rowThen, comparison }] : [],
      )
      .sort(({ comparison: one }, { comparison: other }) => (one.saves < other.saves ? 1 : one.saves > other.saves ? -1 : 0));
  }

  private cached({ call, isHit }: CachedCall): Repriced | undefined {
    const { modelId, tier, usage } = call;
    const kind = isHit ? 'cacheRead' : 'cacheWrite5m';
    return this.repricing.of(call, { modelId, tier, usage: { ...usage, input: 0, [kind]: usage[kind] + usage.input } });
  }

  private count({ name }: LeverText, { modelId, unitPrices }: PricedCalls, { now, then, rowNow, rowThen }: Repriced): void {
    this.groups.at(name, unitPrices.quote.resolved.model ?? modelId, rowNow, rowThen).add(now, then);
  }
}
