import { ACCOUNT, REGION } from '../emulator/environment';
import { costOf } from '../traffic/rates';
import type { LogRecord } from '../traffic/records';
import type { Traffic } from '../traffic/traffic';
import recorded from './recorded-run.json';

/** A run of an agent: its spans, the records of its model calls, and what must come out. */
export interface AgentRun {
  readonly traceId: string;
  /** Events of the log group of spans. */
  readonly spans: readonly LogRecord[];
  readonly records: readonly LogRecord[];
  readonly expected: AgentFigures;
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

const RESOURCE = { attributes: { 'service.name': 'recorded-app', 'cloud.region': REGION } };

/** The recorded run, as if it had ended at the given moment. */
export function agentRun(end: Date): AgentRun {
  const { traceId } = recorded;
  const length = Math.max(...recorded.spans.map(({ startNano, durationNano }) => startNano + durationNano));
  const begin = BigInt(end.getTime()) * 1_000_000n - BigInt(length);
  const timeOf = (nano: bigint): Date => new Date(Number(nano / 1_000_000n));
  const spans = recorded.spans.map(({ startNano, durationNano, scope, ...span }) => {
    const start = begin + BigInt(startNano);
    const stop = start + BigInt(durationNano);
    const times = { startTimeUnixNano: String(start), endTimeUnixNano: String(stop), durationNano };
    const event = { resource: RESOURCE, scope: { name: scope }, traceId, flags: 1, ...span, ...times, status: { code: 'UNSET' } };
    return { time: timeOf(stop), message: JSON.stringify(event) };
  });
  // Records have whole seconds: that in which the call began.
  const time = new Date(Math.floor(Number(begin / 1_000_000n) / 1000) * 1000);
  return {
    traceId,
    spans: spans.sort((one, other) => one.time.getTime() - other.time.getTime()),
    records: recorded.records.map((record) => ({ time, message: JSON.stringify(recordOf(record, time)) })),
    expected: expectedFigures(),
  };
}

type RecordedCall = (typeof recorded)['records'][number];

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
function expectedFigures(): AgentFigures {
  const costs = recorded.records.map(({ modelId, tokens: { input, output, cacheRead, cacheWrite } }) =>
    costOf(modelId, { input, output, cacheRead, cacheWrite5m: cacheWrite, cacheWrite1h: 0 }),
  );
  const used = recorded.records.flatMap(({ tokens }) => Object.values(tokens));
  const added = recorded.spans.map(({ attributes }) => attributes as Readonly<Record<string, unknown>>);
  const sumOf = (key: string) => added.reduce((sum, attributes) => sum + Number(attributes[key] ?? 0), 0);
  return {
    modelCalls: recorded.records.length,
    tokens: used.reduce((sum, count) => sum + count, 0),
    naiveTokens: sumOf('gen_ai.usage.input_tokens') + sumOf('gen_ai.usage.output_tokens'),
    cost: costs.reduce<bigint>((sum, cost) => sum + (cost ?? 0n), 0n),
  };
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
      },
    }),
  };
}
