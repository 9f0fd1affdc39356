import { AgentMetrics } from '../../telemetry/agent-names';
import { AgentLineKind } from '../../ledger/agent-members';
import { Attributes } from '../../telemetry/names';
import type { Json } from '../../records/json';
import { readDuration, readId, readLabel, readTime } from '../readers';
import type { Span } from '../span';
import type { SpanTree } from '../span-tree';
import type { TraceRun } from '../trace-run';
import { type AgentReading, counted } from './agent-readings';
import { agentLine, timeText } from './line-text';
import { withoutZeros } from './span-line';

const MICROS = 1000;

/** The agent that the others of a run were called by, and whether it failed. Without an agent the first span counts. */
function outermost({ spans, roots }: SpanTree): { readonly agent?: string; readonly failed: boolean } {
  const first: Span | undefined = spans.find(({ role }) => role === 'agent') ?? roots[0];
  return { agent: first?.role === 'agent' ? first.agent : undefined, failed: first?.failed === true };
}

/** The line of a run. */
export function runLine(run: TraceRun): string {
  const { agent, failed } = outermost(run.trace.tree);
  const { tools, loop, costBasis, flags } = run;
  const sum = (read: (tool: TraceRun['tools'][number]) => number) => tools.reduce((total, tool) => total + read(tool), 0);
  return agentLine(
    AgentLineKind.RUN,
    {
      ...{ time: timeText(run.start), durationMs: Math.round(run.durationMs * MICROS) / MICROS, traceId: run.traceId },
      ...{ agent, session: run.sessionIds[0], ...(failed && { failed }), basis: costBasis, tokens: withoutZeros(run.tokens) },
      ...{ modelCalls: run.modelCalls, toolCalls: sum(({ calls }) => calls), toolErrors: sum((tool) => tool.failed) },
      ...{ ...(loop && { loop: loop.calls }), errors: run.errors, ...(flags.length > 0 && { flags }) },
    },
    costBasis === 'none' ? {} : { cost: run.cost },
  );
}

/** What was published of a run, by its line. */
export interface PublishedRun {
  readonly text: string;
  readonly end: number;
  readonly agent?: string;
  readonly failed: boolean;
}

export function runOfLine(line: Json, text: string): PublishedRun | undefined {
  const start = readTime(line.time);
  if (start === undefined) return undefined;
  const end = start + (readDuration(line.durationMs) ?? 0);
  return { text, end, agent: readLabel(line.agent) ?? readId(line.agent), failed: line.failed === true };
}

/** What a run adds when it is quiet for the first time. */
export function readingsOfRun(run: TraceRun): AgentReading[] {
  const { agent } = outermost(run.trace.tree);
  const by = [undefined, [Attributes.AGENT, agent] as const];
  return [
    ...runCounts(outermost(run.trace.tree), 1),
    { metric: AgentMetrics.RUN_DURATION, value: run.durationMs / 1000, unit: 'Seconds', by },
    counted(AgentMetrics.RUN_CALLS, run.modelCalls, by),
    counted(AgentMetrics.RUN_LOOP, run.loop?.calls ?? 0, by),
  ];
}

/** What changes when spans come that tell another outermost agent. Distributions stay as they are. */
export function correctionsOfRun(before: PublishedRun, run: TraceRun): ReadonlyArray<readonly [time: number, readings: AgentReading[]]> {
  const now = outermost(run.trace.tree);
  if (now.agent === before.agent && now.failed === before.failed) return [];
  return [
    [before.end, runCounts(before, -1)],
    [run.start + run.durationMs, runCounts(now, 1)],
  ];
}

function runCounts({ agent, failed }: Pick<PublishedRun, 'agent' | 'failed'>, sign: 1 | -1): AgentReading[] {
  const by = [undefined, [Attributes.AGENT, agent] as const];
  return [counted(AgentMetrics.RUNS, sign, by), counted(AgentMetrics.RUNS_FAILED, failed ? sign : 0, by)];
}
