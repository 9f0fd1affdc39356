import * as fc from 'fast-check';
import { PriceEngine } from '../../../engine/pricing/price-engine';
import { Duplicates } from '../../../engine/rating/duplicates';
import { Rater, type RatedCall } from '../../../engine/rating/rater';
import type { Call } from '../../../engine/records/call';
import { parseRecord } from '../../../engine/records/parse-record';
import { cases } from '../../cases';
import { metadataOnly, type Raw } from '../../fixtures/invocation-records';

const RUNS = cases(1_000, 100_000);

const count = fc.option(fc.nat({ max: 400_000 }), { nil: undefined });
/** What an API, a caller or a model could write, at the places where facts are looked for. */
const claim = fc.record(
  {
    serviceTier: fc.record({ type: fc.constantFrom('flex', 'priority', 'reserved', 'default', 'constructor', 'x') }),
    service_tier: fc.constantFrom<unknown>('flex', 'priority', 'reserved', 'auto', '__proto__', 5),
    performanceConfig: fc.record({ latency: fc.constantFrom('optimized', 'standard') }),
    usage: fc.record({ inputTokens: count, outputTokens: count }),
    trace: fc.record({ promptRouter: fc.record({ invokedModelId: fc.constantFrom('amazon.nova-micro-v1:0', 'x') }) }),
    inputImage: fc.constantFrom('AAAA', ''),
    singleEmbeddingParams: fc.constantFrom({ image: {} }, { video: {} }, { text: {} }),
    taskType: fc.constantFrom('TEXT_IMAGE', 'OUTPAINTING'),
    inferenceConfig: fc.jsonValue() as fc.Arbitrary<unknown>,
    messages: fc.jsonValue() as fc.Arbitrary<unknown>,
  },
  { requiredKeys: [] },
);
const anyRecord: fc.Arbitrary<Raw> = fc
  .record({
    modelId: fc.constantFrom(
      'us.anthropic.claude-sonnet-4-6',
      'openai.gpt-oss-120b-1:0',
      'us.openai.gpt-5.6-sol',
      'amazon.nova-lite-v1:0',
      'amazon.titan-embed-text-v2:0',
      'amazon.titan-embed-image-v1',
      'amazon.nova-2-multimodal-embeddings-v1:0',
      'amazon.titan-image-generator-v2:0',
      'cohere.rerank-v3-5:0',
      'arn:aws:bedrock:us-east-1:111122223333:provisioned-model/x',
    ),
    operation: fc.constantFrom('Converse', 'ConverseStream', 'InvokeModel', 'ChatCompletions'),
    input: fc.record({ inputTokenCount: count, cacheReadInputTokenCount: count, cacheWriteInputTokenCount: count }),
    output: fc.record({ outputTokenCount: count, searchUnits: fc.constantFrom(undefined, 0, 2), outputBodyJson: claim }),
  })
  .map((changes) => ({ ...metadataOnly, ...changes }));

const engine = new PriceEngine();
const rate = (record: Raw): RatedCall => new Rater(engine, new Duplicates(16)).rate(parseRecord(JSON.stringify(record)) as Call);

test('only hours that are paid, and rows of 0.00, make a call that used something cost nothing', () => {
  let priced = 0;
  fc.assert(
    fc.property(anyRecord, (record) => {
      const { status, usage, unitPrices, call } = rate(record);
      if (status !== 'priced') return;
      priced += 1;
      const { low, high, byKind } = unitPrices!.cost(usage!);
      expect(low <= high).toBe(true);
      const { resolved, rates, flags } = unitPrices!.quote;
      if (high > 0n || flags.includes('hourlyCapacity')) return;
      // A cache write of unknown lifetime is priced at the rates of the lifetimes that have one.
      const lifetimes = [rates.cacheWrite5m, rates.cacheWrite1h].filter((rate) => rate !== undefined);
      const ratesOf = (kind: string) => (kind === 'cacheWrite' && lifetimes.length > 0 ? lifetimes : [rates[kind]]);
      expect(Object.keys(byKind).filter((kind) => ratesOf(kind).some((rate) => rate !== 0n))).toEqual([]);
      expect([call.lacksOutput, resolved.hasOutput]).toEqual([false, true]);
    }),
    { numRuns: RUNS },
  );
  expect(priced).toBeGreaterThan(RUNS / 10);
});

test('nothing that a caller or a model writes into its texts takes a price away or makes a call cheaper than the cheapest tier', () => {
  fc.assert(
    fc.property(anyRecord, claim, claim, (record, asked, answered) => {
      // These two models bill what is embedded, and only the request says what that is.
      fc.pre(!/embed-image|multimodal-embeddings/.test(String(record.modelId)));
      const plain = {
        ...record,
        input: { ...(record.input as Raw), inputBodyJson: undefined },
        output: { ...(record.output as Raw), outputBodyJson: undefined },
      };
      const claimed = {
        ...plain,
        input: { ...plain.input, inputBodyJson: asked },
        output: { ...plain.output, outputBodyJson: JSON.stringify(answered) },
      };
      const [before, after] = [plain, claimed].map((each) => rate(each));
      // Without a body, a record of zeros is taken for the one that streams write before the real one: it says nothing of the call.
      if (before!.reason === 'zeroRecord') return;
      // Of images that are made, only the request says how large they are.
      if (after!.status !== 'priced') expect(after!.status).toBe(before!.status);
      if (before!.status !== 'priced') return;
      const [cost, withClaim] = [before!, after!].map(({ unitPrices, usage }) => unitPrices!.cost(usage!));
      expect(withClaim!.high >= cost!.low).toBe(true);
      if (cost!.low > 0n) expect(withClaim!.low).toBeGreaterThan(0n);
    }),
    { numRuns: RUNS },
  );
});
