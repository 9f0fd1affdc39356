import { AgentLineKind } from '../../ledger/agent-members';
import { readText, type Json } from '../../records/json';
import type { CallCost } from '../call-cost';
import type { CountedCall } from '../counted';
import type { Join } from '../join';
import { readDuration, readId, readLabel, readModel, readSpanId, readTime, readWord } from '../readers';
import type { SpanTokens } from '../span';
import { agentLine, type CostRange, durationOf, rangeIn, timeText } from './line-text';
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
  const isPriced = cost.state === 'priced';
  return {
    ...{ traceId: span.traceId, spanId: span.spanId, start: span.start, durationMs: durationOf(span), ...surroundings },
    ...{ state: cost.state, reason: cost.reason, operation: span.operation, model, provider, region },
    ...{ requestId: join?.record.requestId ?? requestId, tokens: cost.tokens ?? call.tokens, firstTokenMs, failed, basis: cost.basis },
    ...(estimate.state === 'priced' && { estimate: { low: estimate.low, high: estimate.high } }),
    ...(isPriced && { cost: { low: cost.low, high: cost.high } }),
    ...(join && { joinedBy: join.by, ...(!join.uncertain && { caller: join.record.caller }) }),
    flags: [...cost.flags, ...(isUnlogged ? [UNLOGGED] : [])],
  };
}

export function callLine(call: CallState): string {
  const { start, tokens, failed, flags, estimate, cost, traceId, spanId, durationMs, requestId, agent, session, tool, operation } = call;
  const { model, provider, region, state, reason, basis, firstTokenMs, joinedBy, caller } = call;
  return agentLine(
    AgentLineKind.CALL,
    {
      ...{ time: timeText(start), durationMs, traceId, spanId, requestId, agent, session, tool, operation, model, provider, region },
      ...{ state, reason, basis, tokens: tokens && withoutZeros(tokens), firstTokenMs, ...(failed && { failed }), joinedBy, caller },
      ...(flags.length > 0 && { flags }),
    },
    { estimate, cost },
  );
}

/** A call as its line tells it; undefined where the line cannot be read. */
export function callOfLine(line: Json, text: string): CallState | undefined {
  const [traceId, spanId, start] = [readSpanId(line.traceId), readSpanId(line.spanId), readTime(line.time)];
  const state = STATES.find((each) => each === line.state);
  if (traceId === undefined || spanId === undefined || start === undefined || !state) return undefined;
  return {
    ...{ traceId, spanId, start, durationMs: readDuration(line.durationMs) ?? 0, state, reason: readText(line.reason) },
    ...{ agent: readLabel(line.agent) ?? readId(line.agent), session: readId(line.session), tool: readWord(line.tool) },
    ...{ operation: readWord(line.operation), model: readModel(line.model), provider: readWord(line.provider) ?? 'unknown' },
    ...{ region: readWord(line.region), requestId: readId(line.requestId), tokens: tokensOfLine(line.tokens) },
    ...{ firstTokenMs: readDuration(line.firstTokenMs), failed: line.failed === true },
    ...{ basis: line.basis === 'ledger' ? 'ledger' : 'estimate', estimate: rangeIn(text, 'estimate'), cost: rangeIn(text, 'cost') },
    ...{ joinedBy: readWord(line.joinedBy), caller: readText(line.caller) },
    flags: Array.isArray(line.flags) ? line.flags.filter((flag) => typeof flag === 'string') : [],
  };
}
