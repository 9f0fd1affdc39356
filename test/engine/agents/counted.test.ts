import { BOTOCORE, botocore, type Described, idOf, read, requestId, SONNET, STRANDS, strands } from './spans';
import { calls, callsIn, totals } from './counting';

const OPEN_INFERENCE = 'openinference.instrumentation.langchain';

test('github.com/strands-agents/harness-sdk #1267: agent, chat and botocore span have the same tokens, which count once', () => {
  const counted = calls(
    { id: 'root', name: 'POST /invocations', kind: 'SERVER', ms: 900 },
    { id: 'agent', parent: 'root', scope: STRANDS, ms: 800, attributes: strands('invoke_agent', 21_000, 56) },
    { id: 'cycle', parent: 'agent', scope: STRANDS, ms: 700, attributes: { 'gen_ai.operation.name': 'execute_event_loop_cycle' } },
    {
      id: 'chat',
      parent: 'cycle',
      scope: STRANDS,
      ms: 600,
      attributes: strands('chat', 21_000, 56, { 'gen_ai.server.time_to_first_token': 114 }),
    },
    { id: 'leaf', parent: 'chat', scope: BOTOCORE, ms: 500, attributes: botocore(requestId(1), 21_000, 56) },
  );
  expect(totals(counted)).toEqual({ calls: 1, input: 21_000, output: 56 });
  expect(counted[0]).toMatchObject({ requestId: requestId(1), firstTokenMs: 114, span: { spanId: idOf('leaf') } });
});

test('harness-sdk #2010: sums that agents carry over a session are never the base of a sum', () => {
  const turns = [1, 2, 3].flatMap((turn): Described[] => [
    {
      id: `agent${turn}`,
      trace: `a${turn}`.padEnd(32, '0'),
      scope: STRANDS,
      ms: 800,
      attributes: strands('invoke_agent', turn * 100_000, turn),
    },
    {
      id: `chat${turn}`,
      trace: `a${turn}`.padEnd(32, '0'),
      parent: `agent${turn}`,
      scope: STRANDS,
      attributes: strands('chat', 100_000, 1),
    },
  ]);
  expect(totals(calls(...turns))).toEqual({ calls: 3, input: 300_000, output: 3 });
});

test('a wrapper may come first, last or between: the sum is the same', () => {
  const spans = read(
    { id: 'agent', scope: STRANDS, ms: 800, attributes: strands('invoke_agent', 300, 30) },
    { id: 'chat', parent: 'agent', scope: STRANDS, ms: 600, attributes: strands('chat', 300, 30) },
    { id: 'leaf', parent: 'chat', scope: BOTOCORE, ms: 600, attributes: botocore(requestId(1), 300, 30) },
  );
  for (const order of [
    [0, 1, 2],
    [2, 1, 0],
    [1, 0, 2],
    [2, 0, 1],
    [0, 0, 2, 1, 2],
  ]) {
    expect(totals(callsIn(order.map((at) => spans[at]!)))).toEqual({ calls: 1, input: 300, output: 30 });
  }
});

test('cached tokens are merged from the outer span, taken off its input first', () => {
  const cache = { 'gen_ai.usage.cache_read_input_tokens': 0, 'gen_ai.usage.cache_write_input_tokens': 4113 };
  const [counted] = calls(
    { id: 'chat', scope: STRANDS, ms: 300, attributes: strands('chat', 4127, 60, cache) },
    { id: 'leaf', parent: 'chat', scope: BOTOCORE, ms: 200, attributes: botocore(requestId(1), 14, 60) },
  );
  expect(counted!.tokens).toEqual({ input: 14, output: 60, cacheRead: 0, cacheWrite: 4113 });
});

test('github.com/Arize-ai/openinference #2381: input that includes cached tokens is not counted twice', () => {
  const tokens = { 'llm.token_count.prompt': 13_244, 'llm.token_count.completion': 12 };
  const cache = { 'llm.token_count.prompt_details.cache_read': 13_216, 'llm.token_count.prompt_details.cache_write': 25 };
  const attributes = { 'openinference.span.kind': 'LLM', 'llm.model_name': SONNET, ...tokens, ...cache };
  const [counted] = calls({ id: 'llm', scope: 'openinference.instrumentation.bedrock', attributes });
  expect(counted).toMatchObject({ tokens: { input: 3, output: 12, cacheRead: 13_216, cacheWrite: 25 }, maybeCachedInput: 0 });
});

test('cached tokens of another library, where it is not known whether input includes them', () => {
  const outer = {
    'openinference.span.kind': 'LLM',
    'llm.model_name': SONNET,
    'llm.token_count.prompt': 4_200,
    'llm.token_count.completion': 12,
  };
  const [counted] = calls(
    { id: 'outer', scope: OPEN_INFERENCE, ms: 300, attributes: { ...outer, 'llm.token_count.prompt_details.cache_read': 4_100 } },
    { id: 'inner', parent: 'outer', scope: 'my-own', ms: 290, attributes: botocore(undefined, 4_200, 12) },
  );
  expect(counted).toMatchObject({ tokens: { input: 100, cacheRead: 4_100 }, maybeCachedInput: 0 });
});

test.each([
  [4_200, { input: 100, maybeCachedInput: 4_100 }],
  [40, { input: 40, maybeCachedInput: 0 }],
])('of a library that is not known, input %d beside 4,100 cached tokens', (input, { maybeCachedInput, ...tokens }) => {
  const attributes = { ...botocore(undefined, input, 7), 'gen_ai.usage.cache_read.input_tokens': 4_100 };
  const [counted] = calls({ id: 'call', scope: 'my-own', attributes });
  expect(counted).toMatchObject({ maybeCachedInput, tokens });
});

test('a model call above a tool whose agent calls models is a call of its own', () => {
  const counted = calls(
    { id: 'outer', ms: 900, attributes: botocore(undefined, 100, 10) },
    { id: 'tool', parent: 'outer', ms: 500, attributes: { 'gen_ai.operation.name': 'execute_tool', 'gen_ai.tool.name': 'ask' } },
    { id: 'inner', parent: 'tool', ms: 400, attributes: botocore(undefined, 20, 2) },
  );
  expect(totals(counted)).toEqual({ calls: 2, input: 120, output: 12 });
});

test('a call that was tried again: the attempt that failed is a call without tokens', () => {
  const failed = { 'gen_ai.operation.name': 'chat', 'gen_ai.request.model': SONNET, 'error.type': 'ThrottlingException' };
  const counted = calls(
    { id: 'chat', scope: 'outer', ms: 900, attributes: strands('chat', 100, 10) },
    { id: 'first', parent: 'chat', scope: BOTOCORE, ms: 100, status: 'ERROR', attributes: failed },
    {
      id: 'second',
      parent: 'chat',
      scope: BOTOCORE,
      at: 300,
      ms: 500,
      attributes: { 'gen_ai.operation.name': 'chat', 'gen_ai.request.model': SONNET },
    },
  );
  expect(counted.map(({ tokens, failed: hasFailed }) => [tokens?.input, hasFailed])).toEqual([
    [100, false],
    [undefined, true],
  ]);
});

test('sums of agents count only where no model span has tokens, the innermost ones, and are no model calls', () => {
  const counted = calls(
    {
      id: 'query',
      scope: 'openinference.instrumentation.claude_agent_sdk',
      ms: 900,
      attributes: {
        'openinference.span.kind': 'AGENT',
        'llm.model_name': SONNET,
        'llm.token_count.prompt': 4,
        'llm.token_count.completion': 767,
      },
    },
    { id: 'tool', parent: 'query', attributes: { 'openinference.span.kind': 'TOOL', 'tool.name': 'Bash' } },
  );
  expect(counted).toMatchObject([{ basis: 'agent', tokens: { input: 4, output: 767 } }]);
  expect(totals(counted)).toMatchObject({ calls: 0 });
});

test('zeros count nothing: a stream that the caller left has zeros in Strands for TypeScript', () => {
  const counted = calls(
    { id: 'chat', scope: STRANDS, ms: 300, attributes: strands('chat', 0, 0) },
    { id: 'leaf', parent: 'chat', scope: BOTOCORE, ms: 200, attributes: botocore(requestId(1), 12, 3) },
  );
  expect(totals(counted)).toEqual({ calls: 1, input: 12, output: 3 });
});

test.each([
  ['a stream that was left', 'GeneratorExit', { failed: false, stopped: true }],
  ['one that Bedrock refused', 'AccessDeniedException', { failed: true, stopped: false }],
])('%s', (_, errorType, expected) => {
  const attributes = { 'gen_ai.operation.name': 'chat', 'gen_ai.request.model': SONNET, 'error.type': errorType };
  expect(calls({ id: 'call', status: 'ERROR', attributes })).toMatchObject([expected]);
});

test('what calls no model is no call', () => {
  const counted = calls(
    {
      id: 'count',
      scope: BOTOCORE,
      attributes: { 'rpc.service': 'Bedrock Runtime', 'rpc.method': 'CountTokens', 'aws.request_id': requestId(1) },
    },
    {
      id: 'prepare',
      scope: 'openinference.instrumentation.llama_index',
      name: 'BedrockConverse._prepare_chat_with_tools',
      attributes: { 'openinference.span.kind': 'LLM', 'llm.model_name': SONNET },
    },
    {
      id: 'prepare-elsewhere',
      scope: 'a.name.of.its.own',
      name: 'BedrockConverse._prepare_chat_with_tools',
      attributes: { 'openinference.span.kind': 'LLM', 'llm.model_name': SONNET },
    },
    {
      id: 'memory',
      scope: 'opentelemetry.instrumentation.botocore',
      attributes: { 'rpc.service': 'BedrockAgentCore', 'rpc.method': 'CreateEvent', 'aws.request_id': requestId(2) },
    },
  );
  expect(counted).toEqual([]);
});
