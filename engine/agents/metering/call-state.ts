import { AGENT_LINE_START, AgentLineKind, AgentMember } from '../../ledger/agent-members';
import { readText, type Json } from '../../records/json';
import type { CallCost } from '../call-cost';
import type { CountedCall } from '../counted';
import type { Join } from '../join';
import { readDuration, readId, readLabel, readModel, readSpanId, readTime, readWord } from '../readers';
import type { SpanTokens } from '../span';
import { amountMember, type CostRange, durationOf, jsonMember, rangeIn, textMember, timeText } from './line-text';
import type { Surroundings } from './surroundings';
import { tokensOfLine, withoutZeros } from './span-line';

const STATES = ['priced', 'unpriced', 'free', 'notBedrock', 'takenBack'] as const;

/** A counted call as it was published: what its line says, and what its metrics are made of. */
export interface CallState extends Surroundings {
  readonly traceId: string;
  readonly spanId: string;
  readonly start: number;
  readonly durationMs: number;
  readonly state: (typeof STATES)[number];
  readonly reason?: string;
  readonly operation?: string;
  readonly model?: string;
  readonly modelName?: string;
  readonly provider: string;
  readonly region?: string;
  readonly requestId?: string;
  readonly tokens?: SpanTokens;
  readonly firstTokenMs?: number;
  readonly failed: boolean;
  readonly basis: CallCost['basis'];
  /** By what the spans say. */
  readonly estimate?: CostRange;
  /** By the ledger, or the estimate. */
  readonly cost?: CostRange;
  readonly joinedBy?: string;
  readonly caller?: string;
  readonly flags: readonly string[];
}

/** The flag of a call that has no record in the ledger, although it had the time to come. */
export const UNLOGGED = 'unlogged';

export const keyOf = ({ traceId, spanId }: Pick<CallState, 'traceId' | 'spanId'>): string => `${traceId} ${spanId}`;

export interface CallStateProps {
  readonly call: CountedCall;
  readonly surroundings: Surroundings;
  readonly estimate: CallCost;
  readonly cost: CallCost;
  readonly join?: Join;
  readonly isUnlogged?: boolean;
}

export function callState({ call, surroundings, estimate, cost, join, isUnlogged = false }: CallStateProps): CallState {
  const { span, requestId, model, provider, region, firstTokenMs, failed } = call;
  return {
    traceId: span.traceId,
    spanId: span.spanId,
    start: span.start,
    durationMs: durationOf(span),
    agent: surroundings.agent,
    session: surroundings.session,
    tool: surroundings.tool,
    state: cost.state,
    reason: cost.reason,
    operation: span.operation,
    model,
    modelName: cost.modelName ?? estimate.modelName,
    provider,
    region,
    requestId: join?.record.requestId ?? requestId,
    tokens: cost.tokens ?? call.tokens,
    firstTokenMs,
    failed,
    basis: cost.basis,
    estimate: estimate.state === 'priced' ? { low: estimate.low, high: estimate.high } : undefined,
    cost: cost.state === 'priced' ? { low: cost.low, high: cost.high } : undefined,
    joinedBy: join?.by,
    caller: join?.uncertain === false ? join.record.caller : undefined,
    flags: isUnlogged ? [...cost.flags, UNLOGGED] : cost.flags,
  };
}

/** Put together by hand, as the line of a span: what is not from a span, such as the ids of records, can have any character. */
export function callLine(call: CallState): string {
  return (
    `${START}${timeText(call.start)}","durationMs":${call.durationMs},"traceId":"${call.traceId}","spanId":"${call.spanId}"` +
    jsonMember('requestId', call.requestId) +
    textMember('agent', call.agent) +
    textMember('session', call.session) +
    textMember('tool', call.tool) +
    textMember('operation', call.operation) +
    textMember('model', call.model) +
    jsonMember('modelName', call.modelName) +
    textMember('provider', call.provider) +
    textMember('region', call.region) +
    `,"state":"${call.state}"` +
    jsonMember('reason', call.reason) +
    `,"basis":"${call.basis}"` +
    jsonMember('tokens', call.tokens && withoutZeros(call.tokens)) +
    (call.firstTokenMs === undefined ? '' : `,"${AgentMember.firstTokenMs}":${call.firstTokenMs}`) +
    (call.failed ? `,"${AgentMember.failed}":true` : '') +
    textMember('joinedBy', call.joinedBy) +
    jsonMember('caller', call.caller) +
    jsonMember('flags', call.flags.length === 0 ? undefined : call.flags) +
    amountMember('estimate', call.estimate) +
    amountMember('cost', call.cost) +
    '}'
  );
}

const START = `${AGENT_LINE_START}"${AgentMember.kind}":"${AgentLineKind.CALL}","${AgentMember.time}":"`;

/** A call as its line tells it; undefined where the line cannot be read. */
export function callOfLine(line: Json, text: string): CallState | undefined {
  const [traceId, spanId, start] = [readSpanId(line.traceId), readSpanId(line.spanId), readTime(line.time)];
  const state = STATES.find((each) => each === line.state);
  if (traceId === undefined || spanId === undefined || start === undefined || !state) return undefined;
  return {
    ...{ traceId, spanId, start, durationMs: readDuration(line.durationMs) ?? 0, state, reason: readText(line.reason) },
    ...{ agent: readLabel(line.agent) ?? readId(line.agent), session: readId(line.session), tool: readWord(line.tool) },
    ...{
      operation: readWord(line.operation),
      model: readModel(line.model),
      modelName: readText(line.modelName),
      provider: readWord(line.provider) ?? 'unknown',
    },
    ...{ region: readWord(line.region), requestId: readId(line.requestId), tokens: tokensOfLine(line.tokens) },
    ...{ firstTokenMs: readDuration(line.firstTokenMs), failed: line.failed === true },
    ...{ basis: line.basis === 'ledger' ? 'ledger' : 'estimate', estimate: rangeIn(text, 'estimate'), cost: rangeIn(text, 'cost') },
    ...{ joinedBy: readWord(line.joinedBy), caller: readText(line.caller) },
    flags: Array.isArray(line.flags) ? line.flags.filter((flag) => typeof flag === 'string') : [],
  };
}
