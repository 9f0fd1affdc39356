import { BOTOCORE, botocore, cloudWatchEvent, requestId, SONNET, STRANDS, strands, BEGIN, type Described } from '../spans';
import { recorded } from '../pricing';
import { MINUTE, World } from './world';

const AGENT = { 'gen_ai.agent.name': 'planner', 'session.id': 'session-1' };
const agent: Described = { id: 'agent', scope: STRANDS, ms: 900, attributes: strands('invoke_agent', 8254, 120, AGENT) };
const chat: Described = {
  ...{ id: 'chat', parent: 'agent', scope: STRANDS, at: 10, ms: 300 },
  attributes: strands('chat', 4127, 60, { 'gen_ai.usage.cache_read_input_tokens': 4113, 'gen_ai.server.time_to_first_token': 40 }),
};
const leaf: Described = { id: 'leaf', parent: 'chat', scope: BOTOCORE, at: 12, ms: 290, attributes: botocore(requestId(1), 14, 60) };
const events = [agent, chat, leaf].map(cloudWatchEvent);

test('a call with a request id counts at once, by an estimate', async () => {
  const world = new World();
  await world.meter([events[2]]);
  expect(world.sums).toMatchObject({ 'agents.calls': 1, [`agents.calls gen_ai.request.model=${SONNET}`]: 1 });
  expect(world.lines('call')).toEqual([
    expect.objectContaining({
      requestId: requestId(1),
      basis: 'estimate',
      state: 'priced',
      model: SONNET,
      tokens: { input: 14, output: 60 },
    }),
  ]);
});

test('its agent, its session and its cached tokens are put right when they are known', async () => {
  const world = new World(3);
  await world.meter([events[2]], 0);
  await world.meter([events[1]], 1);
  await world.meter([events[0]], 2);
  expect(world.sums['agents.calls gen_ai.agent.name=planner']).toBeUndefined();
  world.pass(15);
  expect(world.sums).toMatchObject({
    'agents.calls': 1,
    'agents.calls gen_ai.agent.name=planner': 1,
    'agents.tokens gen_ai.token.type=cache_read': 4113,
    'agents.runs gen_ai.agent.name=planner': 1,
  });
  expect(world.lines('call').at(-1)).toMatchObject({ agent: 'planner', session: 'session-1', basis: 'estimate' });
});

test('the record of the ledger makes the cost exact', async () => {
  const world = new World();
  world.ledger.push({
    record: recorded({
      requestId: requestId(1),
      tokens: { input: 14, output: 60, cacheRead: 4113, cacheWrite: 0 },
      cost: { low: 7_000n, high: 7_000n },
    }),
    arrival: BEGIN,
  });
  await world.meter(events);
  world.pass(5);
  expect(world.sums).toMatchObject({ 'agents.cost.usd': 7e-9, 'agents.cost.usd gen_ai.agent.name=planner': 7e-9, 'agents.calls': 1 });
  expect(world.lines('call').at(-1)).toMatchObject({
    basis: 'ledger',
    joinedBy: 'requestId',
    costUsd: 7e-9,
    caller: expect.any(String) as string,
  });
  const before = world.written.length;
  const sums = world.sums;
  world.pass(150);
  expect(world.sums).toMatchObject({ 'agents.cost.usd': sums['agents.cost.usd'] });
  expect(world.lines('call')).toHaveLength(2);
  expect(world.lines('run').at(-1)).toMatchObject({
    basis: 'ledger',
    costUsd: 7e-9,
    modelCalls: 1,
    agent: 'planner',
    session: 'session-1',
  });
  expect(before).toBeLessThan(world.written.length);
});

test('what neither side has is said after an hour', async () => {
  const world = new World();
  world.pass(5);
  world.ledger.push({
    record: recorded({ requestId: requestId(9), modelId: 'amazon.nova-lite-v1:0', cost: { low: 9_000n, high: 9_000n } }),
    arrival: world.now,
  });
  await world.meter(events);
  world.pass(60);
  expect(world.sums).toMatchObject({ 'agents.calls.untraced': 1, 'agents.cost.untraced': 9e-9, 'agents.calls.unlogged': 1 });
  const { sums } = world;
  world.pass(120);
  expect(world.sums['agents.calls.untraced']).toBe(1);
  expect(world.sums['agents.cost.unlogged']).toBe(sums['agents.cost.unlogged']);
  expect(world.sums['agents.cost.usd']).toBeUndefined();
});

test('a span that comes late takes back what was counted without it', async () => {
  const world = new World(2);
  await world.meter([events[1]], 0);
  world.pass(15);
  expect(world.sums).toMatchObject({ 'agents.calls': 1, 'agents.tokens gen_ai.token.type=output': 60 });
  await world.meter([events[2]], 1);
  expect(world.sums).toMatchObject({ 'agents.calls': 2, 'agents.tokens gen_ai.token.type=output': 120 });
  world.pass(15);
  expect(world.sums).toMatchObject({ 'agents.calls': 1, 'agents.tokens gen_ai.token.type=output': 60 });
});

test('a join that was missed is made up for', async () => {
  const [one, other] = [new World(), new World()];
  for (const world of [one, other]) {
    world.ledger.push({ record: recorded({ requestId: requestId(1) }), arrival: world.now });
    await world.meter(events);
  }
  one.pass(90);
  other.now += 85 * MINUTE;
  other.pass(5);
  expect({ ...one.sums, 'agents.join.runs': 0 }).toEqual({
    ...other.sums,
    'agents.join.runs': 0,
    'agents.worst.run.model.calls': one.sums['agents.worst.run.model.calls'],
    'agents.worst.session.cost.usd': one.sums['agents.worst.session.cost.usd'],
  });
});
