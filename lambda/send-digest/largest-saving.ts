import { type LeverSaving, LeverSavings } from '../../engine/levers/lever-savings';
import { costOfTokens, type PricedCalls } from '../../engine/levers/priced-calls';
import { UnitPricesByQuote } from '../../engine/levers/unit-prices-by-quote';
import { Catalogue } from '../../engine/pricing/catalogue';
import { PriceEngine } from '../../engine/pricing/price-engine';
import { TIERS, type Usage } from '../../engine/pricing/types';
import { numberOf, type QueryRow } from '../shared/sources';

/** What a sum of doubles, and the whole pico-dollars of a computed cost, may differ by. */
const TOLERANCE = 1e-6;

/**
 * The lever that would have saved most, of sums by model, routing, Region, tier and price row. The built-in prices are used:
 * where the ledger has another cost, as with prices or discounts of the user, calls are left out rather than compared with
 * prices that do not hold for them.
 */
export function largestSaving(rows: readonly QueryRow[], time: number): LeverSaving | undefined {
  const prices = new PriceEngine({ catalogue: Catalogue.builtIn() });
  const unitPrices = new UnitPricesByQuote(prices);
  const savings = new LeverSavings(prices);
  for (const row of rows) {
    const calls = pricedCallsOf(row, time, prices, unitPrices);
    const now = calls && costOfTokens(calls.unitPrices, calls.usage);
    const usd = numberOf(row, 'usd');
    if (now !== undefined && Math.abs(Number(now) / 1e12 - usd) <= TOLERANCE * usd) savings.add(calls!);
  }
  return savings.largest;
}

function pricedCallsOf(row: QueryRow, time: number, prices: PriceEngine, unitPrices: UnitPricesByQuote): PricedCalls | undefined {
  const { pricedModel: model, routing, region, tier: tierOfRow } = row;
  if (!model || !region) return undefined;
  const modelId = routing === 'global' ? `global.${model}` : model;
  const tier = TIERS.find((each) => each === tierOfRow) ?? 'standard';
  const contextTokens = numberOf(row, 'longest');
  const quote = prices.quote({ modelId, region, tier, timestamp: time, contextTokens });
  return {
    modelId,
    region,
    tier,
    time,
    calls: numberOf(row, 'calls'),
    contextTokens,
    usage: usageOf(row),
    unitPrices: unitPrices.of(quote),
  };
}

function usageOf(row: QueryRow): Usage {
  return {
    input: numberOf(row, 'uncached'),
    cacheRead: numberOf(row, 'cacheRead'),
    cacheWrite5m: numberOf(row, 'cacheWrite5m'),
    cacheWrite1h: numberOf(row, 'cacheWrite1h'),
    cacheWrite: numberOf(row, 'cacheWrite'),
    output: numberOf(row, 'output'),
  };
}
