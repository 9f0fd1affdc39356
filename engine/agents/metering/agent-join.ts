import { AgentMetrics } from '../../telemetry/agent-names';
import { AgentLineKind } from '../../ledger/agent-members';
import { type CallCost, CallPricer, type CallPricerProps } from '../call-cost';
import { countTraces, type CountedCall, type CountedTrace } from '../counted';
import { joinCalls, type Join, type Joined } from '../join';
import type { RecordedCall } from '../recorded-call';
import { runOf, type TraceRun } from '../trace-run';
import type { AgentLines } from './agent-lines';
import { canHaveRecord, counted, dollars, readingsOfCall, timesOfCall } from './agent-readings';
import type { AgentTotals } from './agent-totals';
import { callLine, callState, type CallState, keyOf } from './call-state';
import { agentLine, timeText } from './line-text';
import { correctionsOfRun, readingsOfRun, runLine } from './run-line';
import { TraceSurroundings } from './surroundings';

const MINUTE = 60_000;

/** Times of the join, in milliseconds. */
export const JOIN_TIMES = {
  /** How long nothing of a trace must have arrived until it is settled. */
  QUIET: 10 * MINUTE,
  /** How long the other side may take until a call counts as unlogged or untraced. */
  GRACE: 60 * MINUTE,
  /** How far lines are read back. */
  WINDOW: 180 * MINUTE,
  /** At the beginning of the window spans are read, and nothing is changed: what belongs to them can be before it. */
  MARGIN: 60 * MINUTE,
} as const;

/** A call of the ledger, and when its line was written. */
export interface LedgerCall {
  readonly record: RecordedCall;
  readonly arrival: number;
}

export interface AgentJoinProps {
  readonly lines: AgentLines;
  /** Absent where there is no ledger: then all costs are estimates. */
  readonly ledger?: readonly LedgerCall[];
  readonly pricing: CallPricerProps;
  readonly totals: AgentTotals;
  /** The beginning of what was read. */
  readonly from: number;
  readonly now: number;
}

/** What a join found. */
export interface AgentJoinResult {
  /** Lines to be written: calls and runs that are new or changed. */
  readonly lines: readonly string[];
  /** All runs of which spans were read, with when the last one arrived. */
  readonly runs: ReadonlyArray<{ readonly run: TraceRun; readonly lastArrival: number; readonly sessions: ReadonlyMap<string, bigint> }>;
}

/**
 * Settles what the meter could not: it counts the calls of whole traces, finds their records in the ledger, compares that with what
 * was published before, and publishes the difference.
 *
 * What was published is told by the lines alone, so a run that is missed or that fails is made up for by the next one.
 */
export class AgentJoin {
  private readonly pricer: CallPricer;
  private readonly lines: string[] = [];
  private readonly arrivals = new Map<string, number>();
  private readonly lastArrivals = new Map<string, number>();

  constructor(private readonly props: AgentJoinProps) {
    this.pricer = new CallPricer(props.pricing);
    for (const { span, arrival } of props.lines.spans) {
      this.arrivals.set(keyOf(span), arrival);
      this.lastArrivals.set(span.traceId, Math.max(arrival, this.lastArrivals.get(span.traceId) ?? 0));
    }
  }

  public run(): AgentJoinResult {
    const { lines, ledger = [] } = this.props;
    const traces = countTraces(lines.spans.map(({ span }) => span));
    const calls = traces.flatMap((trace) => trace.calls);
    const joined = joinCalls(
      calls,
      ledger.map(({ record }) => record),
    );
    const current = new Set(calls.map(({ span }) => keyOf(span)));
    for (const key of lines.calls.keys()) this.takeBackUnless(current, key);
    const runs = traces.map((trace) => this.settle(trace, joined.joins));
    this.compareLedger(joined);
    return { lines: this.lines, runs };
  }

  private settle(trace: CountedTrace, joins: Joined['joins']): AgentJoinResult['runs'][number] {
    const surroundings = new TraceSurroundings(trace.tree);
    const sessions = new Map<string, bigint>();
    const runCalls = trace.calls.map((call) => {
      const join = joins.get(call);
      const estimate = this.pricer.cost(call, undefined);
      const cost = join ? this.pricer.cost(call, join) : (this.keptCost(call) ?? estimate);
      const isUnlogged = cost === estimate && this.isUnlogged(call, estimate);
      const state = callState({ call, surroundings: surroundings.of(call), estimate, cost, join, isUnlogged });
      if (state.session !== undefined) sessions.set(state.session, (sessions.get(state.session) ?? 0n) + cost.low);
      this.publish(call, state, join);
      return { call, join, cost };
    });
    const run = runOf(trace, runCalls);
    const lastArrival = this.lastArrivals.get(trace.traceId) ?? 0;
    if (this.isQuiet([trace.traceId]) && this.mayChange(lastArrival)) this.publishRun(run);
    return { run, lastArrival, sessions };
  }

  /** The cost by a record that was found before, and is no longer within what is read. */
  private keptCost({ span }: CountedCall): CallCost | undefined {
    const before = this.props.lines.calls.get(keyOf(span))?.call;
    if (before?.basis !== 'ledger' || before.state === 'takenBack') return undefined;
    const { state, reason, cost, tokens, flags } = before;
    return { state, reason, basis: 'ledger', low: cost?.low ?? 0n, high: cost?.high ?? 0n, tokens, flags };
  }

  private isUnlogged({ span, provider }: CountedCall, { state }: CallCost): boolean {
    const isOld = this.props.now - (this.arrivals.get(keyOf(span)) ?? 0) >= JOIN_TIMES.GRACE;
    return this.props.ledger !== undefined && isOld && canHaveRecord({ provider, state });
  }

  /** A call that was published is corrected as soon as its record is there, everything else when its traces are quiet. */
  private publish(call: CountedCall, state: CallState, join: Join | undefined): void {
    const key = keyOf(state);
    const before = this.props.lines.calls.get(key);
    const isSettled = (before && join) || this.isQuiet(call.spans.map(({ traceId }) => traceId));
    if (!isSettled || !this.mayChange(this.arrivals.get(key) ?? 0)) return;
    // What the record said is on the line that was written then.
    if (state.basis === 'ledger' && !join) return;
    const text = callLine(state);
    if (text === before?.text) return;
    this.lines.push(text);
    if (before) this.props.totals.add(endOf(before.call), readingsOfCall(before.call, -1));
    this.props.totals.add(endOf(state), readingsOfCall(state, 1));
    this.props.totals.add(endOf(state), timesOfCall(state, before?.call));
  }

  private takeBackUnless(current: ReadonlySet<string>, key: string): void {
    const { call } = this.props.lines.calls.get(key)!;
    const arrival = this.arrivals.get(key);
    // A span whose line is before the window is not there to be counted, and its call stays as it is.
    if (current.has(key) || call.state === 'takenBack' || arrival === undefined || !this.mayChange(arrival)) return;
    if (!this.isQuiet([call.traceId])) return;
    const { traceId, spanId, start, durationMs, provider } = call;
    this.lines.push(
      callLine({ traceId, spanId, start, durationMs, provider, state: 'takenBack', failed: false, basis: 'estimate', flags: [] }),
    );
    this.props.totals.add(endOf(call), readingsOfCall(call, -1));
  }

  private publishRun(run: TraceRun): void {
    const text = runLine(run);
    const before = this.props.lines.runs.get(run.traceId);
    if (text === before?.text) return;
    this.lines.push(text);
    if (before) correctionsOfRun(before, run).forEach(([time, readings]) => this.props.totals.add(time, readings));
    else this.props.totals.add(run.start + run.durationMs, readingsOfRun(run));
  }

  /** Counts the calls of the ledger that no span describes, each once: those written since the last comparison and before the grace. */
  private compareLedger({ untraced }: Joined): void {
    const { ledger, lines, now, from, totals } = this.props;
    if (!ledger) return;
    const until = now - JOIN_TIMES.GRACE;
    const since = Math.max(lines.comparedUntil ?? until, from + JOIN_TIMES.MARGIN);
    const arrivals = new Map(ledger.map(({ record, arrival }) => [record.requestId, arrival]));
    for (const { requestId, time, cost, tokens } of untraced) {
      const arrival = arrivals.get(requestId) ?? time;
      if (arrival <= since || arrival > until || !tokens) continue;
      totals.add(time, [
        counted(AgentMetrics.CALLS_UNTRACED, 1, [undefined]),
        dollars(AgentMetrics.COST_UNTRACED, cost?.low ?? 0n, 1, [undefined]),
      ]);
    }
    this.lines.push(agentLine(AgentLineKind.JOIN, { time: timeText(now), comparedUntil: timeText(until) }));
  }

  private isQuiet(traceIds: readonly string[]): boolean {
    return traceIds.every((traceId) => this.props.now - (this.lastArrivals.get(traceId) ?? 0) >= JOIN_TIMES.QUIET);
  }

  private mayChange(arrival: number): boolean {
    return arrival >= this.props.from + JOIN_TIMES.MARGIN;
  }
}

const endOf = ({ start, durationMs }: CallState): number => start + durationMs;
