import type { PicoUsd } from '../pricing/types';
import type { CallCost } from './call-cost';
import type { CountedCall, CountedTrace } from './counted';
import type { Join } from './join';
import type { Span, SpanTokens } from './span';
import { byBeginning, type SpanTree } from './span-tree';
import { NO_TOKENS, plus } from './token-sums';

/** A counted call with its cost. */
export interface RunCall {
  readonly call: CountedCall;
  readonly cost: CallCost;
  readonly join?: Join;
}

interface ToolCount {
  readonly name: string;
  readonly calls: number;
  readonly failed: number;
}

/** A trace with what it consumed and cost: a run of an agent, or a request that called models. */
export interface TraceRun {
  readonly traceId: string;
  readonly start: number;
  readonly durationMs: number;
  readonly sessionIds: readonly string[];
  readonly agents: readonly string[];
  readonly callers: readonly string[];
  /** Model calls that have a span. */
  readonly modelCalls: number;
  /** Of counted calls, with `input` without cached tokens. */
  readonly tokens: SpanTokens;
  /** What adding up all spans gives. */
  readonly naiveTokens: Pick<SpanTokens, 'input' | 'output'>;
  readonly tools: readonly ToolCount[];
  /** The most calls in a row of one tool with equal input: an agent that goes round in circles. Absent below three. */
  readonly loop?: { readonly tool: string; readonly calls: number };
  /** Failures, each once: a span that failed only because one below it did is not counted. */
  readonly errors: number;
  readonly cost: { readonly low: PicoUsd; readonly high: PicoUsd };
  /** `ledger` where every cost is exact, `none` where nothing has one. */
  readonly costBasis: 'ledger' | 'estimate' | 'none';
  readonly unpriced: number;
  readonly notBedrock: number;
  readonly flags: readonly string[];
  readonly trace: CountedTrace;
  readonly calls: readonly RunCall[];
}

/** Sums up a trace, once the cost of each of its calls is known. */
export function runOf(trace: CountedTrace, calls: readonly RunCall[]): TraceRun {
  const { tree } = trace;
  const { spans } = tree;
  const priced = calls.filter(({ cost }) => cost.state === 'priced');
  const bases = new Set(calls.filter(({ cost }) => cost.state === 'priced' || cost.state === 'unpriced').map(({ cost }) => cost.basis));
  return {
    traceId: trace.traceId,
    start: Math.min(...ends(spans, ({ start }) => start)),
    durationMs: Math.max(...ends(spans, ({ end }) => end)) - Math.min(...ends(spans, ({ start }) => start)),
    sessionIds: distinct(spans.map(({ sessionId }) => sessionId)),
    agents: distinct(spans.filter(({ role }) => role === 'agent').map(({ agent }) => agent)),
    callers: distinct(calls.map(({ join }) => (join?.uncertain === false ? join.record.caller : undefined))),
    modelCalls: calls.filter(({ call }) => call.basis === 'model').length,
    tokens: calls.reduce((sum, { cost, call }) => plus(sum, cost.tokens ?? call.tokens), NO_TOKENS),
    naiveTokens: spans.reduce((sum, { tokens }) => plus(sum, tokens), NO_TOKENS),
    tools: toolsOf(spans),
    loop: loopIn(spans),
    errors: failuresIn(tree).length,
    cost: { low: total(priced.map(({ cost }) => cost.low)), high: total(priced.map(({ cost }) => cost.high)) },
    costBasis: priced.length === 0 ? 'none' : bases.has('estimate') ? 'estimate' : 'ledger',
    unpriced: calls.filter(({ cost }) => cost.state === 'unpriced').length,
    notBedrock: calls.filter(({ cost }) => cost.state === 'notBedrock').length,
    flags: distinct(calls.flatMap(({ cost }) => cost.flags)),
    trace,
    calls,
  };
}

function toolsOf(spans: readonly Span[]): ToolCount[] {
  const counts = new Map<string, { name: string; calls: number; failed: number }>();
  for (const { role, tool = 'unknown', failed } of spans) {
    if (role !== 'tool') continue;
    const count = counts.get(tool) ?? { name: tool, calls: 0, failed: 0 };
    count.calls += 1;
    count.failed += failed ? 1 : 0;
    counts.set(tool, count);
  }
  return [...counts.values()];
}

/** Fewer are no loop. */
export const MIN_LOOP = 3;

/** By library, because two libraries can record one call. */
function loopIn(spans: readonly Span[]): TraceRun['loop'] {
  const rows = new Map<string, { readonly last: Span; readonly calls: number }>();
  let longest: TraceRun['loop'];
  for (const span of spans.filter(({ role }) => role === 'tool').sort(byBeginning)) {
    const row = rows.get(span.scope);
    const goesOn = span.toolInput !== undefined && row?.last.tool === span.tool && row?.last.toolInput === span.toolInput;
    const calls = goesOn ? row!.calls + 1 : 1;
    rows.set(span.scope, { last: span, calls });
    if (calls >= MIN_LOOP && calls > (longest?.calls ?? 0)) longest = { tool: span.tool ?? 'unknown', calls };
  }
  return longest;
}

/** The spans that failed by themselves, and not because one below them did. */
export function failuresIn({ spans, parentOf }: SpanTree): Span[] {
  const failedBelow = new Set<Span>();
  const failures: Span[] = [];
  for (let at = spans.length - 1; at >= 0; at -= 1) {
    const span = spans[at]!;
    if (span.failed && !failedBelow.has(span)) failures.push(span);
    const parent = parentOf(span);
    if (parent && (span.failed || failedBelow.has(span))) failedBelow.add(parent);
  }
  return failures;
}

/** The least and the greatest, because a trace can have more spans than a function takes arguments. */
function ends(spans: readonly Span[], read: (span: Span) => number): [number, number] {
  let [least, greatest] = [Infinity, -Infinity];
  for (const span of spans) {
    const value = read(span);
    least = Math.min(least, value);
    greatest = Math.max(greatest, value);
  }
  return [least, greatest];
}

const total = (amounts: readonly PicoUsd[]): PicoUsd => amounts.reduce((sum, amount) => sum + amount, 0n);

const distinct = (values: ReadonlyArray<string | undefined>): string[] => [...new Set(values.filter((value) => value !== undefined))];
