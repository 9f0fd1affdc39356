import * as fc from 'fast-check';
import type { ProfileLookup } from '../../../engine/pricing/model-id';
import { PriceEngine } from '../../../engine/pricing/price-engine';
import { TOKEN_BUCKETS } from '../../../engine/pricing/token-buckets';
import type { Call } from '../../../engine/records/call';
import { Duplicates } from '../../../engine/rating/duplicates';
import { parseRecord } from '../../../engine/records/parse-record';
import { Rater } from '../../../engine/rating/rater';
import { MinuteTotals } from '../../../engine/metering/minute-totals';
import {
  APPLICATION_PROFILE_ARN,
  blocked,
  converse,
  failed,
  metadataOnly,
  numbered,
  zeroRecord,
  type Raw,
} from '../../fixtures/invocation-records';

const rater = (profiles?: ProfileLookup) => new Rater(new PriceEngine({ profiles }), new Duplicates());

const rateAll = (records: Raw[], by = rater()) =>
  records.map((record) => {
    const { status, reason, counts } = by.rate(parseRecord(JSON.stringify(record)) as Call);
    return [status, reason, counts];
  });

test('a call with a price is priced', () => {
  const rated = rater().rate(parseRecord(JSON.stringify(metadataOnly)) as Call);
  const cost = rated.unitPrices?.cost(rated.usage!);
  // 1,200 × 3.30 + 30,000 × 0.33 + 500 × 4.125 (or 6.60) + 350 × 16.50 USD for a million tokens
  expect([rated.status, cost?.low, cost?.high]).toEqual(['priced', 21_697_500_000n, 22_935_000_000n]);
});

test('a copy is ignored, the record of zeros never hides the real one', () => {
  expect(rateAll([zeroRecord, metadataOnly, metadataOnly, zeroRecord])).toEqual([
    ['ignored', 'zeroRecord', false],
    ['priced', undefined, true],
    ['ignored', 'duplicate', false],
    ['ignored', 'duplicate', false],
  ]);
});

test('an error never hides the call that consumed something', () => {
  const error = { ...failed, requestId: metadataOnly.requestId };
  expect(rateAll([error, error, metadataOnly, error])).toEqual([
    ['ignored', 'error:ResourceNotFoundException', true],
    ['ignored', 'duplicate', false],
    ['priced', undefined, true],
    ['ignored', 'duplicate', false],
  ]);
});

test('an error after the priced record of its request counts as an error, once', () => {
  const error = { ...failed, requestId: metadataOnly.requestId };
  expect(rateAll([metadataOnly, error, error, metadataOnly])).toEqual([
    ['priced', undefined, true],
    ['ignored', 'error:ResourceNotFoundException', true],
    ['ignored', 'duplicate', false],
    ['ignored', 'duplicate', false],
  ]);
});

test('the records of one request are one call with one cost and one error, in any order and however often each comes', () => {
  const kinds = {
    priced: metadataOnly,
    failed,
    blocked,
    zeros: zeroRecord,
    both: { ...metadataOnly, errorCode: 'ModelStreamErrorException' },
  };
  const sequence = fc.array(fc.constantFrom(...(Object.keys(kinds) as (keyof typeof kinds)[])), { minLength: 1 });
  fc.assert(
    fc.property(sequence, (names) => {
      const totals = new MinuteTotals([]);
      const by = rater();
      const rated = names.map((name) => by.rate(parseRecord(JSON.stringify(numbered(kinds[name], 1))) as Call));
      rated.forEach((one) => totals.add(one));
      const has = (...of: (keyof typeof kinds)[]) => (names.some((name) => of.includes(name)) ? 1 : 0);
      expect(totals.calls).toBe(has('priced', 'failed', 'blocked', 'both'));
      expect(totals.records.priced).toBe(has('priced', 'both'));
      // Of a record of a consumption that comes twice the first counts, whether it names the error or not.
      const firstConsumed = names.find((name) => name === 'priced' || name === 'both');
      expect(totals.errors).toBe(has('failed') || firstConsumed === 'both' ? 1 : 0);
      expect(totals.recordCount).toBe(names.length);
    }),
  );
});

test('zeros with a body are a call that cost nothing', () => {
  const output = { outputBodyJson: { stopReason: 'guardrail_intervened' }, outputTokenCount: 0 };
  expect(rateAll([{ ...zeroRecord, output }])).toEqual([['priced', undefined, true]]);
});

test('zeros with an error are a failed call, also of a stream', () => {
  expect(rateAll([{ ...zeroRecord, errorCode: 'ThrottlingException' }])).toEqual([['ignored', 'error:ThrottlingException', true]]);
});

test('a call that a guardrail blocked is ignored, one that only lacks counters is unpriced', () => {
  const silent = { ...numbered(metadataOnly, 2), input: {}, output: {} };
  expect(rateAll([blocked, silent])).toEqual([
    ['ignored', 'guardrail', true],
    ['unpriced', 'noCounters', true],
  ]);
});

test('a model nobody knows, and a kind without a price, are unpriced', () => {
  const unknown = { ...numbered(metadataOnly, 1), modelId: 'acme.unknown-v1:0' };
  const video = { ...numbered(metadataOnly, 2), output: { outputTokenCount: 1, outputVideoDurationSeconds: 3 } };
  const states = rateAll([unknown, video]);
  expect(states[0]?.[0]).toBe('unpriced');
  expect(states[1]).toEqual(['unpriced', 'no price for second', true]);
});

test('unit prices are worked out once for each quote', () => {
  const prices = new PriceEngine();
  const cost = jest.spyOn(prices, 'cost');
  const own = new Rater(prices, new Duplicates());
  const rated = [1, 2].map((number) => own.rate(parseRecord(JSON.stringify(numbered(metadataOnly, number))) as Call));
  expect(rated[0]!.unitPrices).toBe(rated[1]!.unitPrices);
  expect(cost).toHaveBeenCalledTimes(TOKEN_BUCKETS.length);

  const global = own.rate(
    parseRecord(JSON.stringify({ ...numbered(metadataOnly, 3), modelId: 'global.anthropic.claude-sonnet-4-6' })) as Call,
  );
  expect(global.unitPrices).not.toBe(rated[0]!.unitPrices);
});

test('calls without a request id are never taken for copies', () => {
  const anonymous = { ...metadataOnly, requestId: undefined };
  expect(rateAll([anonymous, anonymous]).map(([status]) => status)).toEqual(['priced', 'priced']);
});

test('the OpenAI family has cached tokens taken out of its input, others do not', () => {
  const input = { inputTokenCount: 12_401, cacheReadInputTokenCount: 8367, cacheWriteInputTokenCount: 4032 };
  const openAi = { ...metadataOnly, modelId: 'us.openai.gpt-5.6-sol', input };
  const usage = (record: Raw) => rater().rate(parseRecord(JSON.stringify(record)) as Call).usage;
  expect(usage(openAi)).toMatchObject({ input: 2, cacheRead: 8367, cacheWrite: 4032 });
  expect(usage({ ...openAi, input: { ...input, inputTokenCount: 2 } })).toMatchObject({ input: 2 });
  expect(usage({ ...metadataOnly, input })).toMatchObject({ input: 12_401 });
});

test('an application inference profile has the price of the model behind it, and none while that is not known', () => {
  const record = { ...converse, modelId: APPLICATION_PROFILE_ARN };
  const profiles = (arn: string) => (arn === APPLICATION_PROFILE_ARN ? 'global.anthropic.claude-sonnet-4-6' : undefined);
  const rated = rater(profiles).rate(parseRecord(JSON.stringify(record)) as Call);
  expect([rated.status, rated.unitPrices?.quote.resolved.routing]).toEqual(['priced', 'global']);
  expect(rateAll([record])[0]?.[0]).toBe('unpriced');
});
