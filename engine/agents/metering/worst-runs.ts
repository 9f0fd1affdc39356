import { AgentMetrics } from '../../telemetry/agent-names';
import type { Span } from '../span';
import { failuresIn, MIN_LOOP } from '../trace-run';
import type { AgentJoinResult } from './agent-join';
import { counted, dollars, type AgentReading } from './agent-readings';
import type { SessionUsage } from './usage-lines';

/** Spans of the last ten minutes make a run or a session a current one: twice the time between two joins. */
const CURRENT_MS = 10 * 60_000;

/** Over how long the failures of a component are counted. */
const FAILURES_MS = 15 * 60_000;

/** The worst of something, and what it is the value of. */
export interface Worst {
  readonly reading: AgentReading;
  readonly subject?: string;
}

/** The current run with most calls, the one with the longest loop, the component with most failures, and the dearest current session. A run that goes on counts too. */
export function worstOf(runs: AgentJoinResult['runs'], usage: readonly SessionUsage[], now: number): Worst[] {
  const current = runs.filter(({ lastArrival }) => now - lastArrival < CURRENT_MS);
  const calls = greatest(current.map(({ run }) => [run.traceId, run.modelCalls]));
  const loop = greatest(current.map(({ run }) => [run.traceId, run.loop?.calls ?? 0]));
  const failures = greatest([...failuresByComponent(runs, now)]);
  const session = dearestSession(runs, usage, new Set(current.flatMap(({ sessions }) => [...sessions.keys()])));
  return [
    { reading: counted(AgentMetrics.WORST_RUN_CALLS, calls.value, [undefined]), subject: calls.subject },
    { reading: counted(AgentMetrics.WORST_RUN_LOOP, loop.value, [undefined]), subject: loop.value >= MIN_LOOP ? loop.subject : undefined },
    { reading: counted(AgentMetrics.WORST_COMPONENT_ERRORS, failures.value, [undefined]), subject: failures.subject },
    { reading: dollars(AgentMetrics.WORST_SESSION_COST, session.cost, 1, [undefined]), subject: session.subject },
  ];
}

function greatest(values: ReadonlyArray<readonly [subject: string, value: number]>): { readonly subject?: string; readonly value: number } {
  let best: { subject?: string; value: number } = { value: 0 };
  for (const [subject, value] of values) {
    if (value > best.value) best = { subject, value };
  }
  return best;
}

/** A session costs what its models cost, and what it used of AgentCore as far as that has arrived. */
function dearestSession(
  runs: AgentJoinResult['runs'],
  usage: readonly SessionUsage[],
  current: ReadonlySet<string>,
): { readonly subject?: string; readonly cost: bigint } {
  const costs = new Map<string, bigint>();
  const add = (session: string, cost: bigint) => costs.set(session, (costs.get(session) ?? 0n) + cost);
  for (const { sessions } of runs) sessions.forEach((cost, session) => add(session, cost));
  for (const { session, cost } of usage) add(session, cost.low);
  let best: { subject?: string; cost: bigint } = { cost: 0n };
  costs.forEach((cost, session) => {
    if (current.has(session) && cost > best.cost) best = { subject: session, cost };
  });
  return best;
}

/** Each failure once: where it happened, and of several spans of one model call that which counts. */
function failuresByComponent(runs: AgentJoinResult['runs'], now: number): Map<string, number> {
  const failures = new Map<string, number>();
  for (const { run, lastArrival } of runs) {
    if (now - lastArrival > FAILURES_MS || run.errors === 0) continue;
    const counting = new Set(run.calls.map(({ call }) => call.span));
    for (const span of failuresIn(run.trace.tree)) {
      if (now - span.end > FAILURES_MS || (span.role === 'model' && !counting.has(span))) continue;
      const component = componentOf(span);
      failures.set(component, (failures.get(component) ?? 0) + 1);
    }
  }
  return failures;
}

/** A tool, a model, an agent or a retrieval of one service. */
const componentOf = ({ service, operation, tool, model, agent, role }: Span): string =>
  [service, operation ?? role, role === 'model' ? model : (tool ?? agent)].filter((part) => part !== undefined).join(' ');
