import type { Prices } from '../../engine/rating/unit-prices';
import type { RatedCall } from '../../engine/rating/rater';
import { resolvedModel } from '../../engine/rating/resolved-model';

/** A rated call, with the model of calls that were rated without looking for a price. */
export interface ReplayedCall extends RatedCall {
  /** The model behind the id that was called, of a call that failed or was blocked. */
  readonly unratedModel?: string;
}

/** Failed calls have no price, but belong to the model whose other calls have one. */
export function replayedCall(rated: RatedCall, prices: Prices): ReplayedCall {
  const { call, counts, unitPrices } = rated;
  if (!counts || unitPrices !== undefined) return rated;
  return { ...rated, unratedModel: resolvedModel(call, prices).model };
}

/** The model whose price holds, or what was called where it is not known. */
export const modelOf = ({ call, unitPrices, unratedModel }: ReplayedCall): string =>
  unitPrices?.quote.resolved.model ?? unratedModel ?? call.modelId;
