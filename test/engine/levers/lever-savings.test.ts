import { LeverSavings } from '../../../engine/levers/lever-savings';
import type { PricedCalls } from '../../../engine/levers/priced-calls';
import { Catalogue } from '../../../engine/pricing/catalogue';
import { PriceEngine } from '../../../engine/pricing/price-engine';
import { NO_USAGE } from '../../../engine/pricing/token-buckets';
import type { Usage } from '../../../engine/pricing/types';
import { UnitPrices } from '../../../engine/rating/unit-prices';

const prices = new PriceEngine({ catalogue: Catalogue.builtIn() });
const TIME = Date.UTC(2026, 10, 20);

function calls(modelId: string, used: Partial<Usage>, count = 1): PricedCalls {
  const query = { modelId, region: 'us-east-1', tier: 'standard', timestamp: TIME, contextTokens: 1000 } as const;
  const usage = { ...NO_USAGE, ...used };
  return { ...query, time: TIME, calls: count, usage, unitPrices: new UnitPrices(prices, prices.quote(query)) };
}

const largest = (...all: readonly PricedCalls[]) => {
  const savings = new LeverSavings(prices);
  all.forEach((each) => savings.add(each));
  return savings.largest;
};

test('the lever that saves most over all calls is the largest, with what the calls that it counts cost', () => {
  const sonnet = calls('us.anthropic.claude-sonnet-4-6', { input: 1_000_000, output: 100_000 }, 5);
  const nova = calls('amazon.nova-pro-v1:0', { input: 100_000 }, 7);
  // Batch: half of 4.95 and of 0.08. The global profile would save 0.45.
  expect(largest(sonnet, nova)).toMatchObject({ name: 'batch inference', calls: 12, now: 5_030_000_000_000n, saves: 2_515_000_000_000n });
});

test('several calls together save what they save one by one', () => {
  const one = calls('amazon.nova-pro-v1:0', { input: 1001, output: 33 });
  const together = calls('amazon.nova-pro-v1:0', { input: 3003, output: 99 }, 3);
  expect(largest(together)).toEqual(largest(one, one, one));
});

test('nothing is the largest where nothing saves: no calls, and no other price', () => {
  expect(largest()).toBeUndefined();
  expect(largest(calls('acme.unknown-v1:0', { input: 1000 }))).toBeUndefined();
});
