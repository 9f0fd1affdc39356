import { NO_CALLS } from '../../../engine/digest/digest-facts';
import type { Digest } from '../../../engine/digest/digest';
import { chatOf } from '../../../engine/digest/digest-chat';
import { textOf } from '../../../engine/digest/digest-text';
import { Catalogue } from '../../../engine/pricing/catalogue';
import { digest, group, unpricedGroup } from './facts';
import { HOSTILE, unfitIn } from '../../hostile-text';

const mail = (of: Digest): string => textOf(of, Catalogue.builtIn());
const chat = (of: Digest): string => chatOf(of, Catalogue.builtIn()).content.description;

const ROLE = 'arn:aws:sts::111122223333:assumed-role/Search';
const PROFILE = 'arn:aws:bedrock:us-east-1:111122223333:application-inference-profile/a1b2c3';
const sonnet = group({ name: 'anthropic.claude-sonnet-4-6', usd: 12_345_678_900_000n, calls: 1237, failed: 3, rated: 1234, priced: 1234 });
const BUSY = digest({
  total: sonnet,
  models: [sonnet],
  callers: [{ ...sonnet, name: ROLE }],
  profiles: [{ ...sonnet, name: PROFILE }],
  usdBefore: 20_000_000_000_000n,
  largestSaving: {
    ...{ name: 'flex tier', assumes: 'the same tokens', changes: 'calls wait' },
    ...{ calls: 1000, now: 10_000_000_000_000n, saves: 5_000_000_000_000n },
  },
  newPriceRows: ['row-1'],
  ownCosts: [{ item: 'cost meter, compute', usd: 0.0023 }],
  limits: ['Logs Insights returned 10000 rows of models'],
});

test('says of a model without a price that its cost is unknown, not that it cost nothing', () => {
  const unpriced = [{ model: 'a', reason: 'the model is not in the price catalogue', calls: 10 }];
  const unknown = digest({ total: unpricedGroup('a'), models: [unpricedGroup('a')], callers: [unpricedGroup('x')], unpriced });
  const text = mail(unknown);
  expect(text).toContain('The cost is unknown, because no call has a price.\n10 calls; 1,000 tokens in and 100 out.');
  expect(text).toContain('- a: cost unknown, 10 calls');
  expect(text).toContain('- x: cost unknown, 10 calls');
  expect(text).toContain('Calls without a price\n- a: 10 calls (the model is not in the price catalogue)');
  expect([text, chat(unknown)].join()).not.toContain('0.00');
  expect(chat(unknown)).toContain('Cost unknown · 10 calls');
});

test('says how many calls the amount is without', () => {
  const partly = digest({ unpriced: [{ model: 'a', reason: 'r', calls: 1 }] });
  expect(mail(partly)).toContain('USD 1.00.\n1 call without a price is not in this amount.');
  expect(chat(partly)).toContain('1 call without a price is not in this amount.');
});

test('says of a day without data that there is none, and where to look', () => {
  const empty = digest({ total: NO_CALLS });
  const text = 'No calls were recorded. If calls were made, look at the alarms LogDeliveryFailing and LoggingChanged.';
  expect(mail(empty)).toBe(`Amazon Bedrock, 2026-11-20 (UTC)\n\n${text}\n`);
  expect(chat(empty)).toBe(text);
});

test('does not count tokens of what has none, and shows no amount as nothing', () => {
  const image = group({ name: 'amazon.nova-canvas-v1:0', input: 0, output: 0, usd: 1000n });
  const text = mail(digest({ total: image, models: [image] }));
  expect(text).toContain('\nLess than USD 0.01.\n');
  expect(text).toMatch(/^- .*: less than USD 0.01 \(100 %\), 10 calls, less than USD 0.01 for 1,000 calls$/m);
});

test('a list is cut where a message of SNS would be too long, and says so', () => {
  const models = Array.from({ length: 12_000 }, (_, i) => group({ name: `m${i}`, usd: BigInt(i) * 10n ** 12n }));
  const text = mail(digest({ models }));
  expect(text).toContain('- and 11,975 more: the JSON of this digest has all of them');
  expect(text.length).toBeLessThan(5000);
});

test('names of records begin no line, and mention nobody in a chat', () => {
  const evil = group({ name: '<!channel>\nUSD 0.00 in all\u2028' });
  const text = mail(digest({ models: [evil], callers: [evil] }));
  expect(text).not.toMatch(/^USD 0.00/m);
  expect(chat(digest({ models: [evil], callers: [evil] }))).not.toMatch(/<|^USD 0.00/m);
});

test('names of records hold nothing that turns a line around or that a request cannot hold', () => {
  const evil = group({ name: HOSTILE });
  const facts = digest({ models: [evil], callers: [evil], profiles: [evil] });
  expect(unfitIn(mail(facts) + chat(facts))).toEqual([]);
  expect(() => encodeURIComponent(mail(facts) + chat(facts))).not.toThrow();
});

test('reads as a mail', () => {
  expect(mail(BUSY)).toMatchInlineSnapshot(`
    "Amazon Bedrock, 2026-11-20 (UTC)

    USD 12.35, 38.2 % less than the day before.
    1,237 calls, of which 3 failed; 1,000 tokens in and 100 out.
    This is an estimate at the prices of the cost meter. It does not include taxes, credits and support.

    Limits that were reached
    - Logs Insights returned 10000 rows of models

    Models
    - Claude Sonnet 4.6: USD 12.35 (100 %), 1,237 calls, of which 3 failed, USD 10.00 for 1,000 calls, 100 tokens in and 10 out in each

    Roles that spent most
    - Search: USD 12.35, 1,237 calls, of which 3 failed

    Application inference profiles that spent most
    - a1b2c3: USD 12.35, 1,237 calls, of which 3 failed

    What would have saved most
    - flex tier: USD 5.00 less of the USD 10.00 of 1,000 calls
    - it assumes the same tokens
    - it changes: calls wait
    - the command whatif compares all levers

    Prices that were used for the first time, by their row in the price catalogue
    - row-1

    What metering cost, at published prices, without alarms, dashboards and metrics
    - cost meter, compute: less than USD 0.01
    "
  `);
});

test('reads as a message in a chat', () => {
  expect(chatOf(BUSY, Catalogue.builtIn())).toMatchInlineSnapshot(`
    {
      "content": {
        "description": "USD 12.35, 38.2 % less than the day before · 1,237 calls, of which 3 failed
    Logs Insights returned 10000 rows of models
    Models: Claude Sonnet 4.6 USD 12.35
    Roles: Search USD 12.35
    Profiles: a1b2c3 USD 12.35
    Largest saving: flex tier, USD 5.00",
        "textType": "client-markdown",
        "title": "Amazon Bedrock, 2026-11-20 (UTC)",
      },
      "source": "custom",
      "version": "1.0",
    }
  `);
});
