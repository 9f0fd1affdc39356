import { formatUsd } from '../../../engine/pricing/usd-text';
import { models, runs } from './pricing';
import { BOTOCORE, botocore, type Described, read, requestId, SONNET } from './spans';

function costOf(span: Partial<Described>) {
  const [run] = runs(read({ id: 'call', scope: BOTOCORE, ...span })).runs;
  const { cost } = run!.calls[0]!;
  return { ...cost, usd: formatUsd(cost.low), highUsd: formatUsd(cost.high) };
}

test('an estimate is the price of the engine for the tokens of the span', () => {
  const attributes = { ...botocore(requestId(1), 3, 12), 'gen_ai.usage.cache_read.input_tokens': 13_216 };
  // 3 at 3.30, 13,216 at 0.33 and 12 at 16.50 USD per million tokens: the prices of the profile us. in November 2026.
  expect(costOf({ attributes })).toMatchObject({ state: 'priced', basis: 'estimate', usd: '0.00456918', flags: [] });
});

test('github.com/langchain-ai/langsmith-sdk #1858: cached tokens are taken off the input once, and nothing is below 0', () => {
  const cache = { 'llm.token_count.prompt_details.cache_read': 13_216, 'llm.token_count.prompt_details.cache_write': 25 };
  const tokens = { 'llm.token_count.prompt': 13_244, 'llm.token_count.completion': 12 };
  const attributes = { 'openinference.span.kind': 'LLM', 'llm.model_name': SONNET, ...tokens, ...cache };
  expect(costOf({ scope: 'openinference.instrumentation.bedrock', attributes })).toMatchObject({ usd: '0.004672305' });
});

test('how long a cache write lives is on no span: the cost is a range', () => {
  const { low, high } = costOf({ attributes: { ...botocore(requestId(1), 3, 12), 'gen_ai.usage.cache_write.input_tokens': 25 } });
  expect(high).toBeGreaterThan(low);
});

// The second prompt is a long one, at other rates, only if the cached tokens are beside the input.
test.each([
  [4_200, 4_100],
  [180_000, 150_000],
])('input of %d that may include %d cached tokens: low without them, high with them', (input, cached) => {
  const attributes = { ...botocore(requestId(1), input, 12), 'gen_ai.usage.cache_read.input_tokens': cached };
  const [known, unknown] = [
    costOf({ attributes: { ...attributes, 'gen_ai.usage.input_tokens': input - cached } }),
    costOf({ scope: 'my-own', attributes }),
  ];
  expect(unknown).toMatchObject({ low: known.low, flags: ['inputMayIncludeCache'] });
  expect(unknown.high).toBe(costOf({ attributes }).low);
});

test.each([
  ['gpt-4o', 'openai'],
  ['gemini-2.5-flash', 'gcp.gemini'],
])('%s is not of Bedrock, which is not the same as without a price', (model, provider) => {
  const attributes = {
    'gen_ai.operation.name': 'chat',
    'gen_ai.system': 'strands-agents',
    'gen_ai.request.model': model,
    'gen_ai.usage.input_tokens': 5,
    'gen_ai.usage.output_tokens': 5,
  };
  expect(costOf({ attributes, scope: 'strands.telemetry.tracer' })).toMatchObject({ state: 'notBedrock', low: 0n });
  expect(runs(read({ id: 'a', attributes })).runs[0]).toMatchObject({ notBedrock: 1, unpriced: 0, costBasis: 'none' });
  expect(runs(read({ id: 'a', attributes })).runs[0]!.calls[0]!.call.provider).toBe(provider);
});

test.each<[string, Record<string, unknown>]>([
  ['acme.unknown-v1:0', botocore(requestId(1), 5, 5, 'acme.unknown-v1:0')],
  ['no tokens', { 'gen_ai.operation.name': 'chat', 'gen_ai.provider.name': 'aws.bedrock', 'gen_ai.request.model': SONNET }],
  ['no model', { 'gen_ai.operation.name': 'chat', 'gen_ai.provider.name': 'aws.bedrock', 'gen_ai.usage.input_tokens': 5 }],
])('%s: unpriced with a reason, never 0', (_, attributes) => {
  expect(costOf({ attributes })).toMatchObject({ state: 'unpriced', reason: expect.stringMatching(/./) });
  expect(runs(read({ id: 'a', attributes })).runs[0]).toMatchObject({ unpriced: 1, costBasis: 'none' });
});

test('a call that failed before it used anything is free', () => {
  const attributes = {
    'gen_ai.operation.name': 'chat',
    'gen_ai.provider.name': 'aws.bedrock',
    'gen_ai.request.model': SONNET,
    'error.type': 'ThrottlingException',
  };
  expect(costOf({ attributes, status: 'ERROR' })).toMatchObject({ state: 'free', low: 0n });
});

test.each([
  [SONNET, [SONNET], false],
  [`bedrock/${SONNET}`, [SONNET], false],
  [`bedrock/converse/${SONNET}`, [SONNET], false],
  [
    'claude-sonnet-4-5-20250929-v1:0',
    ['anthropic.claude-sonnet-4-5-20250929-v1:0', 'global.anthropic.claude-sonnet-4-5-20250929-v1:0'],
    true,
  ],
  ['claude-sonnet-4-6', ['anthropic.claude-sonnet-4-6', 'global.anthropic.claude-sonnet-4-6'], true],
  ['claude-3-5-sonnet-20240620', ['anthropic.claude-3-5-sonnet-20240620-v1:0', 'global.anthropic.claude-3-5-sonnet-20240620-v1:0'], true],
  ['claude', ['claude'], false],
  ['acme', ['acme'], false],
  ['constructor', ['constructor'], false],
])('the model %s', (model, ids, relaxed) => {
  expect(models.candidates(model, false)).toEqual({ ids, relaxed });
});

test('a library that cuts the routing off leaves two prices possible', () => {
  const attributes = botocore(undefined, 1000, 100, 'anthropic.claude-sonnet-4-5-20250929-v1:0');
  const regional = costOf({ attributes });
  const cut = costOf({ attributes: { ...attributes, 'rpc.service': undefined }, scope: 'opentelemetry.instrumentation.bedrock' });
  expect(cut).toMatchObject({ high: regional.low, flags: expect.arrayContaining(['relaxed']) });
  expect(cut.low).toBeLessThan(cut.high);
});
