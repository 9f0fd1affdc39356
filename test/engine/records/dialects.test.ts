import { NO_USAGE } from '../../../engine/pricing/token-buckets';
import type { Usage } from '../../../engine/pricing/types';
import type { Call } from '../../../engine/records/call';
import { parseRecord } from '../../../engine/records/parse-record';
import { metadataOnly, type Raw } from '../../fixtures/invocation-records';

const call = (input: Raw, output: Raw): Call => parseRecord(JSON.stringify({ ...metadataOnly, input, output })) as Call;
const ofRequest = (inputBodyJson: unknown): Call => call({ inputTokenCount: 1, inputBodyJson }, { outputTokenCount: 1 });
const ofResponse = (outputBodyJson: unknown): Call => call({ inputTokenCount: 1 }, { outputTokenCount: 1, outputBodyJson });
const usageOf = (outputBodyJson: unknown): Usage | undefined => call({}, { outputBodyJson }).usage;

test.each<[string, (reason: string) => Raw]>([
  ['Converse', (stopReason) => ({ stopReason })],
  ['a Nova stream', (stopReason) => ({ messageStop: { stopReason } })],
  ['Anthropic and Llama', (stop_reason) => ({ stop_reason })],
  ['an Anthropic stream', (stop_reason) => ({ delta: { stop_reason } })],
  ['OpenAI Responses', (reason) => ({ incomplete_details: { reason } })],
  ['OpenAI Chat Completions', (finish_reason) => ({ choices: [{ finish_reason }, { finish_reason: 'stop' }] })],
  ['DeepSeek', (stop_reason) => ({ choices: [{ stop_reason }] })],
  ['Titan', (completionReason) => ({ results: [{ completionReason }] })],
  ['a Titan stream', (completionReason) => ({ completionReason })],
  ['Mistral', (stop_reason) => ({ outputs: [{ stop_reason }] })],
  ['Cohere', (finish_reason) => ({ generations: [{ finish_reason }] })],
  ['a Cohere stream', (finish_reason) => ({ finish_reason })],
])('the stop reason of %s is read, from a whole body and from the last chunk that has one', (_, body) => {
  expect(ofResponse(body('end_turn')).facts?.stopReason).toBe('end_turn');
  expect(ofResponse([body('max_tokens'), '[DONE]', {}, body('end_turn'), {}]).facts?.stopReason).toBe('end_turn');
  expect(ofResponse(body('a whole sentence')).facts?.stopReason).toBe('other');
  expect(ofResponse(body('a_secret_word')).facts?.stopReason).toBe('other');
});

test.each<[string, (maxTokens: number, temperature: number) => Raw]>([
  ['Converse', (maxTokens, temperature) => ({ inferenceConfig: { maxTokens, temperature } })],
  ['Nova', (max_new_tokens, temperature) => ({ inferenceConfig: { max_new_tokens, temperature } })],
  ['Anthropic, Mistral and Cohere', (max_tokens, temperature) => ({ max_tokens, temperature })],
  ['OpenAI Responses', (max_output_tokens, temperature) => ({ max_output_tokens, temperature })],
  ['OpenAI Chat Completions', (max_completion_tokens, temperature) => ({ max_completion_tokens, temperature })],
  ['Llama', (max_gen_len, temperature) => ({ max_gen_len, temperature })],
  ['Titan', (maxTokenCount, temperature) => ({ textGenerationConfig: { maxTokenCount, temperature } })],
  ['AI21 Jurassic', (maxTokens, temperature) => ({ maxTokens, temperature })],
])('the token limit and the temperature of a request to %s are read', (_, body) => {
  expect(ofRequest(body(512, 0)).facts).toMatchObject({ maxTokens: 512, temperature: 0 });
  expect(ofRequest(body(-1, 0.5)).facts).toMatchObject({ maxTokens: undefined, temperature: 0.5 });
});

test('times, tiers and what a guardrail did are read where Bedrock writes them', () => {
  const metrics = { 'amazon-bedrock-invocationMetrics': { invocationLatency: 900, firstByteLatency: 210 } };

  expect(ofResponse({ metrics: { latencyMs: 2140 } }).facts?.latencyMs).toBe(2140);
  expect(ofResponse([{}, metrics]).facts).toMatchObject({ latencyMs: 900, firstByteMs: 210 });
  expect(ofResponse({ 'amazon-bedrock-guardrailAction': 'NONE' }).facts?.guardrail).toBe('NONE');
  expect(ofResponse({ stopReason: 'guardrail_intervened' }).facts?.guardrail).toBe('INTERVENED');
  expect(ofResponse({ performanceConfig: { latency: 'optimized' } }).tier).toBe('latency');
  expect(ofResponse({ performanceConfig: { latency: 'standard' } }).tier).toBe('standard');
  expect(parseRecord(JSON.stringify({ ...metadataOnly, performanceConfig: { latency: 'optimized' } }))).toMatchObject({ tier: 'latency' });
  expect(ofResponse({ serviceTier: { type: 'priority' } })).toMatchObject({ tier: 'priority', flags: [] });
  expect(ofResponse({ 'amazon-bedrock-guardrailAction': 'a_secret_word' }).facts?.guardrail).toBe('other');
});

test.each([
  ['latencyMs', (value: number) => ofResponse({ metrics: { latencyMs: value } }), 86_400_000],
  ['firstByteMs', (value: number) => ofResponse([{ 'amazon-bedrock-invocationMetrics': { firstByteLatency: value } }]), 86_400_000],
  ['maxTokens', (value: number) => ofRequest({ max_tokens: value }), 1e9],
  ['temperature', (value: number) => ofRequest({ temperature: value }), 100],
] as const)('%s is read up to a bound, beyond which no body means what it says', (fact, read, bound) => {
  expect(read(bound).facts?.[fact]).toBe(bound);
  for (const value of [bound * 1.001, 1e308, -1]) {
    expect(read(value).facts?.[fact]).toBeUndefined();
  }
});

test('images are counted where they were made or embedded, with the size and quality that were asked for', () => {
  const input = { inputBodyJson: { imageGenerationConfig: { width: 1024, height: 512, quality: 'premium' } } };
  const output = { outputBodyJson: { images: ['a', 'b'] } };

  expect(call(input, output)).toMatchObject({ usage: { units: { image: 2 } }, facts: { spec: { size: '1024x512', quality: 'premium' } } });
  expect(call(input, { ...output, outputImagesCount: 3 }).usage).toMatchObject({ units: { image: 3 } });
  expect(call({ inputBodyJson: { imageGenerationConfig: { width: 1024, quality: 'premium' } } }, output).facts?.spec).toEqual({
    quality: 'premium',
  });
});

test.each<[string, Raw | undefined, Raw | undefined, string[]]>([
  ['TEXT_IMAGE', undefined, { size: '1024x1024', quality: 'standard' }, ['imageDefaults']],
  ['IMAGE_VARIATION', { width: 2048 }, { size: '2048x1024', quality: 'standard' }, ['imageDefaults']],
  ['TEXT_IMAGE', { width: 512, height: 512, quality: 'premium' }, { size: '512x512', quality: 'premium' }, []],
  ['OUTPAINTING', undefined, { quality: 'standard' }, ['imageDefaults']],
  ['SINGLE_EMBEDDING', undefined, undefined, []],
])('of the task %s with %j the image is %j, and what the API fills in is flagged', (taskType, imageGenerationConfig, spec, flags) => {
  const made = ofRequest({ taskType, imageGenerationConfig });
  expect([made.facts?.spec, made.flags]).toEqual([spec, flags]);
});

describe('token counts', () => {
  const anthropic = { input_tokens: 12, cache_read_input_tokens: 40, cache_creation_input_tokens: 700 };
  const lifetimes = { cache_creation: { ephemeral_5m_input_tokens: 500, ephemeral_1h_input_tokens: 100 } };
  const responses = { input_tokens: 20, input_tokens_details: { cached_tokens: 15 }, output_tokens: 6 };
  const converse = { inputTokens: 8, outputTokens: 2, cacheReadInputTokens: 3, cacheReadInputTokenCount: 3, totalTokens: 13 };

  test.each<[string, unknown, Partial<Usage>]>([
    ['Converse', { usage: converse }, { input: 8, output: 2, cacheRead: 3 }],
    [
      'Converse, older names',
      { usage: { inputTokens: 8, outputTokens: 2, cacheWriteInputTokenCount: 4 } },
      { input: 8, output: 2, cacheWrite: 4 },
    ],
    ['a Nova stream', [{ messageStart: {} }, { metadata: { usage: converse } }], { input: 8, output: 2, cacheRead: 3 }],
    ['Anthropic', { usage: { ...anthropic, output_tokens: 9 } }, { input: 12, output: 9, cacheRead: 40, cacheWrite: 700 }],
    [
      'an Anthropic stream',
      [{ message: { usage: { ...anthropic, ...lifetimes, output_tokens: 1 } } }, { usage: { output_tokens: 9 } }],
      { input: 12, output: 9, cacheRead: 40, cacheWrite5m: 500, cacheWrite1h: 100, cacheWrite: 100 },
    ],
    ['OpenAI Responses', { usage: responses }, { input: 20, output: 6, cacheRead: 15 }],
    [
      'OpenAI Responses with written tokens',
      { usage: { ...responses, input_tokens_details: { cached_tokens: 15, cache_write_tokens: 4 } } },
      { input: 20, output: 6, cacheRead: 15, cacheWrite: 4 },
    ],
    ['an OpenAI Responses stream', [{ response: {} }, { response: { usage: responses } }], { input: 20, output: 6, cacheRead: 15 }],
    [
      'OpenAI Chat Completions',
      { usage: { prompt_tokens: 20, completion_tokens: 6, prompt_tokens_details: { cached_tokens: 15, cache_write_tokens: 4 } } },
      { input: 20, output: 6, cacheRead: 15, cacheWrite: 4 },
    ],
    ['Llama', { prompt_token_count: 11, generation_token_count: 5 }, { input: 11, output: 5 }],
    [
      'a Llama stream',
      [
        { prompt_token_count: 11, generation_token_count: 1 },
        { prompt_token_count: null, generation_token_count: 5 },
      ],
      { input: 11, output: 5 },
    ],
    ['Titan', { inputTextTokenCount: 7, results: [{ tokenCount: 3 }, { tokenCount: 4 }] }, { input: 7, output: 7 }],
    ['a Titan stream', [{ inputTextTokenCount: 4 }, { totalOutputTextTokenCount: 9, inputTextTokenCount: 4 }], { input: 4, output: 9 }],
  ])('of %s are read', (_, body, counts) => {
    expect(usageOf(body)).toEqual({ ...NO_USAGE, units: undefined, ...counts });
  });

  test('of a stream are the last ones, and those of Bedrock replace those of the model', () => {
    const metrics = {
      inputTokenCount: 70,
      outputTokenCount: 80,
      cacheReadInputTokenCount: 90,
      cacheWriteInputTokenCount: 100,
    };
    const chunks = [{ usage: { inputTokens: 1, outputTokens: 2 } }, { usage: { outputTokens: 3 } }];

    expect(usageOf(chunks)).toMatchObject({ input: 1, output: 3 });
    expect(usageOf([...chunks, { 'amazon-bedrock-invocationMetrics': metrics }])).toMatchObject({
      ...{ input: 70, output: 80, cacheRead: 90, cacheWrite: 100 },
    });
    expect(usageOf([{ ...chunks[0], 'amazon-bedrock-invocationMetrics': { inputTokenCount: 70 } }])).toMatchObject({
      input: 70,
      output: 2,
    });
  });

  test('of a body in two dialects come from the first row alone', () => {
    expect(usageOf({ usage: { inputTokens: 1, outputTokens: 2, prompt_tokens: 3, completion_tokens: 4 } })).toMatchObject({
      ...{ input: 1, output: 2 },
    });
  });

  test('of Converse have the lifetimes that cacheDetails names, and leave the others open', () => {
    const details = (...cacheDetails: unknown[]) => ({
      usage: { inputTokens: 1, outputTokens: 1, cacheWriteInputTokens: 100, cacheDetails },
    });
    const written = (ttl: string, inputTokens: number) => ({ ttl, inputTokens });

    expect(usageOf(details(written('5m', 10), written('1h', 20), written('5m', 5), written('9h', 9), null))).toMatchObject({
      ...{ cacheWrite5m: 15, cacheWrite1h: 20, cacheWrite: 65 },
    });
    expect(usageOf(details(written('5m', 60), written('1h', 40)))).toMatchObject({ cacheWrite5m: 60, cacheWrite1h: 40, cacheWrite: 0 });
    expect(call({}, { outputBodyJson: details(written('5m', 60), written('1h', 41)) })).toMatchObject({
      usage: { cacheWrite5m: 0, cacheWrite1h: 0, cacheWrite: 100 },
      flags: ['cacheSplitMismatch'],
    });
  });

  test('of Titan are those of all results, or the total where a result has none', () => {
    const titan = (...tokenCounts: unknown[]) => ({
      inputTextTokenCount: 7,
      totalOutputTextTokenCount: 99,
      results: tokenCounts.map((tokenCount) => ({ tokenCount })),
    });

    expect(usageOf(titan(3, 4))).toMatchObject({ input: 7, output: 7 });
    expect(usageOf(titan(3, null))).toMatchObject({ output: 99 });
    expect(usageOf(titan())).toMatchObject({ output: 99 });
  });

  const unreadable = [
    ['inputTokens', { usage: { inputTokens: 1.5, outputTokens: 1 } }],
    ['output_tokens', { usage: { input_tokens: 1, output_tokens: -1 } }],
    ['completion_tokens', { usage: { prompt_tokens: 1, completion_tokens: '6' } }],
    ['cached_tokens', { usage: { prompt_tokens: 1, completion_tokens: 6, prompt_tokens_details: { cached_tokens: [] } } }],
    ['tokenCount', { inputTextTokenCount: 1, results: [{ tokenCount: {} }] }],
    ['outputTokenCount', [{ usage: { inputTokens: 1 }, 'amazon-bedrock-invocationMetrics': { outputTokenCount: true } }]],
  ] as const;

  test.each(unreadable)('are unknown and flagged where %s is no whole number', (_, outputBodyJson) => {
    expect(call({}, { outputBodyJson })).toMatchObject({ usage: undefined, flags: ['unreadableCount'] });
  });

  test.each(unreadable)('of the envelope are enough, whatever the body has for %s', (_, outputBodyJson) => {
    const counters = { inputTokenCount: 1, cacheReadInputTokenCount: 2, cacheWriteInputTokenCount: 3 };
    expect(call(counters, { outputTokenCount: 4, outputBodyJson })).toMatchObject({
      ...{ usage: { input: 1, cacheRead: 2, cacheWrite: 3, output: 4 }, flags: [] },
    });
  });

  test('leave the lifetime open where that of the body cannot be read', () => {
    const outputBodyJson = { usage: { cacheDetails: [{ ttl: '5m', inputTokens: 1e10 }], inputTokens: 1, outputTokens: 1 } };
    expect(call({ cacheWriteInputTokenCount: 5 }, { outputBodyJson })).toMatchObject({
      ...{ usage: { cacheWrite: 5, cacheWrite5m: 0 }, flags: ['cacheSplitMismatch'] },
    });
  });

  test('say whether input holds the cached tokens, as far as the dialect and the envelope agree', () => {
    const chat = { usage: { prompt_tokens: 20, completion_tokens: 6, prompt_tokens_details: { cached_tokens: 15 } } };
    const metrics = { 'amazon-bedrock-invocationMetrics': { inputTokenCount: 5 } };
    const holds = (outputBodyJson: unknown, inputTokenCount?: number) => call({ inputTokenCount }, { outputBodyJson }).inputHoldsCached;

    expect([holds(chat), holds(chat, 20), holds(chat, 5), holds([chat, metrics])]).toEqual([true, true, undefined, undefined]);
    expect([holds({ usage: { ...anthropic, output_tokens: 1 } }), holds({ usage: converse })]).toEqual([false, undefined]);
  });
});
