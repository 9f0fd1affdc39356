import { App, Stack } from 'aws-cdk-lib';
import * as logs from 'aws-cdk-lib/aws-logs';
import { AgentMeter, CostMeter, DefaultAlarmRules, TieredAlarms } from '../../lib';
import { AGENT_ROWS } from '../../lib/private/alarms/table/agents';
import { type AlarmState, evaluateAlarm, type MetricSource } from '../../local-cloudwatch/alarm-evaluator';
import { readEmf } from '../../local-cloudwatch/emf-reader';
import { MetricStore } from '../../local-cloudwatch/metric-store';
import { cases } from '../cases';
import { World } from '../engine/agents/metering/world';
import { BEGIN, cloudWatchEvent } from '../engine/agents/spans';
import { type Runs, spansOfMinute } from './agent-fleet';
import { alarmsOf } from './alarm-simulation';

const MINUTE = 60_000;
const NAMES = AGENT_ROWS.map(({ name }) => name);

const alarms = (() => {
  const stack = new Stack(new App(), 'Test');
  const costMeter = new CostMeter(stack, 'CostMeter', { logGroup: new logs.LogGroup(stack, 'Invocations') });
  const agentMeter = new AgentMeter(stack, 'AgentMeter', { metricNamespace: 'Test' });
  const rules = DefaultAlarmRules.forMetrics(costMeter.metrics, { agentMeter }).filter(({ name }) => NAMES.includes(name));
  new TieredAlarms(stack, 'Alarms', { rules });
  return new Map([...alarmsOf(stack)].filter(([name]) => NAMES.includes(name)));
})();

interface Illness {
  readonly name: string;
  readonly alarm: string;
  /** Alarms that may fire with it. */
  readonly also?: readonly string[];
  readonly runs?: Runs;
  readonly joins?: boolean;
  readonly deadLetters?: number;
}

const ILLNESSES: readonly Illness[] = [
  { name: 'every run fails', alarm: 'AgentInvocationErrors', also: ['AgentComponentErrors'], runs: { agentFails: true } },
  { name: 'a tool fails, and agents go on without it', alarm: 'AgentComponentErrors', runs: { toolFails: true } },
  { name: 'a tool takes nine seconds', alarm: 'AgentToolLatency', runs: { toolMs: 9000 } },
  { name: 'a model takes twenty seconds', alarm: 'AgentModelLatency', runs: { modelMs: 20_000 } },
  { name: 'a session asks for very long answers', alarm: 'AgentSessionCost', runs: { session: 'one', outputTokens: 30_000 } },
  {
    name: 'agents call one tool again and again',
    alarm: 'AgentLoop',
    runs: { rounds: 20, equalInput: true, modelMs: 400, toolFails: false },
  },
  {
    name: 'agents make no progress',
    alarm: 'AgentRunLength',
    runs: { aMinute: 1, rounds: 105, modelMs: 400, toolMs: 20, toolFails: false },
  },
  { name: 'the join may not read the ledger', alarm: 'AgentJoinMissing', joins: false },
  { name: 'spans cannot be metered', alarm: 'AgentDeadLetters', deadLetters: 1 },
];

/** Healthy for a quarter of an hour, then ill. Returns the alarms that fired, with the minutes from the beginning of the illness. */
async function watch(illness: Partial<Illness>, minutes: number): Promise<Map<string, number>> {
  const world = new World();
  const store = new MetricStore();
  const states = new Map<string, AlarmState>();
  const fired = new Map<string, number>();
  let stored = 0;
  for (let minute = 0; minute < minutes; minute += 1) {
    const isIll = minute >= 15;
    world.now = BEGIN + (minute + 1) * MINUTE;
    await world.meter(spansOfMinute(minute, isIll ? illness.runs : undefined).map(cloudWatchEvent));
    if (minute % 5 === 4 && !(isIll && illness.joins === false)) world.join();
    for (const { text } of world.written.slice(stored)) put(store, text);
    stored = world.written.length;
    const queue = { namespace: 'AWS/SQS', metricName: 'ApproximateNumberOfMessagesVisible', dimensions: { QueueName: '*' } };
    store.put(queue, world.now / 1000 - 60, [isIll ? (illness.deadLetters ?? 0) : 0]);
    if (minute % 5 !== 4) continue;
    const ringing = await evaluate(store, world.now, states);
    ringing.filter((name) => minute >= 14 && !fired.has(name)).forEach((name) => fired.set(name, minute - 14));
    if (fired.has(illness.alarm ?? '')) break;
  }
  return fired;
}

/** The alarms that are on, and in `states` what all of them are in. */
async function evaluate(store: MetricStore, now: number, states: Map<string, AlarmState>): Promise<string[]> {
  for (const [name, alarm] of alarms) {
    states.set(name, (await evaluateAlarm(alarm, new Date(now), states.get(name) ?? 'INSUFFICIENT_DATA', metricsAt(store, now)))!);
  }
  return [...states].filter(([, state]) => state === 'ALARM').map(([name]) => name);
}

function put(store: MetricStore, text: string): void {
  if (!text.startsWith('{"_aws"')) return;
  for (const { namespace, metricName, dimensions, timestamp, value } of readEmf(text)) {
    store.put({ namespace, metricName, dimensions }, timestamp / 1000, Array.isArray(value) ? (value as number[]) : [value as number]);
  }
}

const metricsAt = (store: MetricStore, now: number): MetricSource => ({
  read: ({ statistic, periods, ...name }) => Promise.resolve(periods.map((period) => store.statistic(name, statistic, period, now / 1000))),
});

test('no alarm rings for healthy agents, some of whose tools fail and some of whose calls are slow', async () => {
  expect(alarms.size).toBe(NAMES.length);
  // Before there is a quarter of an hour of them, runs of the join are missing.
  expect([...(await watch({}, 60))].filter(([name, minute]) => name !== 'AgentJoinMissing' || minute > 30)).toEqual([]);
});

test('every rule about agents has an illness', () => {
  expect(ILLNESSES.map(({ alarm }) => alarm).sort()).toEqual([...NAMES].sort());
});

const QUICK = ['AgentInvocationErrors', 'AgentLoop', 'AgentSessionCost', 'AgentJoinMissing'];

test.each(
  cases(
    ILLNESSES.filter(({ alarm }) => QUICK.includes(alarm)),
    ILLNESSES,
  ),
)('$alarm rings: $name', async (illness) => {
  const fired = await watch(illness, illness.joins === false ? 65 : 40);
  const others = [...fired.keys()].filter((name) => name !== illness.alarm && name !== 'AgentJoinMissing' && !illness.also?.includes(name));
  expect(fired.get(illness.alarm)).toBeLessThanOrEqual(illness.joins === false ? 60 : 25);
  expect(others).toEqual([]);
});
