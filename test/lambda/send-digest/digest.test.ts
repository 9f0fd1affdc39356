import { digestOf } from '../../../engine/digest/digest';
import type { CallGroup, DigestFacts } from '../../../engine/digest/digest-facts';
import { textOf } from '../../../engine/digest/digest-text';
import { timePrefixes } from '../../../lambda/send-digest/time-prefixes';
import { plus } from '../../../engine/calendar';

const FROM = Date.UTC(2026, 10, 20);
const PERIOD = { from: FROM, until: FROM + 86_400_000, timeZone: 'UTC' };
const USD = 1_000_000_000_000n;

const group = (changes: Partial<CallGroup>): CallGroup => ({
  model: 'a',
  caller: 'x',
  calls: 10,
  priced: 10,
  input: 1000,
  output: 100,
  usd: USD,
  ...changes,
});
const digest = (facts: Partial<DigestFacts>) => digestOf({ groups: [], unpriced: [], failedCalls: 0, ...facts }, PERIOD);

test('sums up models and callers, the most expensive first', () => {
  const result = digest({
    groups: [group({}), group({ caller: 'y', usd: 3n * USD }), group({ model: 'b', usd: 6n * USD })],
    usdBefore: 8n * USD,
    failedCalls: 2,
  });
  expect(result).toMatchObject({
    from: '2026-11-20',
    to: '2026-11-20',
    usd: '10.00',
    change: 25,
    calls: 30,
    failedCalls: 2,
    input: 3000,
    output: 300,
  });
  expect(result.models).toEqual([
    { model: 'b', calls: 10, usd: '6.00', share: 60, usdPerCall: '0.60', inputPerCall: 100, outputPerCall: 10 },
    { model: 'a', calls: 20, usd: '4.00', share: 40, usdPerCall: '0.20', inputPerCall: 100, outputPerCall: 10 },
  ]);
  expect(result.callers).toEqual([
    { caller: 'x', calls: 20, usd: '7.00' },
    { caller: 'y', calls: 10, usd: '3.00' },
  ]);
});

test('names ten callers, and all models', () => {
  const groups = Array.from({ length: 12 }, (_, i) => group({ model: `m${i}`, caller: `c${i}` }));
  const result = digest({ groups });
  expect([result.models.length, result.callers.length]).toEqual([12, 10]);
});

test('says of a model without a price that it has none, not that it cost nothing', () => {
  const result = digest({ groups: [group({ priced: 0, usd: 0n })], unpriced: [{ model: 'a', reason: 'not in the catalogue', calls: 10 }] });
  expect(result.models[0]).not.toHaveProperty('usdPerCall', expect.anything());
  expect(textOf(result)).toContain('- a: no price, 0 %, 10 calls');
  expect(textOf(result)).toContain('Without a price, not in the total\n- a: 10 calls, not in the catalogue');
});

test('says of a day without data that there is none, and where to look', () => {
  expect(textOf(digest({}))).toBe(
    'Amazon Bedrock, 2026-11-20 (UTC)\n\nNo calls were recorded. If there should have been some, look at the alarms LogDeliveryFailing and LoggingChanged.\n',
  );
});

test('reads as a message', () => {
  const text = textOf(
    digest({
      groups: [group({ usd: 12_345_678_900_000n, calls: 1234, priced: 1234 })],
      usdBefore: 20n * USD,
      failedCalls: 3,
      newPriceRows: ['row-1'],
      ownCosts: [{ item: 'cost meter, compute', usd: 0.0123 }],
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

   Price rows used for the first time
   - row-1

   What this observability cost, estimated at list price
   - cost meter, compute: USD 0.01
   "
  `);
});

describe('the beginnings of all times in a period', () => {
  test('are a day where it is one', () => {
    expect(timePrefixes(FROM, FROM + 2 * 86_400_000)).toEqual(['2026-11-20', '2026-11-21']);
  });

  test('are hours and tens of minutes at the edges of other time zones', () => {
    const from = plus(0, 'day', Date.UTC(2026, 10, 19, 18, 30), 'Asia/Kolkata');
    const prefixes = timePrefixes(from, from + 86_400_000);
    expect(prefixes.slice(0, 4)).toEqual(['2026-11-19T18:3', '2026-11-19T18:4', '2026-11-19T18:5', '2026-11-19T19']);
    expect(prefixes.at(-1)).toBe('2026-11-20T18:2');
  });

  test('match each minute inside, and none outside', () => {
    const [from, until] = [Date.UTC(2026, 10, 19, 23), Date.UTC(2026, 10, 21, 0, 30)];
    const prefixes = timePrefixes(from, until);
    for (let time = from - 3_600_000; time < until + 3_600_000; time += 60_000) {
      const matches = prefixes.some((prefix) => new Date(time).toISOString().startsWith(prefix));
      expect(matches).toBe(time >= from && time < until);
    }
  });
});
