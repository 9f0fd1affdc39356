import { PriceEngine } from '../../engine/pricing/price-engine';
import { NO_USAGE } from '../../engine/pricing/token-buckets';
import { formatUsd } from '../../engine/pricing/usd-text';
import { traceConverse, type TraceOptions } from '../../trace';
import { Client, command, readAll, REQUEST_ID, type Response, streamOf } from './fake-client';
import { provider, useProvider } from './tracing';

useProvider();

type Raw = Record<string, unknown>;
const SONNET = 'us.anthropic.claude-sonnet-4-5-20250929-v1:0';
const metadata = { $metadata: { requestId: REQUEST_ID } };
const bytes = (body: unknown): Uint8Array => new Uint8Array(Buffer.from(JSON.stringify(body)));
const chunks = (...bodies: Raw[]): Raw[] => bodies.map((body) => ({ chunk: { bytes: bytes(body) } }));

const usd = (modelId: string, usage: Partial<typeof NO_USAGE>, tier: 'standard' | 'flex' = 'standard'): number => {
  const prices = new PriceEngine();
  const { input = 0, cacheRead = 0 } = usage;
  const quote = prices.quote({ modelId, region: 'us-east-1', tier, timestamp: Date.now(), contextTokens: input + cacheRead });
  return Number(formatUsd(prices.cost(quote, { ...NO_USAGE, ...usage }).low));
};

async function call(input: Raw, response: Partial<Response>, options: TraceOptions = {}) {
  const answer = await traceConverse(new Client({ ...metadata, ...response }), command(input), options);
  const stream = answer.stream ?? (answer.body && Symbol.asyncIterator in answer.body ? answer.body : undefined);
  const events = stream && (await readAll(stream));
  return { events, span: provider.ended.at(-1)! };
}

const request = {
  messages: [{ role: 'user', content: [{ text: 'secret words' }] }],
  inferenceConfig: { maxTokens: 512, temperature: 0.2, topP: 0.9 },
};
const usage = { inputTokens: 14, outputTokens: 60, cacheReadInputTokens: 4000, cacheWriteInputTokens: 100 };

test('Converse: what the conventions ask for, cached tokens included in the input, and the cost', async () => {
  const { span } = await call({ modelId: SONNET, ...request }, { usage, stopReason: 'end_turn', metrics: { latencyMs: 900 } });
  expect(span).toMatchObject({ name: `chat ${SONNET}`, kind: 2 });
  expect(span.attributes).toEqual({
    'gen_ai.provider.name': 'aws.bedrock',
    'gen_ai.operation.name': 'chat',
    'aws.request_id': REQUEST_ID,
    'cloud.region': 'us-east-1',
    'gen_ai.request.model': SONNET,
    'gen_ai.request.max_tokens': 512,
    'gen_ai.request.temperature': 0.2,
    'gen_ai.request.top_p': 0.9,
    'gen_ai.response.finish_reasons': ['end_turn'],
    'gen_ai.usage.input_tokens': 4114,
    'gen_ai.usage.output_tokens': 60,
    'gen_ai.usage.cache_read.input_tokens': 4000,
    'gen_ai.usage.cache_creation.input_tokens': 100,
    'llm.cost.usd': usd(SONNET, { input: 14, output: 60, cacheRead: 4000, cacheWrite: 100 }),
  });
});

test('ConverseStream: tokens that arrive last are on the span', async () => {
  const sent = [
    { messageStart: { role: 'assistant' } },
    { contentBlockDelta: { delta: { text: 'secret words' }, contentBlockIndex: 0 } },
    { messageStop: { stopReason: 'max_tokens' } },
    { metadata: { usage: { inputTokens: 14, outputTokens: 60 }, metrics: { latencyMs: 900 }, serviceTier: { type: 'flex' } } },
  ];
  const model = 'amazon.nova-pro-v1:0';
  const { events, span } = await call({ modelId: model, ...request }, { stream: streamOf(sent) });
  expect(events).toEqual(sent);
  expect(span.attributes).toMatchObject({
    'gen_ai.response.finish_reasons': ['max_tokens'],
    'gen_ai.usage.input_tokens': 14,
    'gen_ai.response.time_to_first_chunk': expect.any(Number) as number,
    'aws.bedrock.service_tier': 'flex',
    'llm.cost.usd': usd(model, { input: 14, output: 60 }, 'flex'),
  });
});

const claude = {
  usage: { input_tokens: 14, output_tokens: 60, cache_read_input_tokens: 4000, cache_creation_input_tokens: 0 },
  stop_reason: 'end_turn',
};
const claudeRequest = {
  anthropic_version: 'bedrock-2023-05-31',
  max_tokens: 100,
  top_p: 0.5,
  messages: [{ role: 'user', content: 'secret words' }],
};

test.each<[string, unknown]>([
  ['text', JSON.stringify(claudeRequest)],
  ['bytes', bytes(claudeRequest)],
  ['a buffer', Buffer.from(JSON.stringify(claudeRequest))],
])('InvokeModel with a body of %s', async (_, body) => {
  const { span } = await call({ modelId: SONNET, body }, { body: bytes({ ...claude, content: [{ text: 'secret words' }] }) });
  expect(span.attributes).toMatchObject({
    'gen_ai.request.max_tokens': 100,
    'gen_ai.request.top_p': 0.5,
    'gen_ai.response.finish_reasons': ['end_turn'],
    'gen_ai.usage.input_tokens': 4014,
    'gen_ai.usage.output_tokens': 60,
    'llm.cost.usd': usd(SONNET, { input: 14, output: 60, cacheRead: 4000 }),
  });
});

test.each<[string, string, Raw[], Raw]>([
  [
    'Claude: the count of the last chunk, not that of the first',
    SONNET,
    [
      { type: 'message_start', message: { usage: { input_tokens: 14, output_tokens: 3, cache_read_input_tokens: 4000 } } },
      { type: 'content_block_delta', delta: { text: 'secret words about usage' } },
      { type: 'message_delta', delta: { stop_reason: 'end_turn' }, usage: { output_tokens: 60 } },
      {
        type: 'message_stop',
        'amazon-bedrock-invocationMetrics': { inputTokenCount: 14, outputTokenCount: 60, cacheReadInputTokenCount: 4000 },
      },
    ],
    { 'gen_ai.usage.input_tokens': 4014, 'gen_ai.usage.output_tokens': 60, 'gen_ai.response.finish_reasons': ['end_turn'] },
  ],
  [
    'Llama',
    'us.meta.llama3-3-70b-instruct-v1:0',
    [
      { generation: 'secret words', prompt_token_count: 14, generation_token_count: 1, stop_reason: null },
      { generation: '', prompt_token_count: null, generation_token_count: 60, stop_reason: 'stop' },
    ],
    { 'gen_ai.usage.input_tokens': 14, 'gen_ai.usage.output_tokens': 60, 'gen_ai.response.finish_reasons': ['stop'] },
  ],
  [
    'Mistral, by the counts that Bedrock adds',
    'mistral.mistral-large-2402-v1:0',
    [
      { outputs: [{ text: 'secret words', stop_reason: null }] },
      { 'amazon-bedrock-invocationMetrics': { inputTokenCount: 202, outputTokenCount: 46 } },
    ],
    { 'gen_ai.usage.input_tokens': 202, 'gen_ai.usage.output_tokens': 46 },
  ],
])('InvokeModelWithResponseStream of %s', async (_, modelId, bodies, expected) => {
  const sent = chunks(...bodies);
  const { events, span } = await call({ modelId, body: JSON.stringify(claudeRequest) }, { body: streamOf(sent) });
  expect(events).toEqual(sent);
  expect(span.attributes).toMatchObject({ ...expected, 'llm.cost.usd': expect.any(Number) as number });
});

test('the tier of InvokeModel is beside the body', async () => {
  const model = 'amazon.nova-pro-v1:0';
  const { span } = await call(
    { modelId: model, body: '{}' },
    { body: bytes({ usage: { inputTokens: 5, outputTokens: 6 } }), serviceTier: 'flex' },
  );
  expect(span.attributes).toMatchObject({
    'aws.bedrock.service_tier': 'flex',
    'llm.cost.usd': usd(model, { input: 5, output: 6 }, 'flex'),
  });
});

test('embeddings', async () => {
  const model = 'amazon.titan-embed-text-v2:0';
  const { span } = await call(
    { modelId: model, body: '{"inputText":"secret words"}' },
    { body: bytes({ embedding: [0.1], inputTextTokenCount: 7 }) },
  );
  expect(span.name).toBe(`embeddings ${model}`);
  expect(span.attributes).toMatchObject({
    'gen_ai.operation.name': 'embeddings',
    'gen_ai.usage.input_tokens': 7,
    'llm.cost.usd': usd(model, { input: 7 }),
  });
});

test('guardrails', async () => {
  const guardrail = { guardrailConfig: { guardrailIdentifier: 'gr0000000001', guardrailVersion: '1' } };
  const { span } = await call({ modelId: SONNET, ...request, ...guardrail }, { usage, stopReason: 'guardrail_intervened' });
  expect(span.attributes).toMatchObject({ 'aws.bedrock.guardrail.id': 'gr0000000001', 'aws.bedrock.guardrail.action': 'INTERVENED' });
});

test.each<[string, Raw, Raw]>([
  ['a model without a price', { modelId: 'acme.unheard-of-v1:0' }, { usage }],
  ['a response without counts', { modelId: SONNET }, {}],
  ['counts that cannot be read', { modelId: SONNET }, { usage: { inputTokens: 'many', outputTokens: -1 } }],
])('no cost is better than a wrong one: %s', async (_, input, response) => {
  const { span } = await call({ ...request, ...input }, response);
  expect(span.attributes).not.toHaveProperty('llm.cost.usd');
});

test('names of the next generation, and of OpenInference', async () => {
  const { span } = await call(
    { modelId: SONNET, ...request },
    { usage },
    { conventions: 'next', openInference: true, sessionId: 'session-1' },
  );
  const cost = span.attributes['llm.cost.usd'];
  expect(span.attributes).toMatchObject({
    ...{
      'gen_ai.usage.cache_write.input_tokens': 100,
      'gen_ai.usage.cost.amount': cost,
      'gen_ai.usage.cost.currency': 'USD',
      'gen_ai.usage.cost.source': 'local',
    },
    ...{
      'openinference.span.kind': 'LLM',
      'llm.model_name': SONNET,
      'llm.provider': 'aws',
      'llm.cost.total': cost,
      'session.id': 'session-1',
    },
    ...{ 'llm.token_count.prompt': 4114, 'llm.token_count.completion': 60, 'llm.token_count.total': 4174 },
    ...{ 'llm.token_count.prompt_details.cache_read': 4000, 'llm.token_count.prompt_details.cache_write': 100 },
  });
  expect(span.attributes).not.toHaveProperty(['gen_ai.usage.cache_creation.input_tokens']);
});

test('a request that Bedrock refuses: its request id and the name of the error', async () => {
  const error = Object.assign(new Error('secret words'), { name: 'ValidationException', $metadata: { requestId: REQUEST_ID } });
  await expect(traceConverse(new Client(error), command({ modelId: SONNET, ...request }))).rejects.toBe(error);
  expect(provider.ended).toMatchObject([{ status: 2, attributes: { 'error.type': 'ValidationException', 'aws.request_id': REQUEST_ID } }]);
  expect(JSON.stringify(provider.ended)).not.toContain('secret');
});

test('a stream that was left keeps the tokens so far', async () => {
  const stream = streamOf(
    [{ type: 'message_start', message: { usage: { input_tokens: 14, output_tokens: 3 } } }].map((body) => ({
      chunk: { bytes: bytes(body) },
    })),
  );
  const answer = await traceConverse(new Client({ ...metadata, body: stream }), command({ modelId: SONNET, body: '{}' }));
  const events = (answer.body as AsyncIterable<Raw>)[Symbol.asyncIterator]();
  await events.next();
  await events.return?.();
  expect(provider.ended[0]!.attributes).toMatchObject({ 'aws.bedrock.stream.abandoned': true, 'gen_ai.usage.input_tokens': 14 });
});
