import { AgentMetrics } from '../../telemetry/agent-names';
import { MIN_LOOP } from '../trace-run';
import type { AgentJoinResult } from './agent-join';
import { counted, dollars, type AgentReading } from './agent-readings';

/** Spans of the last ten minutes make a run or a session a current one: twice the time between two joins. */
const CURRENT_MS = 10 * 60_000;

/** The worst of something, and what it is the value of. */
export interface Worst {
  readonly reading: AgentReading;
  readonly subject?: string;
}

/** The current run with most calls, the one with the longest loop, and the dearest current session. A run that goes on counts too. */
export function worstOf(runs: AgentJoinResult['runs'], now: number): Worst[] {
  const current = runs.filter(({ lastArrival }) => now - lastArrival < CURRENT_MS);
  const calls = greatest(current.map(({ run }) => [run.traceId, run.modelCalls]));
  const loop = greatest(current.map(({ run }) => [run.traceId, run.loop?.calls ?? 0]));
  const session = dearestSession(runs, new Set(current.flatMap(({ sessions }) => [...sessions.keys()])));
  return [
    { reading: counted(AgentMetrics.WORST_RUN_CALLS, calls.value, [undefined]), subject: calls.subject },
    { reading: counted(AgentMetrics.WORST_RUN_LOOP, loop.value, [undefined]), subject: loop.value >= MIN_LOOP ? loop.subject : undefined },
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

function dearestSession(runs: AgentJoinResult['runs'], current: ReadonlySet<string>): { readonly subject?: string; readonly cost: bigint } {
  const costs = new Map<string, bigint>();
  for (const { sessions } of runs) {
    sessions.forEach((cost, session) => costs.set(session, (costs.get(session) ?? 0n) + cost));
  }
  let best: { subject?: string; cost: bigint } = { cost: 0n };
  costs.forEach((cost, session) => {
    if (current.has(session) && cost > best.cost) best = { subject: session, cost };
  });
  return best;
}
