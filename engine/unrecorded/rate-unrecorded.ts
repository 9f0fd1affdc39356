import type { PicoUsd, Quote } from '../pricing/types';
import { contextTokens } from '../pricing/token-buckets';
import type { RatedCall } from '../rating/rater';
import { type Prices, UnitPrices } from '../rating/unit-prices';
import type { Call } from '../records/call';
import type { UnrecordedUsage } from './unrecorded-usage';

/** The prices that a token of the input can have, where it is not known whether it was cached. */
const INPUT_KINDS = ['input', 'cacheRead', 'cacheWrite5m', 'cacheWrite30m', 'cacheWrite1h'];

/** Prices what no record describes with the catalogue of the meter. What has no usage or no price is unpriced, and never costs 0. */
export function rateUnrecorded(unrecorded: UnrecordedUsage, prices: Prices): RatedCall {
  const { usage, reason } = unrecorded;
  const call = callOf(unrecorded);
  if (usage === undefined) {
    return { status: 'unpriced', reason: reason ?? 'noCounters', call, counts: true };
  }
  const { modelId, region, tier, time, spec } = unrecorded;
  const quoted = prices.quote({
    modelId,
    region,
    tier,
    timestamp: time,
    contextTokens: unrecorded.inputMayBeCached ? 0 : contextTokens(usage),
    spec,
  });
  const quote = unrecorded.inputMayBeCached ? boundedInput(quoted) : quoted;
  const unitPrices = new UnitPrices(prices, quote);
  const missing = unitPrices.missing(usage);
  const unpriced = quote.unpriced ?? (missing && `no price for ${missing.join(', ')}`);
  return { status: unpriced === undefined ? 'priced' : 'unpriced', reason: unpriced, call, counts: true, usage, unitPrices };
}

function callOf({ source, id, time, accountId, region, modelId, tier, usage, flags }: UnrecordedUsage): Call {
  return { kind: 'call', source, requestId: id, time, accountId, region, modelId, tier, usage, flags };
}

/** From the cheapest to the dearest price of an input token. */
function boundedInput(quote: Quote): Quote {
  const of = (rates: Quote['rates']) => INPUT_KINDS.flatMap((kind) => (rates[kind] === undefined ? [] : [rates[kind]]));
  const [low, high] = [of(quote.rates), of(quote.highRates ?? quote.rates)];
  if (quote.rates.input === undefined || low.length === 0) {
    return quote;
  }
  const withInput = (rates: Quote['rates'], input: PicoUsd) => Object.assign(Object.create(null), rates, { input }) as Quote['rates'];
  return {
    ...quote,
    rates: withInput(
      quote.rates,
      low.reduce((a, b) => (a < b ? a : b)),
    ),
    highRates: withInput(
      quote.highRates ?? quote.rates,
      high.reduce((a, b) => (a > b ? a : b)),
    ),
    flags: [...quote.flags, 'inputMayBeCached'],
  };
}
