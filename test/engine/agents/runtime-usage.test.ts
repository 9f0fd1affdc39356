import { RUNTIME_PRICES } from '../../../engine/agents/runtime-prices';
import { RuntimeTotal, RuntimeUsageBySession } from '../../../engine/agents/runtime-total';
import { readRuntimeUsage, type RuntimeUsage } from '../../../engine/agents/runtime-usage';
import { formatUsd } from '../../../engine/pricing/usd-text';

const ARN = 'arn:aws:bedrock-agentcore:us-west-2:111122223333:runtime/planner-0001/runtime-endpoint/DEFAULT';

/** An event as CloudWatch has it: fields nested in `attributes` and `metrics`. */
const usageEvent = (more: { session?: string; at?: number; vcpu?: unknown; memory?: unknown; seconds?: unknown; text?: string } = {}) => {
  const { session = 'session-a', at = 0, vcpu = 0.001, memory = 0.002, seconds = 1, text } = more;
  return {
    resource_arn: 'arn:aws:bedrock-agentcore:us-west-2:111122223333:runtime/planner-0001',
    event_timestamp: 1_795_168_800_000 + at,
    resource: { 'cloud.provider': 'aws', 'service.name': 'AgentCore.Runtime' },
    attributes: {
      ...{
        'account.id': '111122223333',
        time_elapsed_seconds: seconds,
        'agent.name': 'planner',
        region: 'us-west-2',
        'session.id': session,
      },
      ...{ 'resource.id': ARN, 'user.text': text },
    },
    metrics: { 'agent.runtime.memory.gb_hours.used': memory, 'agent.runtime.vcpu.hours.used': vcpu },
  };
};

test('an event: session, agent and what was used', () => {
  expect(readRuntimeUsage(usageEvent({ vcpu: 1.925e-6, memory: 0.000275552058724, seconds: 0.28 }))).toEqual({
    ...{ resource: 'runtime', resourceArn: ARN, session: 'session-a', agent: 'planner', region: 'us-west-2', time: 1_795_168_800_000 },
    ...{ vcpuHours: 1.925e-6, gbHours: 0.000275552058724, seconds: 0.28 },
  });
});

test.each(['agent.browser', 'browser'])('the flat form of the developer guide, and the metrics %s', (name) => {
  const flat = {
    ...{ event_timestamp: 1_795_168_800_000, 'session.id': 's', 'agent.name': 'planner', elapsed_time_seconds: 1 },
    ...{ [`${name}.vcpu.hours.used`]: '0.5', [`${name}.memory.gb_hours.used`]: 1 },
  };
  expect(readRuntimeUsage(flat)).toMatchObject({ resource: 'browser', session: 's', vcpuHours: 0.5, gbHours: 1, seconds: 1 });
});

test.each([
  'Permissions are set correctly to allow AWS CloudWatch Logs to write into your logs while creating a subscription.',
  { message: 'Permissions are set correctly' },
  { metrics: { 'agent.runtime.vcpu.hours.used': -1 } },
  { metrics: { 'agent.runtime.vcpu.hours.used': 'NaN' } },
  { metrics: { 'agent.runtime.vcpu.hours.used': 1e300 } },
  { metrics: { 'agent.runtime.vcpu.hours.used': null } },
  null,
  [],
  7,
])('%j is no usage', (value) => expect(readRuntimeUsage(value)).toBeUndefined());

test('text is not read', () => expect(JSON.stringify(readRuntimeUsage(usageEvent({ text: 'a prompt of Ann' })))).not.toContain('Ann'));

test('the cost of a session, rounded once: in any order and with copies the same', () => {
  const events = Array.from({ length: 2000 }, (_, n) => usageEvent({ at: n * 1000, vcpu: 1.1e-9 * (n % 7), memory: 3.3e-10 * (n % 5) }));
  const sum = (all: readonly unknown[]) => {
    const usage = new RuntimeUsageBySession('us-east-1');
    for (const event of all) usage.add(readRuntimeUsage(event)!);
    return usage.sessions.get('session-a')!;
  };
  const total = sum(events);
  const reversed = sum([...events].reverse().concat(events.slice(0, 50)));
  expect([reversed.cost, reversed.vcpuHours, reversed.gbHours]).toEqual([total.cost, total.vcpuHours, total.gbHours]);
  expect(Math.round(total.seconds)).toBe(2000);
  // 2,000 events: the sum of 0 to 6 by sevens and of 0 to 4 by fives.
  const [vcpu, memory] = [1.1e-9 * (285 * 21 + 10), 3.3e-10 * (400 * 10)];
  expect(Number(total.cost!.low) / 1e12).toBeCloseTo(vcpu * 0.0895 + memory * 0.00945, 11);
});

const totalOf = (usage: Partial<RuntimeUsage>, region = 'eu-west-2') => {
  const total = new RuntimeTotal(region);
  total.add({ resource: 'runtime', time: Date.parse('2026-11-20'), vcpuHours: 1, gbHours: 2, ...usage });
  return { low: total.cost && formatUsd(total.cost.low), high: total.cost && formatUsd(total.cost.high), flags: total.flags };
};

test('one vCPU and two GB for an hour', () => {
  expect(totalOf({})).toEqual({ low: '0.1084', high: '0.1084', flags: [] });
  expect(totalOf({ resource: 'codeInterpreter' })).toMatchObject({ low: '0.1084', flags: [] });
  expect(totalOf({ region: 'us-gov-west-1' })).toMatchObject({ low: '0.13008', high: '0.13008' });
});

test('where runtimes have two platform versions, the cost is a range from the day of the second one', () => {
  expect(totalOf({ region: 'us-east-1' })).toEqual({ low: '0.1084', high: '0.1614', flags: ['runtimeVersionUnknown'] });
  expect(totalOf({ region: 'us-east-1', time: Date.parse('2026-09-17T23:59:59Z') })).toMatchObject({ high: '0.1084', flags: [] });
  expect(totalOf({ region: 'us-east-1', time: undefined })).toMatchObject({ high: '0.1614' });
  expect(totalOf({ region: 'us-east-1', resource: 'browser' })).toMatchObject({ high: '0.1084', flags: [] });
});

test('what has no price has no cost, and not one of 0', () => {
  expect(totalOf({ region: 'sa-east-1' })).toEqual({ low: undefined, high: undefined, flags: ['runtimeUnpriced'] });
  expect(totalOf({ resource: 'gateway' })).toMatchObject({ low: undefined, flags: ['runtimeUnpriced'] });
  const total = new RuntimeTotal('eu-west-2');
  for (const region of ['eu-west-2', 'sa-east-1']) total.add({ resource: 'runtime', region, vcpuHours: 1, gbHours: 0 });
  expect({ cost: total.cost?.low, vcpu: total.vcpuHours, flags: total.flags, unpriced: total.unpriced }).toEqual({
    ...{ cost: 89_500_000_000n, vcpu: 2, flags: ['runtimeUnpriced'], unpriced: 1 },
  });
});

test('hours that no event names are absent', () => {
  const total = new RuntimeTotal('eu-west-2');
  total.add(readRuntimeUsage({ metrics: { 'codeInterpreter.vcpu.hours.used': 0 }, elapsed_time_seconds: 1 })!);
  expect([total.vcpuHours, total.gbHours, total.flags]).toEqual([0, undefined, ['runtimeUsageIncomplete']]);
});

test('each price has a source, a date and a grade', () => {
  for (const { sources, asOf, grade, regions, resources } of RUNTIME_PRICES) {
    expect([sources, regions, resources].every(({ length }) => length > 0)).toBe(true);
    expect(asOf).toMatch(/^20\d\d-\d\d/);
    // Grade A is for what was read at AWS, and B for what several sources agree on.
    expect(grade).toBe(sources.length > 1 ? 'B' : 'C');
  }
});
