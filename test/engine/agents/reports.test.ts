import { defaultThreshold } from '../../../lib/private/alarms/table/rows';
import { recorded, runs } from './pricing';
import { BOTOCORE, botocore, cloudWatchEvent, type Described, read, requestId, SONNET, STRANDS, strands } from './spans';
import { World } from './metering/world';

// Reports of users, each as a test of what must hold. Those of docs/agent-reports.md that are not here have a test elsewhere.

const PROFILE = 'arn:aws:bedrock:us-east-1:111122223333:application-inference-profile/a1b2c3d4e5f6';
const call = (model: string, n = 1): Described => ({
  id: `call${n}`,
  scope: BOTOCORE,
  at: n * 1000,
  attributes: botocore(requestId(n), 100, 10, model),
});

test('langfuse #13325: the model behind an application inference profile has no estimate, and no cost of 0; its record has the price', () => {
  const [estimated] = runs(read(call(PROFILE))).runs;
  expect(estimated).toMatchObject({
    costBasis: 'none',
    unpriced: 1,
    calls: [{ cost: { state: 'unpriced', reason: expect.any(String) as string } }],
  });
  const [exact] = runs(read(call(PROFILE)), [recorded({ requestId: requestId(1), modelId: PROFILE, cost: { low: 7n, high: 7n } })]).runs;
  expect(exact).toMatchObject({ costBasis: 'ledger', unpriced: 0, cost: { low: 7n } });
});

test('litellm: ids with its prefix, and bare ones of Anthropic, have a price or say why not', () => {
  const ids = [`bedrock/${SONNET}`, `bedrock/converse/${SONNET}`, 'claude-sonnet-4-5-20250929', 'my-alias'];
  const { calls } = runs(read(...ids.map((id, n) => call(id, n)))).runs[0]!;
  expect(calls.map(({ cost: { state, flags, reason } }) => [state, flags.includes('relaxed'), reason !== undefined])).toEqual([
    ['priced', false, false],
    ['priced', false, false],
    ['priced', true, false],
    ['unpriced', false, true],
  ]);
});

test('bedrock-agentcore-sdk-python #577: who called is told by the ledger', () => {
  const caller = 'arn:aws:sts::111122223333:assumed-role/app/ann';
  expect(runs(read(call(SONNET)), [recorded({ requestId: requestId(1), caller })]).runs[0]!.callers).toEqual([caller]);
});

const equalCalls = (count: number): Described[] => [
  { id: 'agent', scope: STRANDS, ms: 60_000, attributes: strands('invoke_agent', 1, 1, { 'gen_ai.agent.name': 'planner' }) },
  ...Array.from({ length: count }, (_, n): Described => ({
    ...{ id: `tool${n}`, parent: 'agent', at: n * 10, ms: 5 },
    attributes: { 'gen_ai.operation.name': 'execute_tool', 'gen_ai.tool.name': 'search', 'gen_ai.tool.call.arguments': '{"q":"x"}' },
  })),
];

test('docker/docker-agent #2123, openclaw #17118: a run that goes round in circles rings before its thirtieth equal call', async () => {
  const threshold = defaultThreshold('AgentLoop');
  expect(threshold).toBeLessThan(30);
  const world = new World();
  await world.meter(equalCalls(threshold + 1).map(cloudWatchEvent));
  world.join();
  expect(world.sums['agents.worst.run.loop.calls']).toBe(threshold + 1);
  expect(world.written.map(({ text }) => text)).toContainEqual(expect.stringContaining('"signal":"agents.worst.run.loop.calls"'));
});

test('bedrock-agentcore-starter-toolkit #509: spans of a library that no table has are counted, and keep the name of their scope', async () => {
  const world = new World();
  await world.meter([cloudWatchEvent({ ...call(SONNET), scope: 'acme.instrumentation.of.tomorrow' })]);
  expect(world.lines('span')).toEqual([expect.objectContaining({ scope: 'acme.instrumentation.of.tomorrow', requestId: requestId(1) })]);
  expect(world.sums['agents.calls']).toBe(1);
});

test('envoy ai-gateway #2060, withastro/flue #533: 200 KB of text on a span leave its usage, its session and its request id', async () => {
  const world = new World();
  const text = { 'gen_ai.input.messages': 'x'.repeat(200_000), 'gen_ai.system_instructions': '{"a":"b"}'.repeat(5000) };
  const attributes = { ...text, ...botocore(requestId(1), 100, 10), 'session.id': 'session-1' };
  await world.meter([cloudWatchEvent({ ...call(SONNET), attributes })]);
  expect(world.lines('call')[0]).toMatchObject({ session: 'session-1', requestId: requestId(1), tokens: { input: 100, output: 10 } });
});

test('agentic-ai-acceleration-kr #26: calls of a subprocess that no tracer sees are in no trace, and their cost is told', async () => {
  const world = new World();
  world.pass(5);
  world.ledger.push({
    record: recorded({ requestId: requestId(9), modelId: 'amazon.nova-lite-v1:0', cost: { low: 9_000_000n, high: 9_000_000n } }),
    arrival: world.now,
  });
  await world.meter([cloudWatchEvent(call(SONNET))]);
  world.pass(70);
  expect(world.sums).toMatchObject({ 'agents.calls.untraced': 1, 'agents.cost.untraced': 0.000009 });
  const { untraced } = runs(read(call(SONNET)), [recorded({ requestId: requestId(1) }), recorded({ requestId: requestId(9) })]);
  expect(untraced.map((each) => each.requestId)).toEqual([requestId(9)]);
});
