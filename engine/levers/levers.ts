import type { Tier, Usage } from '../pricing/types';
import type { PricedCalls } from './priced-calls';

/** The same calls as they could have been made. */
export interface Alternative {
  readonly modelId: string;
  readonly tier: Tier;
  readonly usage: Usage;
}

/** A way to make calls that has another price. */
export interface LeverText {
  readonly name: string;
  /** What stays as it was, without being known. */
  readonly assumes: string;
  /** What the caller would notice. */
  readonly changes: string;
}

export interface Lever extends LeverText {
  /** The calls as they could have been made; undefined where the lever changes nothing about them. */
  readonly alternative: (calls: PricedCalls) => Alternative | undefined;
}

const SAME_ANSWER = 'the same tokens in and out';

/** The levers that need nothing but a call itself, in the order in which docs/command-line.md explains them. */
export const LEVERS: readonly Lever[] = [
  {
    name: 'global profile',
    assumes: SAME_ANSWER,
    changes: 'data may leave its geography, because any commercial Region may answer; latency by distance',
    alternative: ({ unitPrices, tier, usage }) => {
      const { routing, model } = unitPrices.quote.resolved;
      return routing === 'global' || model === undefined ? undefined : { modelId: `global.${model}`, tier, usage };
    },
  },
  {
    name: 'flex tier',
    assumes: SAME_ANSWER,
    changes: 'higher latency, because calls wait behind those of other tiers, and more throttling',
    alternative: (calls) => inTier('flex', calls),
  },
  {
    name: 'batch inference',
    assumes: SAME_ANSWER,
    changes: 'answers within a day and not at once, from a job that the invocation log does not record; no stream, no tools',
    alternative: (calls) => inTier('batch', calls),
  },
  {
    name: 'cache for 1 hour',
    assumes: 'the same hits of the cache, of which a longer lifetime gives more',
    changes: 'nothing but the price of a cache write',
    alternative: ({ modelId, tier, usage }) => ({
      modelId,
      tier,
      usage: { ...usage, cacheWrite5m: 0, cacheWrite1h: usage.cacheWrite1h + usage.cacheWrite5m },
    }),
  },
  {
    name: 'cache for 5 minutes',
    assumes: 'the same hits of the cache, of which a shorter lifetime gives fewer',
    changes: 'nothing but the price of a cache write',
    alternative: ({ modelId, tier, usage }) => ({
      modelId,
      tier,
      usage: { ...usage, cacheWrite1h: 0, cacheWrite5m: usage.cacheWrite5m + usage.cacheWrite1h },
    }),
  },
];

export const otherModel = (modelId: string): Lever => ({
  name: modelId,
  assumes: 'the same tokens in and out, although each family counts tokens in its own way, and the same hits of the cache',
  changes: 'the answers, and their latency',
  alternative: ({ tier, usage }) => ({ modelId, tier, usage }),
});

function inTier(tier: Tier, calls: PricedCalls): Alternative | undefined {
  return calls.tier === 'standard' ? { modelId: calls.modelId, tier, usage: calls.usage } : undefined;
}
