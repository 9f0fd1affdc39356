import { NO_CALLS } from '../../../engine/digest/digest-facts';
import { textOf } from '../../../engine/digest/digest-text';
import { digest, group, unpricedGroup } from './facts';

test('says of a model without a price that it has none, not that it cost nothing', () => {
  const unpriced = [{ model: 'a', reason: 'not in the catalogue', calls: 10 }];
  const text = textOf(digest({ total: unpricedGroup('a'), models: [unpricedGroup('a')], callers: [unpricedGroup('x')], unpriced }));
  expect(text).toContain('Cost unknown, because no call has a price, for 10 calls: 1,000 tokens in, 100 out.');
  expect(text).toContain('- a: no price, 10 calls');
  expect(text).toContain('- x: no price, 10 calls');
  expect(text).toContain('Without a price, not in the total\n- a: 10 calls, not in the catalogue');
  expect(text).not.toContain('0.00');
});

test('says of a day without data that there is none, and where to look', () => {
  expect(textOf(digest({ total: NO_CALLS }))).toBe(
    'Amazon Bedrock, 2026-11-20 (UTC)\n\nNo calls were recorded. If there should have been some, look at the alarms LogDeliveryFailing and LoggingChanged.\n',
  );
});

test('reads as a message', () => {
  const all = group({ usd: 12_345_678_900_000n, calls: 1234, priced: 1234 });
  const text = textOf(
    digest({
      total: all,
      models: [all],
      callers: [{ ...all, name: 'x' }],
      usdBefore: 20_000_000_000_000n,
      failedCalls: 3,
      largestSaving: {
        ...{ name: 'flex tier', assumes: 'the same tokens', changes: 'calls wait' },
        ...{ calls: 1000, now: 10_000_000_000_000n, saves: 5_000_000_000_000n },
      },
      newPriceRows: ['row-1'],
      ownCosts: [{ item: 'cost meter, compute', usd: 0.0123 }],
      limits: ['Logs Insights returned 10000 models'],
    }),
  );
  expect(text).toMatchInlineSnapshot(`
   "Amazon Bedrock, 2026-11-20 (UTC)

   USD 12.35 (-38.2 % against the period before) for 1,234 calls, and 3 failed: 1,000 tokens in, 100 out.
   Estimated from the price list, before discounts of your own.

   Models
   - a: USD 12.35, USD 0.010005 a call, 100 %, 1,234 calls, 1 tokens in and 0 out for each

   Top spenders
   - x: USD 12.35, 1,234 calls

   What would have saved most
   - flex tier: USD 5.00 less of USD 10.00, 1,000 calls. Assumes the same tokens. Changes: calls wait. The command whatif compares the others

   Limits that were reached
   - Logs Insights returned 10000 models

   Price rows used for the first time
   - row-1

   What this observability cost, estimated at list price
   - cost meter, compute: USD 0.01
   "
  `);
});
