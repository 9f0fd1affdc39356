import type { Runs } from '../../engine/agents/runs';
import type { Span } from '../../engine/agents/span';
import type { RunCall, TraceRun } from '../../engine/agents/trace-run';
import { formatUsd } from '../../engine/pricing/usd-text';
import { SessionTotals } from '../../engine/agents/session-totals';
import { printableJson } from '../terminal';
import type { Flag, Flags } from './flags';
import { sessionOutput } from './session-list';
import type { ViewContext } from './view-context';

/** What `traces --json` writes, trace by trace. Members that are not known are absent; amounts are decimals in USD. */
export function* jsonLines(runs: Iterable<TraceRun>, untraced: Runs['untraced'] | undefined, context: ViewContext): Generator<string> {
  const sessions = new SessionTotals();
  yield '{';
  if (untraced) yield `${indented(untracedOf(untraced), '"untraced": ')},`;
  let last: string | undefined;
  for (const run of runs) {
    sessions.add(run);
    yield last === undefined ? '  "traces": [' : `${last},`;
    last = indented(traceOf(run, context.flags), '  ');
  }
  yield* last === undefined ? ['  "traces": [],'] : [last, '  ],'];
  yield indented(sessions.all(context.usage, context.withoutRuns).map(sessionOutput), '"sessions": ');
  yield '}';
}

const indented = (value: unknown, before: string): string =>
  `  ${before}${printableJson(value).replaceAll('\n', `\n${before.startsWith(' ') ? '    ' : '  '}`)}`;

const untracedOf = (untraced: Runs['untraced']) => ({
  calls: untraced.length,
  costUsd: formatUsd(untraced.reduce((sum, { cost }) => sum + (cost?.low ?? 0n), 0n)),
});

function traceOf(run: TraceRun, flags: Flags) {
  const hasCost = run.costBasis !== 'none';
  const callOf = new Map(run.calls.map((each) => [each.call.span.spanId, each]));
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
    review: reviewOf(flags.of(run.traceId)),
    spans: run.trace.tree.spans.map((span) => spanOf(span, callOf.get(span.spanId))),
  };
}

const reviewOf = (flags: readonly Flag[]) =>
  flags.length === 0 ? undefined : flags.map(({ spanId, label, note, at }) => ({ spanId, label, note, at }));

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
