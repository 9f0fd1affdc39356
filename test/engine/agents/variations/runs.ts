import { BOTOCORE, botocore, type Described, requestId, SONNET, STRANDS, strands } from '../spans';
import { agent, LANGCHAIN, MINUTES, openInference, TRACE_A, TRACE_B, type Variation } from './notation';

/** What runs of agents look like in traces, and what must be counted. */
export const RUNS: readonly Variation[] = [
  {
    name: 'a team of Strands agents: a graph and a swarm are steps, whatever they sum up',
    spans: [
      { id: 'graph', scope: STRANDS, ms: 9000, attributes: strands('invoke_graph', 700, 70, { 'gen_ai.agent.name': 'graph' }) },
      { id: 'swarm', parent: 'graph', scope: STRANDS, ms: 8000, attributes: strands('invoke_swarm', 700, 70) },
      agent('planner', { parent: 'swarm', scope: STRANDS, ms: 7000 }),
      { id: 'chat', parent: 'planner', scope: STRANDS, at: 5, ms: 900, attributes: strands('chat', 350, 35) },
      { id: 'leaf', parent: 'chat', scope: BOTOCORE, at: 6, ms: 890, attributes: botocore(requestId(1), 350, 35) },
    ],
    counted: [1, 350, 0, 35],
    more: { agents: ['planner'] },
  },
  {
    name: 'an operation that no table has, with a model and tokens, above the span of the SDK',
    spans: [
      {
        id: 'run',
        scope: 'my-framework',
        ms: 900,
        attributes: {
          'gen_ai.operation.name': 'chat.completions',
          'gen_ai.system': 'my_framework',
          'gen_ai.request.model': SONNET,
          'gen_ai.usage.input_tokens': 100,
          'gen_ai.usage.output_tokens': 10,
        },
      },
      { id: 'leaf', parent: 'run', scope: BOTOCORE, at: 5, ms: 880, attributes: botocore(requestId(1), 100, 10) },
    ],
    counted: [1, 100, 0, 10],
  },
  {
    name: 'embeddings have input alone, and rerankers, guardrails and counts of tokens are no calls',
    spans: [
      {
        id: 'embed',
        scope: BOTOCORE,
        attributes: {
          'gen_ai.operation.name': 'embeddings',
          'gen_ai.request.model': 'amazon.titan-embed-text-v2:0',
          'gen_ai.usage.input_tokens': 77,
          'aws.request_id': requestId(1),
        },
      },
      { id: 'rerank', at: 300, attributes: { 'openinference.span.kind': 'RERANKER', 'reranker.model_name': 'cohere.rerank-v3-5:0' } },
      {
        id: 'guard',
        at: 600,
        attributes: { 'gen_ai.operation.name': 'apply_guardrail', 'rpc.service': 'Bedrock Runtime', 'rpc.method': 'ApplyGuardrail' },
      },
      {
        id: 'count',
        at: 900,
        attributes: {
          'rpc.service': 'Bedrock Runtime',
          'rpc.method': 'CountTokens',
          'gen_ai.request.model': SONNET,
          'gen_ai.system': 'aws.bedrock',
        },
      },
    ],
    counted: [1, 77, 0, 0],
  },
  {
    name: 'numbers as text, nested attributes, and a count that is too large to be one',
    spans: [
      {
        id: 'nested',
        attributes: {
          gen_ai: { operation: { name: 'chat' }, request: { model: SONNET }, usage: { input_tokens: '100', output_tokens: '10.0' } },
        },
      },
      { id: 'large', at: 300, attributes: { ...botocore(undefined, 5, 5), 'gen_ai.usage.input_tokens': '9007199254740993' } },
    ],
    counted: [2, 100, 0, 15],
  },
  {
    name: 'the total and the output alone',
    spans: [
      {
        id: 'chat',
        scope: LANGCHAIN,
        attributes: {
          'openinference.span.kind': 'LLM',
          'llm.model_name': SONNET,
          'llm.token_count.total': 110,
          'llm.token_count.completion': 10,
        },
      },
    ],
    counted: [1, 100, 0, 10],
  },
  {
    name: 'copies of a span, and a half of one that arrived before it ended',
    spans: [
      { id: 'leaf', scope: BOTOCORE, ms: 0, attributes: { 'gen_ai.operation.name': 'chat', 'gen_ai.request.model': SONNET } },
      { id: 'leaf', scope: BOTOCORE, ms: 500, attributes: botocore(requestId(1), 100, 10) },
      { id: 'leaf', scope: BOTOCORE, ms: 500, attributes: botocore(requestId(1), 100, 10) },
    ],
    counted: [1, 100, 0, 10],
  },
  {
    name: 'two services with one span id and equal tokens at one time are two calls',
    spans: ['one', 'two'].map((service, n): Described => ({
      id: 'leaf',
      trace: [TRACE_A, TRACE_B][n]!,
      scope: BOTOCORE,
      resource: { 'service.name': service },
      attributes: botocore(requestId(n), 100, 10),
    })),
    counted: [2, 200, 0, 20],
  },
  {
    name: 'one library that is installed twice: the same request in two spans',
    spans: [
      { id: 'one', scope: BOTOCORE, ms: 500, attributes: botocore(requestId(1), 100, 10) },
      { id: 'two', scope: 'opentelemetry.instrumentation.botocore', at: 1, ms: 498, attributes: botocore(requestId(1), 100, 10) },
    ],
    counted: [1, 100, 0, 10],
  },
  {
    name: 'an agent of a day: calls hours apart are no copies of each other',
    spans: [
      agent('planner', { ms: 600 * MINUTES }),
      ...[1, 2].map((n): Described => ({
        id: `llm${n}`,
        parent: 'planner',
        scope: n === 1 ? LANGCHAIN : 'pydantic-ai',
        at: n * 60 * MINUTES,
        ms: 900,
        attributes: openInference(100, 10),
      })),
    ],
    counted: [2, 200, 0, 20],
  },
  {
    name: 'a cycle between wrapper and leaf',
    spans: [
      { id: 'chat', parent: 'leaf', scope: STRANDS, ms: 900, attributes: strands('chat', 100, 10) },
      { id: 'leaf', parent: 'chat', scope: BOTOCORE, at: 5, ms: 880, attributes: botocore(requestId(1), 100, 10) },
    ],
    counted: [1, 100, 0, 10],
  },
];
