import * as fc from 'fast-check';
import { PriceEngine } from '../../../engine/pricing/price-engine';
import { NO_USAGE, TOKEN_BUCKETS } from '../../../engine/pricing/token-buckets';
import type { Quote, Usage } from '../../../engine/pricing/types';
import { UnitPrices } from '../../../engine/rating/unit-prices';

const engine = new PriceEngine();
const MODELS = ['us.anthropic.claude-sonnet-4-6', 'amazon.nova-lite-v1:0', 'us.openai.gpt-5.6-sol', 'amazon.titan-embed-text-v2:0'];

const quoteOf = (modelId: string): Quote =>
  engine.quote({ modelId, region: 'us-east-1', tier: 'standard', timestamp: Date.parse('2026-11-20T00:00:00Z'), contextTokens: 0 });

const count = fc.oneof(fc.constant(0), fc.nat({ max: 1_000_000 }), fc.nat({ max: 1_000_000_000 }));
const usage: fc.Arbitrary<Usage> = fc.array(count, { minLength: 6, maxLength: 6 }).map((counts) => {
  const entries = TOKEN_BUCKETS.map((bucket, i) => [bucket, counts[i]]);
  return { ...NO_USAGE, ...(Object.fromEntries(entries) as Partial<Usage>) };
});

test('costs in doubles are those of the engine to the last digit, or are not given', () => {
  fc.assert(
    fc.property(fc.constantFrom(...MODELS), usage, (modelId, used) => {
      const quote = quoteOf(modelId);
      const unitPrices = new UnitPrices(engine, quote);
      const cost = engine.cost(quote, used);
      expect(unitPrices.missing(used)).toEqual(cost.usd === undefined ? cost.missing : undefined);
      const fast = unitPrices.fastCost(used);
      expect(fast === undefined).toBe(cost.high > BigInt(Number.MAX_SAFE_INTEGER));
      if (fast) expect([BigInt(fast.low), BigInt(fast.high)]).toEqual([cost.low, cost.high]);
    }),
  );
});

const IMAGES = 'amazon.titan-image-generator-v2:0';

test.each([...MODELS, IMAGES])('each kind of tokens alone has a price of %s, or is missing, as the engine says', (modelId) => {
  const quote = quoteOf(modelId);
  const missing = (used: Usage) => new UnitPrices(engine, quote).missing(used) ?? [];
  const alone = TOKEN_BUCKETS.map((bucket) => ({ ...NO_USAGE, [bucket]: 1 }));
  expect(alone.map(missing)).toEqual(alone.map((used) => engine.cost(quote, used).missing));
  expect(missing(NO_USAGE)).toEqual([]);
});

test('the prices of some kinds alone are missing', () => {
  const missingOf = (modelId: string, used: Partial<Usage>) => {
    const quote = quoteOf(modelId);
    return new UnitPrices(engine, quote).missing({ ...NO_USAGE, ...used });
  };
  expect(missingOf(IMAGES, { input: 1 })).toEqual(['input']);
  expect(missingOf('amazon.titan-embed-text-v2:0', { input: 1 })).toBeUndefined();
  expect(missingOf('amazon.titan-embed-text-v2:0', { input: 1, output: 1 })).toEqual(['output']);
});

test('units have no cost in doubles', () => {
  const quote = quoteOf(MODELS[0]!);
  expect(new UnitPrices(engine, quote).fastCost({ ...NO_USAGE, units: { image: 1 } })).toBeUndefined();
});
