import * as fc from 'fast-check';
import { PriceEngine } from '../../../engine/pricing/price-engine';
import { NO_USAGE, TOKEN_BUCKETS } from '../../../engine/pricing/token-buckets';
import type { Usage } from '../../../engine/pricing/types';
import { UnitPrices } from '../../../engine/rating/unit-prices';

const engine = new PriceEngine();
const MODELS = ['us.anthropic.claude-sonnet-4-6', 'amazon.nova-lite-v1:0', 'us.openai.gpt-5.6-sol', 'amazon.titan-embed-text-v2:0'];

const count = fc.oneof(fc.constant(0), fc.nat({ max: 1_000_000 }), fc.nat({ max: 1_000_000_000 }));
const usage: fc.Arbitrary<Usage> = fc.array(count, { minLength: 6, maxLength: 6 }).map((counts) => {
  const entries = TOKEN_BUCKETS.map((bucket, i) => [bucket, counts[i]]);
  return { ...NO_USAGE, ...(Object.fromEntries(entries) as Partial<Usage>) };
});

test('costs in doubles are those of the engine to the last digit, or are not given', () => {
  fc.assert(
    fc.property(fc.constantFrom(...MODELS), usage, (modelId, used) => {
      const quote = engine.quote({
        modelId,
        region: 'us-east-1',
        tier: 'standard',
        timestamp: Date.parse('2026-11-20T00:00:00Z'),
        contextTokens: 0,
      });
      const unitPrices = new UnitPrices(engine, quote);
      const cost = engine.cost(quote, used);
      expect(unitPrices.missing(used)).toEqual(cost.usd === undefined ? cost.missing : undefined);
      const fast = unitPrices.fastCost(used);
      expect(fast === undefined).toBe(cost.high > BigInt(Number.MAX_SAFE_INTEGER));
      if (fast) expect([BigInt(fast.low), BigInt(fast.high)]).toEqual([cost.low, cost.high]);
    }),
  );
});

test('units have no cost in doubles', () => {
  const quote = engine.quote({ modelId: MODELS[0]!, region: 'us-east-1', tier: 'standard', timestamp: Date.now(), contextTokens: 0 });
  expect(new UnitPrices(engine, quote).fastCost({ ...NO_USAGE, units: { image: 1 } })).toBeUndefined();
});
