import { runs } from './pricing';
import { BOTOCORE, botocore, type Described, read, requestId, STRANDS, strands } from './spans';

const run = (...spans: Described[]) => runs(read(...spans)).runs[0]!;
const tool = (id: string, more: Partial<Described> = {}, attributes: Readonly<Record<string, unknown>> = {}): Described => ({
  ...{ id, attributes: { 'gen_ai.operation.name': 'execute_tool', 'gen_ai.tool.name': 'search', ...attributes } },
  ...more,
});

test('adding up all spans is shown beside what counts', () => {
  const { tokens, naiveTokens } = run(
    { id: 'agent', scope: STRANDS, attributes: strands('invoke_agent', 100, 10) },
    { id: 'chat', parent: 'agent', scope: STRANDS, attributes: strands('chat', 100, 10) },
    { id: 'leaf', parent: 'chat', scope: BOTOCORE, attributes: botocore(requestId(1), 100, 10) },
  );
  expect([tokens.input, naiveTokens]).toMatchObject([100, { input: 300, output: 30 }]);
});

test.each<[string, Partial<Described>, Record<string, unknown>, number]>([
  ['that ended well', {}, {}, 0],
  ['whose span failed', { status: 'ERROR' }, {}, 1],
  ['that says so with status OK', { status: 'OK' }, { 'gen_ai.tool.status': 'error' }, 1],
  ['that succeeded, and says so', { status: 'OK' }, { 'gen_ai.tool.status': 'success' }, 0],
  ['without success', {}, { success: false }, 1],
])('a tool %s', (_, more, attributes, failed) => {
  expect(run(tool('a', more, attributes))).toMatchObject({ tools: [{ name: 'search', calls: 1, failed }], errors: failed });
});

test('a failure counts once, however far up it shows', () => {
  const failed = run(
    { id: 'root', status: 'ERROR' },
    tool('tool', { parent: 'root', status: 'OK' }, { 'gen_ai.tool.status': 'error' }),
    { id: 'http', parent: 'tool', status: 'ERROR', name: 'GET' },
    tool('other', { parent: 'root', at: 1, status: 'ERROR' }),
  );
  expect(failed).toMatchObject({ errors: 2, tools: [{ calls: 2, failed: 2 }] });
});

test('how long a trace took, in which sessions, with which agents', () => {
  const agents = run(
    {
      id: 'a',
      at: 10,
      ms: 50,
      attributes: { 'gen_ai.operation.name': 'invoke_agent', 'gen_ai.agent.name': 'Planner', 'session.id': 's1' },
    },
    {
      id: 'b',
      parent: 'a',
      at: 20,
      ms: 90,
      attributes: { 'gen_ai.operation.name': 'invoke_agent', 'gen_ai.conversation.id': 's2' },
      resource: { 'cloud.resource_id': 'arn:aws:bedrock-agentcore:us-east-1:1:runtime/solver-Ab1/runtime-endpoint/DEFAULT' },
    },
  );
  expect(agents).toMatchObject({ durationMs: expect.closeTo(100, 3), sessionIds: ['s1', 's2'], agents: ['Planner', 'solver-Ab1'] });
});

test('exact only where every cost is', () => {
  const spans = [1, 2].map((n): Described => ({ id: `c${n}`, scope: BOTOCORE, at: n * 200, attributes: botocore(requestId(n), 100, 10) }));
  const record = (n: number) => ({ requestId: requestId(n), time: 0, modelId: 'x', failed: false, flags: [], cost: { low: 7n, high: 9n } });
  expect(runs(read(...spans), [record(1), record(2)]).runs[0]).toMatchObject({ costBasis: 'ledger', cost: { low: 14n, high: 18n } });
  expect(runs(read(...spans), [record(1)]).runs[0]).toMatchObject({ costBasis: 'estimate' });
  expect(runs(read({ id: 'a' })).runs[0]).toMatchObject({ costBasis: 'none', cost: { low: 0n, high: 0n } });
});

const toolCall = (n: number, scope: string, attributes: Record<string, unknown>, events?: unknown[]): Described => ({
  ...{ id: `t${n}${scope}`, at: n * 10, ms: 5, scope, events },
  attributes: { 'gen_ai.operation.name': 'execute_tool', 'gen_ai.tool.name': 'search', ...attributes },
});
const ARGUMENTS = 'gen_ai.tool.call.arguments';

test('github.com/docker/docker-agent #2123: equal tool calls in a row are a loop', () => {
  const inputs = ['a', 'b', 'b', 'b', 'b', 'a', 'a'];
  expect(run(...inputs.map((input, n) => toolCall(n, 'x', { [ARGUMENTS]: input }))).loop).toEqual({ tool: 'search', calls: 4 });
});

test.each<[string, Described[]]>([
  ['other input each time', [0, 1, 2, 3].map((n) => toolCall(n, 'x', { [ARGUMENTS]: String(n) }))],
  ['input that is not known', [0, 1, 2, 3].map((n) => toolCall(n, 'x', {}))],
  ['two calls that two libraries record', [0, 1].flatMap((n) => ['x', 'y'].map((scope) => toolCall(n, scope, { [ARGUMENTS]: 'a' })))],
])('%s: no loop', (_, spans) => expect(run(...spans).loop).toBeUndefined());

test('Strands writes the input of a tool into an event', () => {
  const events = [{ name: 'gen_ai.tool.message', attributes: { role: 'tool', content: '{"q":"x"}' } }];
  expect(run(...[0, 1, 2].map((n) => toolCall(n, 'x', {}, events))).loop).toEqual({ tool: 'search', calls: 3 });
});
