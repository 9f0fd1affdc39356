import * as fc from 'fast-check';
import { readLedgerLine, recordedCallOf } from '../../../engine/agents/recorded-call';
import { LedgerWriter } from '../../../engine/ledger/ledger-writer';
import { Duplicates } from '../../../engine/rating/duplicates';
import { Rater } from '../../../engine/rating/rater';
import { parseRecord } from '../../../engine/records/parse-record';
import { cases } from '../../cases';
import { metadataOnly } from '../../fixtures/invocation-records';
import { prices } from './pricing';
import { SONNET } from './spans';

const count = fc.nat({ max: 3_000_000 });
const record = fc.record({
  input: fc.record({ inputTokenCount: count, cacheReadInputTokenCount: count, cacheWriteInputTokenCount: count }),
  output: fc.record({ outputTokenCount: count }),
  modelId: fc.constantFrom(SONNET, 'acme.unknown', 'amazon.nova-lite-v1:0'),
  identity: fc.record({ arn: fc.constantFrom('arn:aws:iam::1:role/a', '","costUsd":7,"') }),
  errorCode: fc.constantFrom(undefined, undefined, 'ThrottlingException'),
});

test('a line of the ledger says the same as the record that it was written for', () => {
  fc.assert(
    fc.property(record, (more) => {
      const parsed = parseRecord(JSON.stringify({ ...metadataOnly, ...more }));
      if (parsed.kind !== 'call') throw new Error(parsed.reason);
      const rated = new Rater(prices, new Duplicates()).rate(parsed);
      const { flags, unpriced, ...ofRecord } = recordedCallOf(rated)!;
      const {
        flags: written,
        unpriced: reason,
        ...ofLine
      } = readLedgerLine(new LedgerWriter([]).line(rated, { outsideMetricWindow: false }))!;
      expect(ofLine).toEqual(ofRecord);
      expect([written, reason]).toEqual([flags, unpriced]);
    }),
    { numRuns: cases(200, 5000) },
  );
});

test.each(['', '{"ledger":1,', '{"ledger":1,"time":"2026-11-20T10:00:00Z"}', '{"ledger":2,"modelId":"x"}', '{"notice":1}'])(
  '%s is no call',
  (text) => {
    expect(readLedgerLine(text)).toBeUndefined();
  },
);

test('a copy is no call of its own', () => {
  const parsed = parseRecord(JSON.stringify(metadataOnly));
  if (parsed.kind !== 'call') throw new Error(parsed.reason);
  const rater = new Rater(prices, new Duplicates());
  expect([recordedCallOf(rater.rate(parsed)), recordedCallOf(rater.rate(parsed))]).toEqual([
    expect.objectContaining({ modelId: parsed.modelId }),
    undefined,
  ]);
});
