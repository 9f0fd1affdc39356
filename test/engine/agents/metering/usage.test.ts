import { botocore, BOTOCORE, BEGIN, cloudWatchEvent, requestId, STRANDS, strands } from '../spans';
import { World } from './world';

const SECOND = 1000;

/** What a session used in one second, as USAGE_LOGS have it. */
const second = (at: number, more: { session?: string; region?: string; agent?: string; metrics?: object } = {}) => {
  const { session = 'session-1', region = 'eu-west-2', agent = 'planner', metrics } = more;
  return {
    resource_arn: `arn:aws:bedrock-agentcore:${region}:111122223333:runtime/planner-0001`,
    event_timestamp: BEGIN + at * SECOND,
    resource: { 'cloud.provider': 'aws', 'service.name': 'AgentCore.Runtime', 'cloud.region': region },
    attributes: { 'account.id': '111122223333', time_elapsed_seconds: 1, 'agent.name': agent, region, 'session.id': session },
    metrics: metrics ?? { 'agent.runtime.memory.gb_hours.used': 0.001, 'agent.runtime.vcpu.hours.used': 0.002 },
  };
};

/** USD of such a second. */
const COST = 0.002 * 0.0895 + 0.001 * 0.00945;

const AGENT = { 'gen_ai.agent.name': 'planner', 'session.id': 'session-1' };
const RUN = [
  { id: 'agent', scope: STRANDS, ms: 900, attributes: strands('invoke_agent', 14, 60, AGENT) },
  { id: 'leaf', parent: 'agent', scope: BOTOCORE, at: 12, ms: 290, attributes: botocore(requestId(1), 14, 60) },
].map(cloudWatchEvent);

test('the seconds of a batch are one line for each minute, session and agent, and metrics in total and by agent', async () => {
  const world = new World();
  await world.meter([...Array.from({ length: 90 }, (_, at) => second(at)), second(3, { session: 'session-2', agent: 'writer' })]);
  expect(world.lines('usage')).toHaveLength(3);
  expect(world.lines('usage')[0]).toMatchObject({
    ...{ session: 'session-1', agent: 'planner', resource: 'runtime', region: 'eu-west-2', seconds: 60, vcpuHours: 0.12, gbHours: 0.06 },
    runtimeUsd: 0.011307,
  });
  expect(world.sums).toMatchObject({
    'agents.usage.read': 91,
    'agents.runtime.cost.usd': Math.round(COST * 91 * 1e12) / 1e12,
    'agents.runtime.cost.usd gen_ai.agent.name=planner': Math.round(COST * 90 * 1e12) / 1e12,
    'agents.runtime.vcpu.hours': 0.182,
    'agents.runtime.gb.hours gen_ai.agent.name=writer': 0.001,
  });
  // What AgentCore bills is in no metric of the cost of models.
  expect(Object.keys(world.sums).filter((name) => /cost/.test(name) && !name.startsWith('agents.runtime.'))).toEqual([]);
});

test('copies of events count once, and a batch that failed counts when it comes again', async () => {
  const world = new World();
  const events = [second(0), second(0), second(1)];
  world.failWrites = true;
  await expect(world.meter(events)).rejects.toThrow('no space');
  world.failWrites = false;
  await world.meter(events);
  await world.meter(events);
  expect(world.sums).toMatchObject({ 'agents.usage.read': 2, 'agents.runtime.vcpu.hours': 0.004 });
});

test('the cost of the dearest session has its runtime in it', async () => {
  const world = new World();
  await world.meter([...RUN, ...Array.from({ length: 50 }, (_, at) => second(at))]);
  world.pass(5);
  const models = world.sums['agents.cost.estimate.usd']!;
  expect(world.sums['agents.worst.session.cost.usd']).toBeCloseTo(models + 50 * COST, 12);
  expect(world.written.map(({ text }) => text)).toContainEqual(expect.stringContaining('"subject":"session-1"'));
  expect(world.sums['agents.cost.usd']).toBeUndefined();
});

test('what has no price is counted, and costs nothing that would look like 0', async () => {
  const world = new World();
  await world.meter([second(0, { region: 'sa-east-1' })]);
  expect(world.readings.map(({ metric }) => metric)).not.toContainEqual(expect.stringContaining('cost'));
  expect(world.sums).toMatchObject({ 'agents.usage.unpriced': 1, 'agents.runtime.vcpu.hours': 0.002 });
  expect(world.lines('usage')[0]).toMatchObject({ flags: ['runtimeUnpriced'] });
  expect(world.lines('usage')[0]).not.toHaveProperty('runtimeUsd');
});

test('where two prices are possible, the difference is a metric', async () => {
  const world = new World();
  await world.meter([second(0, { region: 'us-east-1' })]);
  expect(world.sums['agents.runtime.cost.uncertainty.usd']).toBeCloseTo(0.002 * (0.1276 - 0.0895) + 0.001 * (0.0169 - 0.00945), 12);
});

test('other events of the log group are skipped: the line that a delivery begins with, and requests that speak of hours.used', async () => {
  const world = new World();
  await world.meter([
    'Permissions are set correctly to allow AWS CloudWatch Logs to write into your logs while creating a subscription.',
    { resource_arn: 'arn', operation: 'InvokeAgentRuntime', request_payload: { text: 'agent.runtime.vcpu.hours.used of Ann' } },
    { metrics: { 'agent.runtime.vcpu.hours.used': 'a text of Ann' } },
  ]);
  expect(world.sums).toEqual({ 'agents.spans.skipped': 3 });
  expect(world.written.map(({ text }) => text).join()).not.toContain('Ann');
});
