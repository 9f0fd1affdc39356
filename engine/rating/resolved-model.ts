import type { ResolvedModel } from '../pricing/types';
import type { Call } from '../records/call';
import type { Prices } from './unit-prices';

/** The model of a call that was rated without a quote, such as one that failed: it belongs to the model whose other calls have one. */
export function resolvedModel({ modelId, region, tier, time, invokedModel }: Call, prices: Prices): ResolvedModel {
  return prices.quote({ modelId, region, tier, timestamp: time, invokedModel, contextTokens: 0 }).resolved;
}
