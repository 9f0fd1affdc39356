import { AgentMetrics } from '../../telemetry/agent-names';
import { Attributes, TokenTypes } from '../../telemetry/names';
import type { PicoUsd } from '../../pricing/types';
import { BEDROCK, type Span, type SpanTokens } from '../span';
import { type CallState, UNLOGGED } from './call-state';
import { durationOf } from './line-text';

/** An amount to add to a metric, or one value of its distribution. */
export interface AgentReading {
  readonly metric: string;
  readonly value: number;
  readonly unit?: 'Count' | 'Seconds';
  /** Each of these alone is a dimension; `undefined` is the total. Values that are not known have none. */
  readonly by: ReadonlyArray<readonly [dimension: string, value: string | undefined] | undefined>;
}

const { AGENT, TOOL, OPERATION, REQUEST_MODEL, TOKEN_TYPE } = Attributes;

/** What a span of an agent, a tool or a retrieval adds. Model spans add what their call does, when it counts. */
export function readingsOfSpan(span: Span): AgentReading[] {
  const { role, operation, tool, failed } = span;
  const agent = role === 'agent' ? span.agent : undefined;
  if (role === 'model' || role === 'step' || role === 'other') return [];
  const by = [[OPERATION, operation] as const, [TOOL, tool] as const, [AGENT, agent] as const];
  return [
    { metric: AgentMetrics.DURATION, value: durationOf(span) / 1000, unit: 'Seconds', by },
    counted(AgentMetrics.ERRORS, failed ? 1 : 0, [undefined, ...by]),
    ...(role === 'tool'
      ? [
          counted(AgentMetrics.TOOL_CALLS, 1, [undefined, [TOOL, tool]]),
          counted(AgentMetrics.TOOL_ERRORS, failed ? 1 : 0, [undefined, [TOOL, tool]]),
        ]
      : []),
    ...(role === 'agent'
      ? [
          counted(AgentMetrics.AGENT_RUNS, 1, [undefined, [AGENT, agent]]),
          counted(AgentMetrics.AGENT_FAILURES, failed ? 1 : 0, [undefined]),
        ]
      : []),
  ];
}

/** What a call adds when it counts, or takes away with the sign -1. */
export function readingsOfCall(call: CallState, sign: 1 | -1): AgentReading[] {
  if (call.state === 'takenBack') return [];
  const { agent, model, failed, state, tool, operation } = call;
  const byAgentAndModel = [undefined, [AGENT, agent] as const, [REQUEST_MODEL, model] as const];
  return [
    counted(AgentMetrics.CALLS, sign, byAgentAndModel),
    counted(AgentMetrics.CALLS_FAILED, failed ? sign : 0, byAgentAndModel),
    counted(AgentMetrics.ERRORS, failed ? sign : 0, [undefined, [OPERATION, operation]]),
    ...(state === 'unpriced' ? [counted(AgentMetrics.CALLS_UNPRICED, sign, [undefined])] : []),
    ...(state === 'notBedrock' ? [counted(AgentMetrics.CALLS_NOT_BEDROCK, sign, [undefined])] : []),
    ...tokenReadings(call, sign),
    ...(call.estimate ? [dollars(AgentMetrics.COST_ESTIMATE, call.estimate.low, sign, byAgentAndModel)] : []),
    ...(call.basis === 'ledger' && call.cost
      ? [dollars(AgentMetrics.COST, call.cost.low, sign, [...byAgentAndModel, [TOOL, tool] as const])]
      : []),
    ...(call.flags.includes(UNLOGGED)
      ? [
          counted(AgentMetrics.CALLS_UNLOGGED, sign, [undefined]),
          dollars(AgentMetrics.COST_UNLOGGED, call.cost?.low ?? 0n, sign, [undefined]),
        ]
      : []),
  ];
}

/**
 * Values of distributions, which cannot be taken away again: when the call counts for the first time, and the time to the first token
 * when it becomes known.
 *
 * @param before the call as it was published
 */
export function timesOfCall({ operation, durationMs, firstTokenMs, model }: CallState, before?: CallState): AgentReading[] {
  const readings: AgentReading[] = [];
  if (!before) readings.push({ metric: AgentMetrics.DURATION, value: durationMs / 1000, unit: 'Seconds', by: [[OPERATION, operation]] });
  if (firstTokenMs !== undefined && before?.firstTokenMs === undefined) {
    const by = [undefined, [REQUEST_MODEL, model] as const];
    readings.push({ metric: AgentMetrics.FIRST_TOKEN, value: firstTokenMs / 1000, unit: 'Seconds', by });
  }
  return readings;
}

const TYPES: ReadonlyArray<readonly [keyof SpanTokens, string]> = [
  ['input', TokenTypes.INPUT],
  ['output', TokenTypes.OUTPUT],
  ['cacheRead', TokenTypes.CACHE_READ],
  ['cacheWrite', TokenTypes.CACHE_WRITE],
];

function tokenReadings({ tokens, agent }: CallState, sign: 1 | -1): AgentReading[] {
  if (!tokens) return [];
  const used = TYPES.filter(([kind]) => tokens[kind] > 0);
  const all = used.reduce((sum, [kind]) => sum + tokens[kind], 0);
  return [
    ...used.map(([kind, type]) => counted(AgentMetrics.TOKENS, sign * tokens[kind], [[TOKEN_TYPE, type]])),
    ...(all > 0 ? [counted(AgentMetrics.TOKENS, sign * all, [[AGENT, agent]])] : []),
  ];
}

export function counted(metric: string, value: number, by: AgentReading['by']): AgentReading {
  return { metric, value, unit: 'Count', by };
}

/** Pico-dollars leave exact arithmetic here. */
export const dollars = (metric: string, pico: PicoUsd, sign: 1 | -1, by: AgentReading['by']): AgentReading => ({
  ...{ metric, value: (sign * Number(pico)) / 1e12, by },
});

/** Whether calls of a provider can have a record in the ledger. */
export const canHaveRecord = ({ provider, state }: Pick<CallState, 'provider' | 'state'>): boolean =>
  (provider === BEDROCK || provider === 'unknown') && state !== 'free' && state !== 'takenBack';
