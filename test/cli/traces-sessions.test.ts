import { BEGIN, BOTOCORE, botocore, cloudWatchEvent, requestId, SONNET, STRANDS, strands } from '../engine/agents/spans';
import { runInProcess } from './command-line';
import { file, lines } from './replaying';

const run = (trace: string, session: string | undefined, n: number) => [
  {
    ...{ id: 'agent', trace: trace.repeat(32), scope: STRANDS, at: n * 1000, ms: 500 },
    attributes: strands('invoke_agent', 100, 10, { 'gen_ai.agent.name': `agent-${trace}`, ...(session && { 'session.id': session }) }),
  },
  { id: 'leaf', parent: 'agent', trace: trace.repeat(32), scope: BOTOCORE, at: n * 1000 + 1, attributes: botocore(requestId(n), 100, 10) },
];

const SPANS = file(
  lines(...[...run('a', 's-1', 1), ...run('b', 's-1', 2), ...run('c', 's-2', 3), ...run('d', undefined, 4)].map(cloudWatchEvent)),
);

const usage = (session: string, at: number, vcpu: number, memory: number) => ({
  event_timestamp: BEGIN + at,
  attributes: { 'session.id': session, 'agent.name': `agent of ${session}`, time_elapsed_seconds: 1 },
  metrics: { 'agent.runtime.vcpu.hours.used': vcpu, 'agent.runtime.memory.gb_hours.used': memory },
});

const USAGE = file(
  lines(
    'Permissions are set correctly to allow AWS CloudWatch Logs to write into your logs while creating a subscription.',
    usage('s-1', 0, 1, 2),
    usage('s-1', 1000, 1, 2),
    usage('s-1', 1000, 1, 2),
    { message: JSON.stringify(usage('s-3', 2000, 0, 1)) },
  ),
);

interface Session {
  readonly sessionId?: string;
}
const sessions = async (...args: string[]) => {
  const { out } = await runInProcess(['traces', 'sessions', SPANS, ...args, '--json', '-']);
  return (JSON.parse(out) as { sessions: Session[] }).sessions.sort((one, other) =>
    (one.sessionId ?? '') < (other.sessionId ?? '') ? -1 : 1,
  );
};

test('what each session cost: models, and the runtime from USAGE_LOGS', async () => {
  expect(await sessions('--usage', USAGE)).toEqual([
    expect.objectContaining({ traces: 1, modelCalls: 1, costUsd: '0.000495', costBasis: 'estimate' }),
    {
      ...{ sessionId: 's-1', traces: 2, modelCalls: 2, errors: 0, unpriced: 0, costUsd: '0.00099', costBasis: 'estimate' },
      ...{ tokens: { input: 200, output: 20, cacheRead: 0, cacheWrite: 0 }, agents: ['agent-a', 'agent-b', 'agent of s-1'] },
      runtime: { vcpuHours: 2, gbHours: 4, seconds: 2, costUsd: '0.2168', costHighUsd: '0.3228', flags: ['runtimeVersionUnknown'] },
    },
    expect.objectContaining({ sessionId: 's-2', traces: 1 }),
    expect.objectContaining({
      sessionId: 's-3',
      traces: 0,
      modelCalls: 0,
      costBasis: 'none',
      runtime: expect.objectContaining({ costUsd: '0.00945' }),
    }),
  ]);
});

test('of some traces: only their sessions, and no usage that has none', async () => {
  expect((await sessions('--usage', USAGE, '--agent', 'agent-c')).map(({ sessionId }) => sessionId)).toEqual(['s-2']);
  expect((await sessions()).every((session) => !('runtime' in session))).toBe(true);
});

test('as a table, the dearest first, with what is not known', async () => {
  const { out, code } = await runInProcess(['traces', 'sessions', SPANS, '--usage', USAGE], { COLUMNS: '200' });
  expect(code).toBe(0);
  expect(out.replace(/ +/g, ' ').split('\n')).toEqual([
    ' session agents traces calls errors input cached output models USD runtime USD',
    ' s-1 agent-a, agent-b +1 2 2 0 200 0 20 0.00099 estimate 0.2168',
    ' s-3 agent of s-3 0 0 0 0 0 0 no 0.00945',
    ' s-2 agent-c 1 1 0 100 0 10 0.000495 estimate',
    ' (none) agent-d 1 1 0 100 0 10 0.000495 estimate',
    ' runtimes cost this with platform version V1, and more with V2; usage does not say which it is',
    ' without runtime usage: 2 of 4; it comes up to 60 minutes late',
    '',
  ]);
});

test.each(['list', 'show', 'tools', 'failed'])('%s has the table of sessions below, where usage is given', async (view) => {
  const table = (await runInProcess(['traces', 'sessions', SPANS, '--usage', USAGE, '--agent', 'agent-a'])).out;
  const { out } = await runInProcess(['traces', view, SPANS, '--usage', USAGE, '--agent', 'agent-a']);
  const plain = (await runInProcess(['traces', view, SPANS, '--agent', 'agent-a'])).out;
  expect(out).toBe(['list', 'show'].includes(view) ? `${plain}\n${table}` : plain);
});

test('without a price there is no cost, and the table says so', async () => {
  const { out } = await runInProcess(['traces', 'sessions', SPANS, '--usage', USAGE, '--region', 'sa-east-1'], { COLUMNS: '200' });
  expect(out).toMatch(/ s-3 .* no price\n/);
  expect(out).toContain('usage without a known price is not in the cost');
});

test('aws/agentcore-cli #1426: a session as trees with exact costs and callers, and its runtime, without joins by hand', async () => {
  const ledger = file(
    lines(
      ...[1, 2, 3].map((n) => ({
        ...{ ledger: 1, time: '2026-11-20T10:00:01.000Z', modelId: SONNET, caller: 'arn:aws:iam::1:role/app', status: 'priced' },
        ...{ requestId: requestId(n), tokens: { input: 100, output: 10 }, costUsd: 0.25 },
      })),
    ),
  );
  const { out } = await runInProcess(['traces', 'show', SPANS, '--session', 's-1', '--ledger', ledger, '--usage', USAGE, '--json', '-']);
  expect(JSON.parse(out)).toMatchObject({
    traces: ['a', 'b'].map((trace) => ({
      traceId: trace.repeat(32),
      costUsd: '0.25',
      costBasis: 'ledger',
      callers: ['arn:aws:iam::1:role/app'],
    })),
    sessions: [{ sessionId: 's-1', traces: 2, costUsd: '0.5', runtime: { costUsd: '0.2168' } }],
  });
});
