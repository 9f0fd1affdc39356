import fc from 'fast-check';
import { PriceEngine } from '../../engine/pricing/price-engine';
import { Duplicates } from '../../engine/rating/duplicates';
import { parseRecord } from '../../engine/records/parse-record';
import { Rater } from '../../engine/rating/rater';
import { costOf, flagsOf } from '../../cli/replay/call-cost';
import { CallTotals } from '../../cli/replay/call-totals';
import { groupingOf } from '../../cli/replay/grouping';
import { outputOfCall } from '../../cli/replay/output-record';
import { ReplaySummary } from '../../cli/replay/replay-summary';
import { cases } from '../cases';

const MODELS = [
  'us.anthropic.claude-sonnet-4-6',
  'global.anthropic.claude-sonnet-4-5-20250929-v1:0',
  'arn:aws:bedrock:us-east-1:111122223333:inference-profile/eu.anthropic.claude-haiku-4-5-20251001-v1:0',
  'amazon.nova-micro-v1:0',
  'us.openai.gpt-5.6-sol',
  'amazon.nova-canvas-v1:0',
  'cohere.rerank-v3-5:0',
  'arn:aws:bedrock:us-east-1:111122223333:provisioned-model/abc',
  'arn:aws:bedrock:us-east-1:111122223333:application-inference-profile/abc',
  'acme.model',
  '__proto__',
  '',
];

const RECORDS = cases(10_000, 100_000);
const BATCH = 500;

/** Mostly valid counts, and some that the parser must refuse. */
const count = fc.oneof(
  { weight: 12, arbitrary: fc.integer({ min: 0, max: 400_000 }) },
  { weight: 1, arbitrary: fc.constantFrom<unknown>(undefined, null, -1, 0.5, 1e9, 1e300, Number.NaN, Infinity, '7', {}, true) },
);
const seconds = fc.oneof({ weight: 5, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: fc.double({ min: -1, max: 1e6 }) });

const record = fc.record({
  schemaType: fc.constantFrom('ModelInvocationLog', 'ModelInvocationLog', 'ModelInvocationLog', undefined, 'Other'),
  timestamp: fc.constantFrom<unknown>(
    '2026-11-20T10:15:42Z',
    '2026-08-20T23:59:59.999Z',
    '2019-01-01T00:00:00Z',
    '2026-99-99T00:00:00Z',
    5,
  ),
  region: fc.constantFrom<unknown>('us-east-1', 'eu-west-1', 'us-gov-west-1', 'cn-north-1', 'nowhere', null),
  requestId: fc.option(fc.uuid(), { nil: '****', freq: 20 }),
  operation: fc.constantFrom<unknown>('Converse', 'ConverseStream', 'InvokeModel', 7),
  modelId: fc.constantFrom(...MODELS),
  identity: fc.constantFrom<unknown>({ arn: 'arn:aws:iam::111122223333:user/a' }, {}, null, 'text'),
  errorCode: fc.constantFrom<unknown>(undefined, undefined, undefined, 'ThrottlingException', 'with a secret'),
  input: fc.record({ inputTokenCount: count, cacheReadInputTokenCount: count, cacheWriteInputTokenCount: count }),
  output: fc.record({
    outputTokenCount: count,
    outputImagesCount: fc.constantFrom<unknown>(undefined, undefined, 2),
    outputVideoDurationSeconds: seconds,
    outputBodyJson: fc.constantFrom<unknown>(undefined, undefined, null, '{', [1, '[DONE]', null], {
      usage: { cacheDetails: [{ ttl: '1h', inputTokens: 5 }] },
    }),
  }),
});

test('random records: each ends in one state, nothing throws, costs add up and no range is inverted', () => {
  const engine = new PriceEngine();
  const seen = new Duplicates();
  const rater = new Rater(engine, seen);
  const whole = new ReplaySummary(groupingOf('model'));
  const parts: ReplaySummary[] = [];
  let sum = { low: 0n, high: 0n };

  fc.assert(
    fc.property(fc.array(record, { minLength: BATCH, maxLength: BATCH, size: 'max' }), (records) => {
      const part = new ReplaySummary(groupingOf('day'));
      parts.push(part);
      for (const each of records) {
        const parsed = parseRecord(JSON.stringify(each));
        if (parsed.kind !== 'call') {
          [whole, part].forEach((summary) => summary.addUnusable(parsed));
          continue;
        }
        const rated = rater.rate(parsed);
        const { status, usage, unitPrices } = rated;
        const cost = costOf(rated);
        const flags = flagsOf(rated, cost);
        const exact = status === 'priced' ? unitPrices!.cost(usage!) : { low: 0n, high: 0n };
        const output = outputOfCall(rated, cost, flags);
        expect([BigInt(cost.low), BigInt(cost.high)]).toEqual([exact.low, exact.high]);
        expect(exact.low >= 0n && exact.low <= exact.high).toBe(true);
        expect(output.costUsd !== undefined).toBe(status === 'priced');
        [whole, part].forEach((summary) => summary.addCall(rated, cost, flags));
        sum = { low: sum.low + exact.low, high: sum.high + exact.high };
      }
      seen.confirm();
    }),
    { numRuns: RECORDS / BATCH, endOnFailure: true, seed: 20261121 },
  );

  const together = CallTotals.of(parts.map(({ allCalls }) => allCalls));
  expect(whole.recordCount).toBe(RECORDS);
  expect(parts.reduce((sum, { recordCount }) => sum + recordCount, 0)).toBe(RECORDS);
  expect([whole.allCalls.low, whole.allCalls.high]).toEqual([sum.low, sum.high]);
  expect([together.low, together.high]).toEqual([sum.low, sum.high]);
  expect(Math.min(...Object.values(whole.records))).toBeGreaterThan(RECORDS / 100);
}, 120_000);
