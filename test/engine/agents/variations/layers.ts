import { BOTOCORE, botocore, type Described, requestId, SONNET, STRANDS, strands } from '../spans';
import { agent, LANGCHAIN, openInference, tool, TRACE_A, TRACE_B, type Variation } from './notation';

/** What several spans make of one call, and what must be counted. */
export const LAYERS: readonly Variation[] = [
  {
    name: 'both vocabularies on one span, of which one tells the cached tokens',
    spans: [
      {
        id: 'chat',
        scope: STRANDS,
        attributes: { ...strands('chat', 4127, 60), ...openInference(4127, 60, { 'llm.token_count.prompt_details.cache_read': 4113 }) },
      },
    ],
    counted: [1, 14, 4113, 60],
  },
  {
    name: 'usage on the wrapper only, and the request id on the leaf',
    spans: [
      { id: 'chat', scope: STRANDS, ms: 900, attributes: strands('chat', 259, 148) },
      {
        id: 'leaf',
        parent: 'chat',
        scope: BOTOCORE,
        at: 1,
        ms: 800,
        attributes: { ...botocore(requestId(1), 0, 0), 'gen_ai.request.model': SONNET },
      },
    ],
    counted: [1, 259, 0, 148],
    more: { calls: [{ call: { requestId: requestId(1) } }] },
  },
  {
    name: 'leaf and wrapper with names of different years',
    spans: [
      {
        id: 'wrapper',
        ms: 900,
        attributes: {
          'llm.request.type': 'chat',
          'gen_ai.request.model': SONNET,
          'llm.usage.prompt_tokens': 259,
          'llm.usage.completion_tokens': 148,
          'llm.usage.total_tokens': 407,
        },
      },
      { id: 'leaf', parent: 'wrapper', scope: BOTOCORE, at: 1, ms: 800, attributes: botocore(requestId(1), 259, 148) },
    ],
    counted: [1, 259, 0, 148],
  },
  {
    name: 'a retry: two requests below one wrapper, the first of which failed',
    spans: [
      { id: 'chat', scope: STRANDS, ms: 900, attributes: strands('chat', 259, 148) },
      {
        id: 'first',
        parent: 'chat',
        scope: BOTOCORE,
        at: 1,
        ms: 90,
        status: 'ERROR',
        attributes: { ...botocore(requestId(1), 0, 0), 'error.type': 'ThrottlingException' },
      },
      { id: 'second', parent: 'chat', scope: BOTOCORE, at: 200, ms: 600, attributes: botocore(requestId(2), 259, 148) },
    ],
    counted: [2, 259, 0, 148],
    more: { errors: 1 },
  },
  {
    name: 'a retry whose requests both have tokens: both are paid for',
    spans: [
      { id: 'chat', scope: STRANDS, ms: 900, attributes: strands('chat', 259, 148) },
      { id: 'first', parent: 'chat', scope: BOTOCORE, at: 1, ms: 90, attributes: botocore(requestId(1), 259, 3) },
      { id: 'second', parent: 'chat', scope: BOTOCORE, at: 200, ms: 600, attributes: botocore(requestId(2), 259, 148) },
    ],
    counted: [2, 518, 0, 151],
  },
  {
    name: 'a stream that goes on after a tool: the model span is above the tool, and above the second call',
    spans: [
      {
        id: 'stream',
        scope: 'gen_ai',
        ms: 9000,
        attributes: {
          'gen_ai.operation.name': 'chat',
          'gen_ai.request.model': SONNET,
          'gen_ai.usage.input_tokens': 100,
          'gen_ai.usage.output_tokens': 10,
        },
      },
      tool('tool', { parent: 'stream', at: 1000, ms: 5000 }),
      {
        id: 'inner',
        parent: 'tool',
        scope: 'gen_ai',
        at: 1500,
        ms: 900,
        attributes: {
          'gen_ai.operation.name': 'chat',
          'gen_ai.request.model': SONNET,
          'gen_ai.usage.input_tokens': 30,
          'gen_ai.usage.output_tokens': 3,
        },
      },
    ],
    counted: [2, 130, 0, 13],
  },
  {
    name: 'tools in parallel, each of which calls a model with equal tokens, and two libraries beside each other',
    spans: [
      agent('planner'),
      ...[1, 2, 3].flatMap((n): Described[] => [
        tool(`tool${n}`, { parent: 'planner', at: 10 + n, ms: 900 }),
        { id: `llm${n}`, parent: `tool${n}`, scope: LANGCHAIN, at: 20 + n, ms: 800, attributes: openInference(50, 5) },
        { id: `leaf${n}`, parent: `tool${n}`, scope: BOTOCORE, at: 21 + n, ms: 790, attributes: botocore(requestId(n), 50, 5) },
      ]),
    ],
    counted: [3, 150, 0, 15],
    more: { tools: [{ name: 'search', calls: 3, failed: 0 }], loop: undefined },
  },
  {
    name: 'an agent that calls another one in a trace of its own, which links back instead of having a parent',
    spans: [
      agent('planner', { trace: TRACE_A }),
      { id: 'leaf', trace: TRACE_A, parent: 'planner', scope: BOTOCORE, at: 10, attributes: botocore(requestId(1), 100, 10) },
      agent('researcher', { trace: TRACE_B, at: 200, ms: 900, parent: 'elsewhere' }),
      { id: 'leaf', trace: TRACE_B, parent: 'researcher', scope: BOTOCORE, at: 210, attributes: botocore(requestId(2), 100, 10) },
    ],
    counted: [2, 200, 0, 20],
    more: { agents: ['planner'] },
  },
  {
    name: 'wrapper and leaf in two traces of one service, without a request id on the wrapper',
    spans: [
      { id: 'llm', trace: TRACE_A, scope: LANGCHAIN, ms: 900, attributes: openInference(100, 10) },
      { id: 'leaf', trace: TRACE_B, scope: BOTOCORE, at: 5, ms: 880, attributes: botocore(requestId(1), 100, 10) },
    ],
    counted: [1, 100, 0, 10],
  },
  {
    name: 'a proxy that is traced too: client, server and the call behind it',
    spans: [
      {
        id: 'client',
        scope: 'openinference.instrumentation.litellm',
        ms: 900,
        attributes: openInference(100, 10, { 'llm.model_name': `bedrock/${SONNET}` }),
      },
      { id: 'http', parent: 'client', kind: 'CLIENT', name: 'POST', at: 5, ms: 880 },
      {
        id: 'server',
        parent: 'http',
        kind: 'SERVER',
        name: 'POST /v1/chat/completions',
        at: 6,
        ms: 870,
        resource: { 'service.name': 'proxy' },
      },
      {
        id: 'leaf',
        parent: 'server',
        scope: BOTOCORE,
        at: 10,
        ms: 850,
        attributes: botocore(requestId(1), 100, 10),
        resource: { 'service.name': 'proxy' },
      },
    ],
    counted: [1, 100, 0, 10],
  },
  {
    name: 'a workflow above agents that write sums, and no model span with tokens: the innermost sums',
    spans: [
      {
        id: 'flow',
        ms: 9000,
        attributes: {
          'gen_ai.operation.name': 'invoke_workflow',
          'gen_ai.request.model': SONNET,
          'gen_ai.usage.input_tokens': 300,
          'gen_ai.usage.output_tokens': 30,
        },
      },
      ...[1, 2].map((n): Described => ({
        id: `agent${n}`,
        parent: 'flow',
        at: n,
        ms: 900,
        attributes: {
          ...agent('a').attributes,
          'gen_ai.request.model': SONNET,
          'gen_ai.usage.input_tokens': n * 100,
          'gen_ai.usage.output_tokens': n * 10,
        },
      })),
      {
        id: 'chat',
        parent: 'agent1',
        scope: STRANDS,
        at: 3,
        attributes: { 'gen_ai.operation.name': 'chat', 'gen_ai.request.model': SONNET },
      },
    ],
    counted: [1, 300, 0, 30],
    more: { flags: expect.arrayContaining(['agentSum']) as string[] },
  },
];
