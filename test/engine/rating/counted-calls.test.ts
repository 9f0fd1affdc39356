import * as fc from 'fast-check';
import { MinuteTotals } from '../../../engine/metering/minute-totals';
import { PriceEngine } from '../../../engine/pricing/price-engine';
import { Duplicates } from '../../../engine/rating/duplicates';
import { Rater } from '../../../engine/rating/rater';
import type { Call } from '../../../engine/records/call';
import { parseRecord } from '../../../engine/records/parse-record';
import { blocked, failed, metadataOnly, numbered, type Raw, zeroRecord } from '../../fixtures/invocation-records';

const rater = () => new Rater(new PriceEngine(), new Duplicates());

const rateAll = (records: Raw[], by = rater()) =>
  records.map((record) => {
    const { status, reason, counts } = by.rate(parseRecord(JSON.stringify(record)) as Call);
    return [status, reason, counts];
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

test('what neither used anything nor failed is a copy after any other record of its call', () => {
  expect(rateAll([blocked, blocked]).map(([, reason]) => reason)).toEqual(['guardrail', 'duplicate']);
  const empty = { ...blocked, requestId: metadataOnly.requestId };
  expect(rateAll([metadataOnly, empty]).map(([, reason]) => reason)).toEqual([undefined, 'duplicate']);
  const error = { ...failed, requestId: blocked.requestId };
  expect(rateAll([error, blocked]).map(([, reason]) => reason)).toEqual(['error:ResourceNotFoundException', 'duplicate']);
});
