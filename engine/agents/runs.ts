import { CallPricer, type CallPricerProps } from './call-cost';
import { countTraces } from './counted';
import { joinCalls } from './join';
import type { RecordedCall } from './recorded-call';
import type { Span } from './span';
import { runOf, type TraceRun } from './trace-run';

/** Traces with their costs, and the calls of the log that no trace has. */
export interface Runs {
  readonly runs: readonly TraceRun[];
  readonly untraced: readonly RecordedCall[];
}

/**
 * Counts the model calls in spans, finds the record of each, and sums up each trace. Where a call has a record, its tokens and its
 * cost are those of the record; the costs of the others are estimates.
 */
export function runsOf(spans: Iterable<Span>, records: readonly RecordedCall[], pricing: CallPricerProps): Runs {
  const traces = countTraces(spans);
  const { joins, untraced } = joinCalls(
    traces.flatMap(({ calls }) => calls),
    records,
  );
  const pricer = new CallPricer(pricing);
  const runs = traces.map((trace) =>
    runOf(
      trace,
      trace.calls.map((call) => ({ call, cost: pricer.cost(call, joins.get(call)), join: joins.get(call) })),
    ),
  );
  return { runs, untraced };
}
