import * as fc from 'fast-check';
import { PriceEngine } from '../../../engine/pricing/price-engine';
import { formatUsd } from '../../../engine/pricing/usd-text';
import { type BatchJob, type Manifest, usageOfBatchJob } from '../../../engine/unrecorded/batch-job';
import { rateUnrecorded } from '../../../engine/unrecorded/rate-unrecorded';
import { cases } from '../../cases';

const NOW = Date.parse('2026-11-20T10:00:00Z');
const JOB: BatchJob = {
  jobArn: 'arn:aws:bedrock:us-east-1:111122223333:model-invocation-job/ra2zk4a8h696',
  modelId: 'anthropic.claude-haiku-4-5-20251001-v1:0',
  status: 'Completed',
  endTime: NOW,
};
const COUNTS = {
  totalRecordCount: 4,
  processedRecordCount: 4,
  successRecordCount: 3,
  errorRecordCount: 1,
  inputTokenCount: 300,
  outputTokenCount: 60,
};
const manifest = (changes: object = {}): Manifest => ({ text: JSON.stringify({ ...COUNTS, ...changes }) });
const rated = (of: Manifest, job: Partial<BatchJob> = {}) =>
  rateUnrecorded(usageOfBatchJob({ ...JOB, ...job }, of, NOW)!, new PriceEngine());

test('a job costs what its manifest counts, at the price of batches', () => {
  const { status, usage, unitPrices, call } = rated(manifest());
  expect(status).toBe('priced');
  expect(formatUsd(unitPrices!.cost(usage!).low)).toBe('0.00033');
  expect(call).toMatchObject({ source: 'batch', requestId: JOB.jobArn, region: 'us-east-1', accountId: '111122223333', time: NOW });
});

test.each<[string, Manifest, Partial<BatchJob>, string]>([
  ['it cannot be read', { unreadable: 'AccessDenied' }, {}, 'the manifest cannot be read: AccessDenied'],
  ['it is no JSON', { text: '{' }, {}, 'the manifest is not JSON'],
  ['it is a list', { text: '[]' }, {}, 'the manifest is not an object'],
  ['a count is missing', manifest({ outputTokenCount: undefined }), {}, "the manifest has no count in 'outputTokenCount'"],
  ['a count is a text', manifest({ inputTokenCount: '300' }), {}, "the manifest has no count in 'inputTokenCount'"],
  ['a count is negative', manifest({ inputTokenCount: -300 }), {}, "the manifest has no count in 'inputTokenCount'"],
  ['a count is no integer', manifest({ inputTokenCount: 0.5 }), {}, "the manifest has no count in 'inputTokenCount'"],
  [
    'records do not add up',
    manifest({ successRecordCount: 4 }),
    {},
    'the manifest contradicts itself: successes and errors are not the processed records',
  ],
  [
    'too many are processed',
    manifest({ totalRecordCount: 3 }),
    {},
    'the manifest contradicts itself: more records are processed than there are',
  ],
  [
    'answers without tokens',
    manifest({ inputTokenCount: 0 }),
    {},
    'the manifest contradicts itself: records succeeded without a token of input',
  ],
  [
    'output without answers',
    manifest({ successRecordCount: 0, errorRecordCount: 4 }),
    {},
    'the manifest contradicts itself: no record succeeded, and there are tokens of output',
  ],
  ['Bedrock counts others', manifest(), { successRecordCount: 2 }, "the manifest contradicts the job in 'successRecordCount'"],
])('a job is unpriced, and never costs 0, where %s', (_, of, job, reason) => {
  expect(rated(of, job)).toMatchObject({ status: 'unpriced', reason });
});

test('a job that failed before its first record is no usage; one that failed later is', () => {
  const failed = { ...JOB, status: 'Failed' };
  expect(usageOfBatchJob(failed, { unreadable: 'NoSuchKey' }, NOW)).toBeUndefined();
  expect(usageOfBatchJob({ ...failed, processedRecordCount: 3 }, { unreadable: 'NoSuchKey' }, NOW)?.reason).toContain('NoSuchKey');
  const none = manifest({ successRecordCount: 0, errorRecordCount: 4, inputTokenCount: 0, outputTokenCount: 0 });
  expect(usageOfBatchJob(JOB, none, NOW)).toBeUndefined();
});

test('whatever a manifest holds, a job is priced by its tokens, unpriced with a reason, or used nothing', () => {
  const count = fc.oneof(fc.nat({ max: 5 }), fc.constantFrom<unknown>(-1, 0.5, '3', null, 1e300, Number.NaN));
  const counts = fc.record(Object.fromEntries(Object.keys(COUNTS).map((name) => [name, count])), { requiredKeys: [] });
  fc.assert(
    fc.property(fc.oneof(counts, fc.jsonValue()), (json) => {
      const usage = usageOfBatchJob(JOB, { text: JSON.stringify(json) }, NOW);
      if (usage === undefined) return;
      const { status, reason, unitPrices, usage: priced } = rateUnrecorded(usage, new PriceEngine());
      if (status === 'priced') expect(unitPrices!.cost(priced!).low).toBeGreaterThan(0n);
      else expect(reason).toMatch(/^the manifest /);
    }),
    { numRuns: cases(100, 2000) },
  );
});
