import { AGENT_JOIN_QUERIES, AGENT_QUERIES } from '../../lib/private/dashboards/agent-queries';
import { eventRow, runQuery } from '../../local-cloudwatch/logs-insights';
import { recorded } from '../engine/agents/pricing';
import { botocore, BOTOCORE, cloudWatchEvent, requestId, STRANDS, strands } from '../engine/agents/spans';
import { World } from '../engine/agents/metering/world';

/** Two runs of one agent, of which one has its records, and a call in no trace. */
async function world(): Promise<World> {
  const made = new World();
  for (const [n, trace] of ['a'.repeat(32), 'b'.repeat(32)].entries()) {
    const named = { 'gen_ai.agent.name': 'planner', 'session.id': `session-${n}` };
    const tool = { 'gen_ai.operation.name': 'execute_tool', 'gen_ai.tool.name': 'ask', 'gen_ai.tool.call.arguments': 'equal' };
    await made.meter(
      [
        { id: 'agent', trace, scope: STRANDS, ms: 900, attributes: strands('invoke_agent', 28, 120, named) },
        ...[1, 2, 3].map((at) => ({
          id: `tool${at}`,
          parent: 'agent',
          trace,
          at: at * 10,
          ms: 9,
          attributes: tool,
          status: 'ERROR' as const,
        })),
        { id: 'leaf', parent: 'tool1', trace, scope: BOTOCORE, at: 11, ms: 5, attributes: botocore(requestId(n), 14, 60) },
      ].map(cloudWatchEvent),
    );
  }
  made.ledger.push({ record: recorded({ requestId: requestId(0), cost: { low: 7_000_000n, high: 7_000_000n } }), arrival: made.now });
  made.pass(15);
  return made;
}

function answer(id: string, lines: ReadonlyArray<{ readonly text: string; readonly arrival: number }>) {
  const query = [...AGENT_QUERIES, ...AGENT_JOIN_QUERIES].find((each) => each.id === id)!;
  return runQuery(
    query.lines.join(' | '),
    lines.map(({ text, arrival }) => eventRow(text, arrival)),
  ).rows.map((row) => Object.fromEntries([...row].filter(([name]) => !name.startsWith('@'))));
}

test('cost by agent and session is that of the last line of each call', async () => {
  const { written } = await world();
  expect(answer('AgentCost', written)).toEqual([
    { ofAgent: 'planner', costBasis: 'estimate', usd: expect.any(Number) as number, calls: 1 },
    { ofAgent: 'planner', costBasis: 'ledger', usd: 7e-6, calls: 1 },
  ]);
  expect(answer('AgentSessionCost', written)).toContainEqual({ ofSession: 'session-0', costBasis: 'ledger', usd: 7e-6, calls: 1 });
  expect(answer('AgentToolCost', written)).toContainEqual({ ofTool: 'ask', costBasis: 'ledger', usd: 7e-6, calls: 1 });
});

test('runs are listed with their errors and loops', async () => {
  const { written } = await world();
  expect(answer('AgentRunsFailed', written)).toContainEqual(
    expect.objectContaining({ ofAgent: 'planner', allErrors: 3, failedTools: 3, tools: 3 }),
  );
  expect(answer('AgentLoops', written)).toContainEqual(expect.objectContaining({ ofSession: 'session-1', equalCalls: 3, calls: 1 }));
  expect(answer('AgentRunsDearest', written)).toHaveLength(2);
  expect(answer('AgentRunsSlowest', written)[0]).toMatchObject({ ms: 900 });
});

test('the ledger joined in the query: exact cost by agent, and what is in no trace', async () => {
  const { written } = await world();
  const ledger = [
    { ledger: 1, requestId: requestId(0), costUsd: 7e-6 },
    { ledger: 1, requestId: requestId(0), costUsd: 7e-6 },
    { ledger: 1, requestId: requestId(8), costUsd: 2e-6 },
    { ledger: 1, requestId: requestId(9), status: 'unpriced' },
  ].map((line) => ({ text: JSON.stringify(line), arrival: written[0]!.arrival }));
  expect(answer('LedgerCostByAgent', [...written, ...ledger])).toEqual([
    { ofAgent: 'planner', usd: 7e-6, calls: 1 },
    { usd: 2e-6, calls: 1 },
  ]);
});

test('the dearest sessions have models and AgentCore in one row', async () => {
  const made = await world();
  const usage = (session: string, at: number) => ({
    event_timestamp: made.now + at,
    attributes: { 'session.id': session, 'agent.name': 'planner', region: 'eu-west-2', time_elapsed_seconds: 1 },
    metrics: { 'agent.runtime.vcpu.hours.used': 1, 'agent.runtime.memory.gb_hours.used': 0 },
  });
  await made.meter([usage('session-0', 0), usage('session-0', 1), usage('session-9', 2)]);
  const rows = answer('AgentSessionsDearest', made.written);
  expect(rows).toEqual([
    expect.objectContaining({
      Session: 'session-0',
      Agent: 'planner',
      USD: 0.179,
      AgentCore: 0.179,
      'Of it estimated': 0,
      'Model calls': 1,
    }),
    expect.objectContaining({ Session: 'session-9', USD: 0.0895, AgentCore: 0.0895, 'Model calls': 0 }),
    expect.objectContaining({ Session: 'session-1', AgentCore: undefined, 'Model calls': 1 }),
  ]);
  expect(rows[2]!.Models).toBe(rows[2]!['Of it estimated']);
  expect(answer('AgentRuntimeCost', made.written)).toEqual([
    { agent: 'planner', usd: expect.closeTo(0.2685, 9) as number, highUsd: expect.closeTo(0.2685, 9) as number, vcpu: 3, gb: 0 },
  ]);
  expect(answer('AgentRuntimeSessionCost', made.written)).toContainEqual({
    session: 'session-9',
    usd: 0.0895,
    highUsd: 0.0895,
    vcpu: 1,
    gb: 0,
  });
});
