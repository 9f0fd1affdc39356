import type { Tier, Usage } from '../../engine/pricing/types';
import type { RatedCall } from '../../engine/rating/rater';

/** The same call as it could have been made. */
interface Alternative {
  readonly modelId: string;
  readonly tier: Tier;
  readonly usage: Usage;
}

/** A way to make calls that has another price. */
export interface Lever {
  readonly name: string;
  /** What stays as it was, without being known. */
  readonly assumes: string;
  /** What the caller would notice. */
  readonly changes: string;
  /** The call as it could have been made; undefined where the lever changes nothing about it. */
  readonly alternative: (call: RatedCall, tokens: Usage) => Alternative | undefined;
}

const SAME_ANSWER = 'the same tokens in and out';

/** The levers that need nothing but the records, in the order in which docs/command-line.md explains them. */
const LEVERS: readonly Lever[] = [
  {
    name: 'global profile',
    assumes: SAME_ANSWER,
    changes: 'any commercial Region may answer, so that data leaves its geography',
    alternative: ({ call, unitPrices }, usage) => {
      const { routing, model } = unitPrices!.quote.resolved;
      return routing === 'global' || model === undefined ? undefined : { modelId: `global.${model}`, tier: call.tier, usage };
    },
  },
  {
    name: 'flex tier',
    assumes: SAME_ANSWER,
    changes: 'calls wait behind those of other tiers, and more are throttled',
    alternative: (call, usage) => inTier('flex', call, usage),
  },
  {
    name: 'batch inference',
    assumes: SAME_ANSWER,
    changes: 'answers come within a day, from a job that the invocation log does not record; no stream, no tools',
    alternative: (call, usage) => inTier('batch', call, usage),
  },
  {
    name: 'cache for 1 hour',
    assumes: 'the same hits of the cache, of which a longer lifetime gives more',
    changes: 'nothing but the price of a cache write',
    alternative: ({ call: { modelId, tier } }, usage) => ({
      modelId,
      tier,
      usage: { ...usage, cacheWrite5m: 0, cacheWrite1h: usage.cacheWrite1h + usage.cacheWrite5m },
    }),
  },
  {
    name: 'cache for 5 minutes',
    assumes: 'the same hits of the cache, of which a shorter lifetime gives fewer',
    changes: 'nothing but the price of a cache write',
    alternative: ({ call: { modelId, tier } }, usage) => ({
      modelId,
      tier,
      usage: { ...usage, cacheWrite1h: 0, cacheWrite5m: usage.cacheWrite5m + usage.cacheWrite1h },
    }),
  },
];

/** The levers, and one for each model that the user asks about. */
export const leversWith = (models: readonly string[]): readonly Lever[] => [...LEVERS, ...models.map(otherModel)];

const otherModel = (modelId: string): Lever => ({
  name: modelId,
  assumes: 'the same tokens in and out, although each family counts tokens in its own way, and the same hits of the cache',
  changes: 'the answers',
  alternative: ({ call }, usage) => ({ modelId, tier: call.tier, usage }),
});

function inTier(tier: Tier, { call }: RatedCall, usage: Usage): Alternative | undefined {
  return call.tier === 'standard' ? { modelId: call.modelId, tier, usage } : undefined;
}
