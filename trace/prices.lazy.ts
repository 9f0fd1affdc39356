import { CallPricer } from '../engine/agents/call-cost';
import { countTraces } from '../engine/agents/counted';
import type { Span, SpanTokens } from '../engine/agents/span';
import { SpanModels } from '../engine/agents/span-models';
import { Catalogue, type ModelInfo } from '../engine/pricing/catalogue';
import { PriceEngine } from '../engine/pricing/price-engine';
import type { PicoUsd } from '../engine/pricing/types';
import { formatUsd } from '../engine/pricing/usd-text';
import { Duplicates } from '../engine/rating/duplicates';
import { Rater } from '../engine/rating/rater';
import { recordedCallOf } from '../engine/agents/recorded-call';
import type { Call } from '../engine/records/call';

/** A call, rated as the meter rates its record. */
export interface PricedCall {
  readonly usd?: number;
  /** Cached tokens apart from `input`. */
  readonly tokens?: SpanTokens;
}

const prices = new PriceEngine();
let models: SpanModels | undefined;

/** USD of each model call, by the id of its span: the low cost, as in all sums. Calls without a price are not in it. */
export function costsOf(spans: readonly Span[], region: string | undefined): ReadonlyMap<string, number> {
  models ??= new SpanModels(
    Catalogue.builtIn()
      .lines<ModelInfo>('model')
      .map(({ model }) => model),
  );
  const pricer = new CallPricer({ prices, models, region: region ?? '' });
  const calls = countTraces(spans).flatMap((trace) => trace.calls);
  return new Map(
    calls.flatMap((call) => {
      const { state, low } = pricer.cost(call, undefined);
      return state === 'priced' ? [[call.span.spanId, usdOf(low)] as const] : [];
    }),
  );
}

export function priceOf(call: Call): PricedCall {
  const { cost, tokens } = recordedCallOf(new Rater(prices, new Duplicates(1)).rate(call)) ?? {};
  return { ...(cost && { usd: usdOf(cost.low) }), ...(tokens && { tokens }) };
}

const usdOf = (amount: PicoUsd): number => Number(formatUsd(amount));
