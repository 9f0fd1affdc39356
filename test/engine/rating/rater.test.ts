import type { ProfileLookup } from '../../../engine/pricing/model-id';
import { PriceEngine } from '../../../engine/pricing/price-engine';
import { NO_USAGE, TOKEN_BUCKETS } from '../../../engine/pricing/token-buckets';
import type { Call } from '../../../engine/records/call';
import { Duplicates } from '../../../engine/rating/duplicates';
import { parseRecord } from '../../../engine/records/parse-record';
import { Rater } from '../../../engine/rating/rater';
import {
  APPLICATION_PROFILE_ARN,
  blocked,
  converse,
  embedding,
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

describe('cached tokens of the OpenAI family', () => {
  const input = { inputTokenCount: 12_401, cacheReadInputTokenCount: 8367, cacheWriteInputTokenCount: 4032 };
  const openAi = { ...metadataOnly, modelId: 'us.openai.gpt-5.6-sol', input };
  const rated = (record: Raw) => rater().rate(parseRecord(JSON.stringify(record)) as Call);

  test('that input could hold are taken out of it at the lowest cost, and left in at the highest, flagged', () => {
    const { usage, unitPrices } = rated(openAi);
    expect(usage).toMatchObject({ input: 2, cacheRead: 8367, cacheWrite: 4032, units: { possibleInput: 12_399 } });
    const { low, high } = unitPrices!.cost(usage!);
    expect(high - low).toBe(12_399n * 4_400_000n);
    expect(unitPrices!.quote.flags).toContain('inputMayHoldCached');
  });

  test('are at the rates of a long prompt at the highest cost, where only that reading makes it long', () => {
    const { usage, unitPrices } = rated({ ...openAi, input: { inputTokenCount: 200_000, cacheReadInputTokenCount: 150_000 } });
    const { low, high } = unitPrices!.cost(usage!);
    // Up to 272,000 tokens: 4.40, 0.44 and 22 USD for a million; beyond: 8.80, 0.88 and 33. 350 tokens are output.
    expect(low).toBe(50_000n * 4_400_000n + 150_000n * 440_000n + 350n * 22_000_000n);
    expect(high).toBe(200_000n * 8_800_000n + 150_000n * 880_000n + 350n * 33_000_000n);
  });

  test('that input cannot hold, or of another family, are left alone', () => {
    expect(rated({ ...openAi, input: { ...input, inputTokenCount: 12_398 } }).usage).toMatchObject({ input: 12_398, units: undefined });
    expect(rated({ ...metadataOnly, input }).usage).toMatchObject({ input: 12_401, units: undefined });
  });

  test('are taken out where the body says that input holds them', () => {
    const details = { cached_tokens: 8367, cache_write_tokens: 4032 };
    const outputBodyJson = { usage: { prompt_tokens: 12_401, completion_tokens: 50, prompt_tokens_details: details } };
    const { usage, unitPrices } = rated({ ...openAi, input: {}, output: { outputBodyJson } });
    expect([usage?.input, usage?.units, unitPrices?.quote.flags]).toEqual([2, undefined, []]);
  });
});

describe('a tier that only the request names', () => {
  const asking = (type: string): Raw => ({
    ...metadataOnly,
    modelId: 'openai.gpt-oss-120b-1:0',
    operation: 'Converse',
    input: { inputTokenCount: 10_000, inputBodyJson: { serviceTier: { type } } },
    output: { outputTokenCount: 1000 },
  });
  const costOf = (record: Raw) => {
    const { status, usage, unitPrices } = rater().rate(parseRecord(JSON.stringify(record)) as Call);
    const { low, high } = unitPrices!.cost(usage!);
    const fast = unitPrices!.fastCost(usage!);
    expect([BigInt(fast!.low), BigInt(fast!.high)]).toEqual([low, high]);
    return [status, low, high];
  };

  test('leaves the cost between that tier and standard', () => {
    expect(costOf(asking('flex'))).toEqual(['priced', 1_050_000_000n, 2_100_000_000n]);
    expect(costOf(asking('priority'))).toEqual(['priced', 2_100_000_000n, 3_675_000_000n]);
  });

  test.each(['default', 'reserved', 'constructor'])('and is %s leaves it at standard', (type) => {
    expect(costOf(asking(type))).toEqual(['priced', 2_100_000_000n, 2_100_000_000n]);
  });
});

describe('the model is asked about once it is resolved', () => {
  const states = (record: Raw, target: string) =>
    rateAll(
      [{ ...record, modelId: APPLICATION_PROFILE_ARN }],
      rater(() => target),
    )[0]!.slice(0, 2);

  test('whether it makes output', () => {
    expect(states(embedding, 'amazon.titan-embed-text-v2:0')).toEqual(['priced', undefined]);
    expect(states(embedding, 'us.anthropic.claude-sonnet-4-6')).toEqual(['unpriced', 'noCounters']);
    expect(rateAll([{ ...embedding, modelId: 'acme.embed-everything-v1:0' }])[0]![0]).toBe('unpriced');
  });

  test('which one a prompt router invoked, and never by what another id claims', () => {
    const router = 'arn:aws:bedrock:us-east-1:111122223333:default-prompt-router/amazon.nova:1';
    const outputBodyJson = { trace: { promptRouter: { invokedModelId: 'us.amazon.nova-lite-v1:0' } } };
    const routed = {
      ...metadataOnly,
      operation: 'Converse',
      input: { inputTokenCount: 500 },
      output: { outputTokenCount: 120, outputBodyJson },
    };
    const model = (record: Raw) => rater().rate(parseRecord(JSON.stringify(record)) as Call).unitPrices?.quote.resolved.model;
    expect(model({ ...routed, modelId: router })).toBe('amazon.nova-lite-v1:0');
    expect(model(routed)).toBe('anthropic.claude-sonnet-4-6');
  });
});

describe('what a guardrail billed', () => {
  const usage = { topicPolicyUnits: 2, contentPolicyUnits: 2, wordPolicyUnits: 2, sensitiveInformationPolicyUnits: 2 };
  const guardrail = { inputAssessment: { gr1: { invocationMetrics: { usage } } } };
  const lowest = (record: Raw) => {
    const rated = rater().rate(parseRecord(JSON.stringify(record)) as Call);
    return [rated.status, rated.status === 'priced' ? rated.unitPrices!.cost(rated.usage!).low : rated.reason];
  };

  test('is part of the cost of a call', () => {
    const cost = lowest({ ...metadataOnly, output: { outputTokenCount: 350, outputBodyJson: { trace: { guardrail } } } })[1] as bigint;
    expect(cost - (lowest(metadataOnly)[1] as bigint)).toBe(800_000_000n);
  });

  test('is the cost of a call that it blocked', () => {
    const blockedBody = {
      'amazon-bedrock-guardrailAction': 'INTERVENED',
      'amazon-bedrock-trace': { guardrail: { input: { gr1: { invocationMetrics: { usage } } } } },
    };
    expect(lowest({ ...blocked, output: { outputBodyJson: blockedBody } })).toEqual(['priced', 800_000_000n]);
    const zeros = {
      ...zeroRecord,
      output: { outputTokenCount: 0, outputBodyJson: { stopReason: 'guardrail_intervened', trace: { guardrail } } },
    };
    expect(lowest(zeros)).toEqual(['priced', 800_000_000n]);
  });

  test('does not make up for the counters of the model', () => {
    expect(lowest({ ...metadataOnly, output: { outputBodyJson: { trace: { guardrail } } } })).toEqual(['unpriced', 'noCounters']);
  });
});

describe('an embedding of no text', () => {
  const nova = 'amazon.nova-2-multimodal-embeddings-v1:0';
  const usageOf = (modelId: string, inputBodyJson: Raw, counters: Raw = {}) => {
    const { status, reason, usage } = rater().rate(
      parseRecord(JSON.stringify({ ...embedding, modelId, input: { inputBodyJson, ...counters } })) as Call,
    );
    return status === 'priced' ? usage : reason;
  };
  const image = { format: 'jpeg', source: { bytes: 'AAAA' } };

  test.each([{}, { inputTokenCount: 0 }, { inputTokenCount: 257 }])('of Nova is billed by the image, with the counters %j', (counters) => {
    const of = (part: Raw) => usageOf(nova, { singleEmbeddingParams: { image: part } }, counters);
    expect(of(image)).toEqual({ ...NO_USAGE, units: { image: 1 } });
    expect(of({ ...image, detailLevel: 'DOCUMENT_IMAGE' })).toEqual({ ...NO_USAGE, units: { documentImage: 1 } });
  });

  test('of Nova is billed by the second of sound or film, and is unknown where no counter has them', () => {
    const of = (counters: Raw) => usageOf(nova, { singleEmbeddingParams: { video: {} } }, { inputTokenCount: 9, ...counters });
    expect(of({ videoInputDurationSeconds: 4 })).toEqual({ ...NO_USAGE, units: { videoSecond: 4 } });
    expect(of({})).toBe('noCounters');
  });

  test('of Titan is billed by the image and the text beside it', () => {
    const of = (counters: Raw) => usageOf('amazon.titan-embed-image-v1', { inputImage: 'AAAA' }, counters);
    expect(of({ inputTokenCount: 9 })).toEqual({ ...NO_USAGE, input: 9, units: { image: 1 } });
    expect(of({})).toEqual({ ...NO_USAGE, units: { image: 1 } });
  });

  test.each([{ inputImage: 'AAAA' }, { singleEmbeddingParams: { image } }])(
    'is not made by what a caller writes to another model: %j',
    (body) => {
      expect(rateAll([{ ...metadataOnly, input: { inputTokenCount: 5, inputBodyJson: body } }])).toEqual([['priced', undefined, true]]);
      expect(rateAll([{ ...metadataOnly, input: { inputBodyJson: body }, output: {} }])).toEqual([['unpriced', 'noCounters', true]]);
    },
  );
});

describe('nothing billable is priced 0', () => {
  const multimodal = { ...embedding, modelId: 'amazon.nova-2-multimodal-embeddings-v1:0' };

  test('an embedding of which nothing is counted is unpriced, one of unknown modality is flagged', () => {
    expect(rateAll([{ ...multimodal, input: { inputTokenCount: 0 } }])).toEqual([['unpriced', 'noCounters', true]]);
    const counted = rater().rate(parseRecord(JSON.stringify({ ...multimodal, input: { inputTokenCount: 257 } })) as Call);
    expect([counted.status, counted.unitPrices?.quote.flags]).toEqual(['priced', ['modalityUnknown']]);
  });
});

test('an application inference profile has the price of the model behind it, and none while that is not known', () => {
  const record = { ...converse, modelId: APPLICATION_PROFILE_ARN };
  const profiles = (arn: string) => (arn === APPLICATION_PROFILE_ARN ? 'global.anthropic.claude-sonnet-4-6' : undefined);
  const rated = rater(profiles).rate(parseRecord(JSON.stringify(record)) as Call);
  expect([rated.status, rated.unitPrices?.quote.resolved.routing]).toEqual(['priced', 'global']);
  expect(rateAll([record])[0]?.[0]).toBe('unpriced');
});
