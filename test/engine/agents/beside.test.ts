import { calls, totals } from './counting';
import { BOTOCORE, botocore, type Described, requestId, SONNET, STRANDS, strands } from './spans';

const TRACELOOP_LANGCHAIN = 'opentelemetry.instrumentation.langchain';
const OPEN_INFERENCE = 'openinference.instrumentation.langchain';

test('two libraries beside each other: one call, with the request id of one and the cached tokens of the other', () => {
  const outer = {
    ...{ 'gen_ai.operation.name': 'chat', 'gen_ai.provider.name': 'aws.bedrock', 'gen_ai.response.model': SONNET },
    ...{ 'gen_ai.usage.input_tokens': 4127, 'gen_ai.usage.output_tokens': 60, 'gen_ai.usage.cache_read.input_tokens': 4113 },
  };
  const counted = calls(
    { id: 'step', ms: 500 },
    { id: 'chain', parent: 'step', scope: TRACELOOP_LANGCHAIN, at: 1, ms: 300, attributes: outer },
    { id: 'leaf', parent: 'step', scope: BOTOCORE, at: 2, ms: 290, attributes: botocore(requestId(1), 14, 60) },
  );
  expect(totals(counted)).toEqual({ calls: 1, input: 14, output: 60 });
  expect(counted[0]).toMatchObject({ requestId: requestId(1), tokens: { cacheRead: 4113 } });
});

test('equal calls at the same time are as many as each library recorded', () => {
  const parallel = [0, 1, 2, 3].flatMap((n): Described[] => [
    {
      id: `o${n}`,
      scope: OPEN_INFERENCE,
      at: n,
      ms: 300,
      attributes: {
        'openinference.span.kind': 'LLM',
        'llm.model_name': SONNET,
        'llm.token_count.prompt': 9,
        'llm.token_count.completion': 5,
      },
    },
    { id: `b${n}`, scope: BOTOCORE, at: n + 1, ms: 290, attributes: botocore(requestId(n), 9, 5) },
  ]);
  expect(totals(calls(...parallel))).toEqual({ calls: 4, input: 36, output: 20 });
});

test('the same without any request id', () => {
  const parallel = [0, 1, 2].flatMap((n): Described[] => [
    {
      id: `o${n}`,
      scope: OPEN_INFERENCE,
      at: n,
      ms: 300,
      attributes: {
        'openinference.span.kind': 'LLM',
        'llm.model_name': SONNET,
        'llm.token_count.prompt': 9,
        'llm.token_count.completion': 5,
      },
    },
    { id: `t${n}`, scope: TRACELOOP_LANGCHAIN, at: n, ms: 300, attributes: botocore(undefined, 9, 5) },
    { id: `g${n}`, scope: 'opentelemetry.instrumentation.genai.bedrock', at: n + 1, ms: 298, attributes: botocore(undefined, 9, 5) },
  ]);
  expect(totals(calls(...parallel))).toEqual({ calls: 3, input: 27, output: 15 });
});

test('the nearest is not the partner where that would leave another call alone', () => {
  const outer = {
    'openinference.span.kind': 'LLM',
    'llm.model_name': SONNET,
    'llm.token_count.prompt': 9,
    'llm.token_count.completion': 5,
  };
  const counted = calls(
    { id: 'long', scope: OPEN_INFERENCE, ms: 300, attributes: outer },
    { id: 'short', scope: OPEN_INFERENCE, at: 100, ms: 20, attributes: outer },
    { id: 'early', scope: TRACELOOP_LANGCHAIN, ms: 90, attributes: botocore(undefined, 9, 5) },
    { id: 'late', scope: TRACELOOP_LANGCHAIN, at: 95, ms: 240, attributes: botocore(undefined, 9, 5) },
  );
  expect(totals(counted)).toEqual({ calls: 2, input: 18, output: 10 });
});

test('calls of two libraries, one above the other with an agent between, are two', () => {
  const counted = calls(
    {
      id: 'outer',
      scope: OPEN_INFERENCE,
      ms: 500,
      attributes: {
        'openinference.span.kind': 'LLM',
        'llm.model_name': SONNET,
        'llm.token_count.prompt': 9,
        'llm.token_count.completion': 5,
      },
    },
    { id: 'agent', parent: 'outer', ms: 400, attributes: { 'gen_ai.operation.name': 'invoke_agent' } },
    { id: 'inner', parent: 'agent', scope: TRACELOOP_LANGCHAIN, ms: 300, attributes: botocore(undefined, 9, 5) },
  );
  expect(totals(counted)).toEqual({ calls: 2, input: 18, output: 10 });
});

test('one call that two libraries put into two traces, of one service and of two', () => {
  const outer = { 'openinference.span.kind': 'LLM', 'llm.token_count.prompt': 9, 'llm.token_count.completion': 5 };
  const pair = (service: string): Described[] => [
    { id: 'chain', trace: '1'.repeat(32), scope: OPEN_INFERENCE, ms: 300, attributes: outer, resource: { 'service.name': service } },
    { id: 'leaf', trace: '2'.repeat(32), scope: BOTOCORE, at: 1, ms: 290, attributes: botocore(requestId(1), 9, 5) },
  ];
  expect(totals(calls(...pair('planner.DEFAULT')))).toEqual({ calls: 1, input: 9, output: 5 });
  expect(totals(calls(...pair('another')))).toEqual({ calls: 2, input: 18, output: 10 });
});

test('spans of two services with one request id are one call', () => {
  const spans = ['a', 'b'].map((name): Described => ({
    id: name,
    scope: BOTOCORE,
    attributes: botocore(requestId(1), 9, 5),
    resource: { 'service.name': name },
  }));
  expect(totals(calls(...spans))).toEqual({ calls: 1, input: 9, output: 5 });
});

test('calls with different request ids are two, whatever else they have in common', () => {
  const spans = [BOTOCORE, 'my-own'].map((scope, n): Described => ({
    id: scope.slice(0, 3),
    scope,
    attributes: botocore(requestId(n), 9, 5),
  }));
  expect(totals(calls(...spans))).toMatchObject({ calls: 2 });
});

test('of equal calls at one time, those with the same cached tokens belong together', () => {
  const outer = (cached: number) => ({
    ...{
      'openinference.span.kind': 'LLM',
      'llm.model_name': SONNET,
      'llm.token_count.prompt': 3 + cached,
      'llm.token_count.completion': 1,
    },
    'llm.token_count.prompt_details.cache_read': cached,
  });
  const made = [4000, 0, 0].flatMap((cached, n): Described[] => [
    { id: `llm${n}`, scope: OPEN_INFERENCE, ms: 20 + n, attributes: outer(cached) },
    {
      id: `chat${n}`,
      scope: STRANDS,
      at: 1,
      ms: 18,
      attributes: strands('chat', 3 + cached, 1, { 'gen_ai.usage.cache_read_input_tokens': cached }),
    },
    { id: `leaf${n}`, parent: `chat${n}`, scope: BOTOCORE, at: 2, ms: 16, attributes: botocore(requestId(n), 3, 1) },
  ]);
  const counted = calls(...made);
  expect(counted.map(({ tokens }) => tokens?.cacheRead).sort()).toEqual([0, 0, 4000]);
});
