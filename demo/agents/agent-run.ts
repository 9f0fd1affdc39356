import { ACCOUNT, REGION } from '../emulator/environment';
import { ALONE, memberName } from '../traffic/members';
import { costOf } from '../traffic/rates';
import type { LogRecord } from '../traffic/records';
import type { Traffic } from '../traffic/traffic';
import { expectedRuntimeCost, type RuntimeCost, runtimeUsage } from './runtime-use';
import trip from './trip.json';

/** A run of an agent: its spans, the records of its model calls, and what must come out. */
export interface AgentRun {
  readonly traceId: string;
  /** Events of the log group of spans. */
  readonly spans: readonly LogRecord[];
  readonly records: readonly LogRecord[];
  /** Events of the usage logs of its AgentCore runtime. */
  readonly usage: readonly LogRecord[];
  readonly expected: AgentFigures & { readonly shares: Shares; readonly runtime: RuntimeCost };
}

/** The figures of a run. */
export interface AgentFigures {
  readonly modelCalls: number;
  /** Cached ones included. */
  readonly tokens: number;
  /** What adding up all spans gives. */
  readonly naiveTokens: number;
  /** In pico-dollars. */
  readonly cost: bigint;
}

/** For whom the dollars of a run were. */
export const SHARES = ['agent', 'session', 'tool'] as const;

/** Pico-dollars by name, highest first. */
export type Shares = Readonly<Record<(typeof SHARES)[number], ReadonlyArray<readonly [name: string, cost: bigint]>>>;

const SESSION = trip.spans[0]!.attributes['session.id'];

const RESOURCE = { attributes: { 'service.name': 'travel-desk', 'cloud.region': REGION } };

/** The run of the planner, as if it had ended at the given moment. */
export function agentRun(end: Date): AgentRun {
  const { traceId } = trip;
  const length = Math.max(...trip.spans.map(({ startNano, durationNano }) => startNano + durationNano));
  const begin = BigInt(end.getTime()) * 1_000_000n - BigInt(length);
  const timeOf = (nano: bigint): Date => new Date(Number(nano / 1_000_000n));
  const spans = trip.spans.map(({ startNano, durationNano, scope, ...span }) => {
    const start = begin + BigInt(startNano);
    const stop = start + BigInt(durationNano);
    const times = { startTimeUnixNano: String(start), endTimeUnixNano: String(stop), durationNano };
    const event = { resource: RESOURCE, scope: { name: scope }, traceId, flags: 1, ...span, ...times, status: { code: 'UNSET' } };
    return { time: timeOf(stop), message: JSON.stringify(event) };
  });
  const records = trip.records.map((record) => {
    // Records have whole seconds: that in which the call began.
    const time = new Date(Math.floor(timeOf(begin + BigInt(record.startNano)).getTime() / 1000) * 1000);
    return { time, message: JSON.stringify(recordOf(record, time)) };
  });
  return {
    traceId,
    spans: spans.sort((one, other) => one.time.getTime() - other.time.getTime()),
    records: records.sort((one, other) => one.time.getTime() - other.time.getTime()),
    usage: runtimeUsage(Number(begin / 1_000_000n), SESSION),
    expected: expectedFigures(),
  };
}

type RecordedCall = (typeof trip)['records'][number];

function recordOf({ requestId, operation, modelId, tokens }: RecordedCall, time: Date) {
  return {
    schemaType: 'ModelInvocationLog',
    schemaVersion: '1.0',
    timestamp: time.toISOString().replace('.000Z', 'Z'),
    accountId: ACCOUNT,
    identity: { arn: `arn:aws:sts::${ACCOUNT}:assumed-role/agents/planner` },
    region: REGION,
    requestId,
    operation,
    modelId,
    input: {
      inputContentType: 'application/json',
      inputTokenCount: tokens.input,
      cacheReadInputTokenCount: tokens.cacheRead,
      cacheWriteInputTokenCount: tokens.cacheWrite,
    },
    output: { outputContentType: 'application/json', outputTokenCount: tokens.output },
  };
}

/** By the arithmetic of the demo and not by the engine. Without a body the lifetime of a cache write is taken to be the shorter one. */
function expectedFigures(): AgentRun['expected'] {
  const used = trip.records.flatMap(({ tokens }) => Object.values(tokens));
  const added = trip.spans.map(({ attributes }) => attributes as Readonly<Record<string, unknown>>);
  const sumOf = (key: string) => added.reduce((sum, attributes) => sum + Number(attributes[key] ?? 0), 0);
  return {
    modelCalls: trip.records.length,
    tokens: used.reduce((sum, count) => sum + count, 0),
    naiveTokens: sumOf('gen_ai.usage.input_tokens') + sumOf('gen_ai.usage.output_tokens'),
    cost: trip.records.reduce((sum, record) => sum + costOfRecord(record), 0n),
    shares: {
      agent: shared(({ agent }) => agent),
      session: shared(() => SESSION),
      tool: shared(({ tool }: { readonly tool?: string }) => tool),
    },
    runtime: expectedRuntimeCost(),
  };
}

function costOfRecord({ modelId, tokens: { input, output, cacheRead, cacheWrite } }: RecordedCall): bigint {
  return costOf(modelId, { input, output, cacheRead, cacheWrite5m: cacheWrite, cacheWrite1h: 0 }) ?? 0n;
}

function shared(nameOf: (record: RecordedCall) => string | undefined): Array<readonly [string, bigint]> {
  const sums = new Map<string, bigint>();
  for (const record of trip.records) {
    const name = nameOf(record);
    if (name !== undefined) sums.set(name, (sums.get(name) ?? 0n) + costOfRecord(record));
  }
  return [...sums].sort(([, one], [, other]) => (one < other ? 1 : -1));
}

/** What the spans of the run cost if each is priced and all are added up, in pico-dollars. Cached tokens have their own price where a span has them. */
export function naiveCost(): bigint {
  return trip.spans.reduce((sum, { attributes }) => {
    const of = attributes as Readonly<Record<string, unknown>>;
    const count = (name: string) => Number(of[`gen_ai.usage.${name}_tokens`] ?? 0);
    const [cacheRead, cacheWrite5m] = [count('cache_read_input'), count('cache_write_input')];
    const input = count('input') - cacheRead - cacheWrite5m;
    const tokens = { input, output: count('output'), cacheRead, cacheWrite5m, cacheWrite1h: 0 };
    return sum + (costOf(String(of['gen_ai.request.model']), tokens) ?? 0n);
  }, 0n);
}

/** The agent runs in the account of the emulator. */
function withCost(byMember: ReadonlyMap<string, bigint>, cost: bigint): ReadonlyMap<string, bigint> {
  const name = memberName(ALONE[0]!);
  return new Map(byMember).set(name, (byMember.get(name) ?? 0n) + cost);
}

/** Traffic with the calls of the agent at its end. */
export function withAgent<T extends Traffic>(traffic: T, agent: AgentRun): T {
  const { expected } = traffic;
  const priced = agent.records.length;
  return {
    ...traffic,
    records: [...traffic.records, ...agent.records],
    ...(expected && {
      expected: {
        cost: expected.cost + agent.expected.cost,
        byStatus: { ...expected.byStatus, priced: expected.byStatus.priced + priced },
        byMember: withCost(expected.byMember, agent.expected.cost),
      },
    }),
  };
}
