import type { Runs } from '../../engine/agents/runs';
import type { Span, SpanTokens } from '../../engine/agents/span';
import type { RunCall, TraceRun } from '../../engine/agents/trace-run';
import { formatUsd } from '../../engine/pricing/usd-text';

/** What `traces --json` writes. Members that are not known are absent; amounts are decimals in USD. */
export function outputOf(runs: readonly TraceRun[], untraced: Runs['untraced'] | undefined) {
  return { untraced: untraced && untracedOf(untraced), traces: runs.map(traceOf) };
}

const untracedOf = (untraced: Runs['untraced']) => ({
  calls: untraced.length,
  costUsd: formatUsd(untraced.reduce((sum, { cost }) => sum + (cost?.low ?? 0n), 0n)),
});

function traceOf(run: TraceRun) {
  const hasCost = run.costBasis !== 'none';
  const callOf = new Map(run.calls.map((each) => [each.call.span, each]));
  const { input, output } = run.naiveTokens;
  return {
    traceId: run.traceId,
    start: new Date(run.start).toISOString(),
    durationMs: rounded(run.durationMs),
    sessionIds: run.sessionIds,
    agents: run.agents,
    callers: run.callers,
    modelCalls: run.modelCalls,
    tokens: run.tokens,
    naiveTokens: { input, output },
    tools: run.tools.map(({ name, calls, failed }) => ({ name, calls, failed })),
    loop: run.loop,
    errors: run.errors,
    costUsd: hasCost ? formatUsd(run.cost.low) : undefined,
    costHighUsd: hasCost && run.cost.high !== run.cost.low ? formatUsd(run.cost.high) : undefined,
    costBasis: run.costBasis,
    unpriced: run.unpriced,
    notBedrock: run.notBedrock,
    flags: run.flags,
    spans: run.trace.tree.spans.map((span) => spanOf(span, callOf.get(span))),
  };
}

function spanOf(span: Span, counted: RunCall | undefined) {
  const { spanId, parentSpanId, operation, name, agent, tool, failed, errorType } = span;
  return {
    ...{ spanId, parentSpanId, operation, name, agent },
    model: counted?.call.model ?? span.model,
    tool,
    durationMs: rounded(span.end - span.start),
    tokens: counted ? (counted.cost.tokens ?? counted.call.tokens) : span.tokens,
    ...(counted && costOf(counted)),
    error: failed ? (errorType ?? 'error') : undefined,
    requestId: counted?.join?.record.requestId ?? counted?.call.requestId ?? span.requestId,
    counted: counted !== undefined,
  };
}

function costOf({ cost, join, call }: RunCall) {
  const { state, basis, low, high, reason, flags } = cost;
  return {
    costUsd: state === 'priced' ? formatUsd(low) : undefined,
    costHighUsd: state === 'priced' && high !== low ? formatUsd(high) : undefined,
    costBasis: state === 'priced' ? basis : 'none',
    status: state,
    reason,
    provider: state === 'notBedrock' ? call.provider : undefined,
    caller: join?.uncertain === false ? join.record.caller : undefined,
    firstTokenMs: call.firstTokenMs === undefined ? undefined : rounded(call.firstTokenMs),
    flags: flags.length > 0 ? flags : undefined,
  };
}

/** Thousandths of a millisecond: doubles since 1970 hold no more. */
const rounded = (ms: number): number => Math.round(ms * 1000) / 1000;

export const cachedOf = ({ cacheRead, cacheWrite }: SpanTokens): number => cacheRead + cacheWrite;
