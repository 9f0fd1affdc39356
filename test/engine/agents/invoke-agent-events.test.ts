import * as fc from 'fast-check';
import { InvokeAgentEvents } from '../../../engine/agents/invoke-agent-events';
import type { Span } from '../../../engine/agents/span';
import { cases } from '../../cases';
import { runs } from './pricing';
import { requestId } from './spans';

// No recording: made by hand from the types of the API ("InvokeAgent" and "Trace" in the API reference of the agents' runtime).

type Raw = Record<string, unknown>;

const TEXT = 'the secret plan of Ann';
const HAIKU = 'anthropic.claude-3-haiku-20240307-v1:0';
const alias = (agent: string): string => `arn:aws:bedrock:us-east-1:111122223333:agent-alias/${agent}/ALIAS00001`;
const at = (second: number): string => `2026-11-20T10:00:${String(second).padStart(2, '0')}.000Z`;

const event = (second: number, trace: Raw, ...agents: string[]): Raw => ({
  trace: {
    ...{ agentId: agents.at(-1), agentAliasId: 'ALIAS00001', agentVersion: '1', sessionId: 'session-1', eventTime: at(second), trace },
    callerChain: agents.map((agent) => ({ agentAliasArn: alias(agent) })),
  },
});

const step = (n: number, id = 'run'): Raw => ({ traceId: `${id}-${n}` });
const metadata = (from: number, to: number, more: Raw = {}): Raw => ({
  metadata: { startTime: at(from), endTime: at(to), totalTimeMs: (to - from) * 1000, ...more },
});

const asked = (second: number, n: number, ...agents: string[]): Raw =>
  event(
    second,
    {
      orchestrationTrace: {
        modelInvocationInput: { ...step(n, agents.at(-1)), foundationModel: HAIKU, type: 'ORCHESTRATION', text: TEXT },
      },
    },
    ...agents,
  );

const answered = (from: number, to: number, n: number, usage: Raw, ...agents: string[]): Raw =>
  event(
    to,
    {
      orchestrationTrace: {
        modelInvocationOutput: {
          ...step(n, agents.at(-1)),
          ...metadata(from, to, { usage, clientRequestId: requestId(n) }),
          rawResponse: { content: TEXT },
        },
      },
    },
    ...agents,
  );

const invoked = (second: number, n: number, input: Raw, ...agents: string[]): Raw =>
  event(second, { orchestrationTrace: { invocationInput: { ...step(n, agents.at(-1)), ...input } } }, ...agents);

const observed = (second: number, n: number, observation: Raw, ...agents: string[]): Raw =>
  event(second, { orchestrationTrace: { observation: { ...step(n, agents.at(-1)), ...observation } } }, ...agents);

const tool = { actionGroupInvocationInput: { actionGroupName: 'trips', function: 'find_city', parameters: [{ name: 'q', value: TEXT }] } };

const RESPONSE: readonly Raw[] = [
  asked(0, 0, 'PLANNER'),
  answered(0, 2, 0, { inputTokens: 922, outputTokens: 144 }, 'PLANNER'),
  event(2, { orchestrationTrace: { rationale: { ...step(0), text: TEXT } } }, 'PLANNER'),
  invoked(2, 0, tool, 'PLANNER'),
  observed(3, 0, { type: 'ACTION_GROUP', actionGroupInvocationOutput: { ...metadata(2, 3), text: TEXT } }, 'PLANNER'),
  invoked(
    3,
    1,
    { agentCollaboratorInvocationInput: { agentCollaboratorName: 'Solver', agentCollaboratorAliasArn: alias('SOLVER') } },
    'PLANNER',
  ),
  asked(4, 5, 'PLANNER', 'SOLVER'),
  answered(4, 6, 5, { inputTokens: 100, outputTokens: 10 }, 'PLANNER', 'SOLVER'),
  observed(6, 1, { agentCollaboratorInvocationOutput: { ...metadata(3, 7), agentCollaboratorAliasArn: alias('SOLVER') } }, 'PLANNER'),
  event(7, { guardrailTrace: { ...step(1), action: 'NONE', ...metadata(7, 8) } }, 'PLANNER'),
  observed(8, 1, { type: 'FINISH', finalResponse: { text: TEXT, ...metadata(0, 8) } }, 'PLANNER'),
  { chunk: { bytes: 'c2VjcmV0' } },
];

function read(events: readonly unknown[]): readonly Span[] {
  const response = new InvokeAgentEvents();
  events.forEach((each) => response.add(each));
  return response.found;
}

const tree = (spans: readonly Span[]): string[] => {
  const [run] = runs(spans).runs;
  const lines: string[] = [];
  const draw = (span: Span, depth: number) => {
    lines.push(`${'  '.repeat(depth)}${span.name} ${Math.round(span.end - span.start)}`);
    run!.trace.tree.childrenOf(span).forEach((child) => draw(child, depth + 1));
  };
  run?.trace.tree.roots.forEach((root) => draw(root, 0));
  return lines;
};

test('agents, model calls, tools and guardrails as a tree', () => {
  expect(tree(read(RESPONSE))).toEqual([
    'invoke_agent PLANNER 8000',
    `  chat ${HAIKU} 2000`,
    '  execute_tool find_city 1000',
    '  invoke_agent Solver 4000',
    `    chat ${HAIKU} 2000`,
    '  guardrail 1000',
  ]);
});

test('tokens, cost, session and request ids', () => {
  const [run] = runs(read(RESPONSE)).runs;
  expect(run).toMatchObject({
    ...{ traceId: 'PLANNER', sessionIds: ['session-1'], agents: ['PLANNER', 'Solver'], modelCalls: 2, costBasis: 'estimate', unpriced: 0 },
    ...{ tokens: { input: 1022, output: 154 }, tools: [{ name: 'find_city', calls: 1, failed: 0 }] },
  });
  expect(run!.calls.map(({ call }) => call.requestId)).toEqual([requestId(0), requestId(5)]);
});

test('cached tokens and the model are in the raw response, where that is JSON', () => {
  const raw = {
    model: 'claude-3-5-sonnet-20240620',
    usage: { input_tokens: 9, output_tokens: 5, cache_read_input_tokens: 400 },
    content: TEXT,
  };
  const output = {
    ...step(0),
    ...metadata(0, 1, { usage: { inputTokens: 9, outputTokens: 5 } }),
    rawResponse: { content: JSON.stringify(raw) },
  };
  const [, call] = read([event(1, { postProcessingTrace: { modelInvocationOutput: output } }, 'PLANNER')]);
  expect(call).toMatchObject({
    model: 'claude-3-5-sonnet-20240620',
    tokens: { input: 9, output: 5, cacheRead: 400 },
    inputForm: 'excludesCache',
  });
});

test('a code interpreter that failed', () => {
  const spans = read([
    invoked(1, 0, { codeInterpreterInvocationInput: { code: TEXT } }, 'PLANNER'),
    observed(2, 0, { codeInterpreterInvocationOutput: { ...metadata(1, 2), executionError: TEXT } }, 'PLANNER'),
  ]);
  expect(spans).toMatchObject([{ role: 'agent' }, { tool: 'code_interpreter', failed: true }]);
});

test.each<[string, Raw, string]>([
  ['a failure that the agent tells', event(1, { failureTrace: { ...step(0), failureCode: 424, failureReason: TEXT } }, 'PLANNER'), '424'],
  ['an error that ends the stream', { throttlingException: { message: TEXT } }, 'throttlingException'],
])('%s', (_, last, errorType) => {
  expect(read([asked(0, 0, 'PLANNER'), last])[0]).toMatchObject({ role: 'agent', failed: true, errorType });
});

test('half a stream: what was asked is there, without tokens and without a price', () => {
  const [run] = runs(read(RESPONSE.slice(0, 1))).runs;
  expect(run).toMatchObject({ modelCalls: 1, unpriced: 1, costBasis: 'none' });
});

test('without trace events there is nothing to show', () => expect(read([{ chunk: { bytes: 'eA==' } }])).toEqual([]));

test.each([null, 'text', 1, [], {}, { trace: {} }, { trace: { trace: {} } }, { chunk: 1, more: 2 }, { requestId: 'x' }])(
  '%j is no event',
  (value) => {
    expect(new InvokeAgentEvents().add(value)).toBe(false);
  },
);

test('no text comes out', () => expect(JSON.stringify(read(RESPONSE))).not.toMatch(/secret|c2VjcmV0/));

test('whatever is in the events, and in whatever order, nothing throws', () => {
  const damaged = fc.shuffledSubarray([...RESPONSE]).chain((events) =>
    fc.tuple(fc.constant(events), fc.nat(), fc.jsonValue({ maxDepth: 2 })).map(([all, n, value]) => {
      const text = JSON.stringify(all);
      const names = [...text.matchAll(/"(\w+)":/g)].map(([, name]) => name!);
      const name = names[n % Math.max(1, names.length)];
      return JSON.parse(text, (key, old: unknown) => (key === name ? value : old)) as unknown;
    }),
  );
  fc.assert(
    fc.property(damaged, (events) => {
      runs(read(Array.isArray(events) ? events : [events]));
    }),
    { numRuns: cases(300, 5000) },
  );
});
