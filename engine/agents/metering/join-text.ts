import { AgentMetrics } from '../../telemetry/agent-names';
import type { CallPricerProps } from '../call-cost';
import { AgentJoin, JOIN_TIMES, type LedgerCall } from './agent-join';
import { readAgentLines, type WrittenLine } from './agent-lines';
import { counted } from './agent-readings';
import { type AgentDimensions, AgentTotals } from './agent-totals';
import { worstOf } from './worst-runs';

export interface JoinTextProps {
  readonly agentLines: readonly WrittenLine[];
  readonly ledger?: readonly LedgerCall[];
  readonly namespace: string;
  readonly dimensions: AgentDimensions;
  readonly pricing: CallPricerProps;
  readonly now: number;
  /** From when lines were read. By default the whole window. */
  readonly from?: number;
}

/** Everything that a run of the join writes, as one text of whole lines. */
export function joinText({
  agentLines,
  ledger,
  namespace,
  dimensions,
  pricing,
  now,
  from = now - JOIN_TIMES.WINDOW,
}: JoinTextProps): string {
  const totals = new AgentTotals(dimensions, now);
  const read = readAgentLines(agentLines);
  const { lines, runs } = new AgentJoin({ lines: read, ledger, pricing, totals, from, now }).run();
  const worst = worstOf(runs, read.usage, now);
  totals.add(now, [...worst.map(({ reading }) => reading), counted(AgentMetrics.JOIN_RUNS, 1, [undefined])]);
  const subjects = worst.flatMap(({ reading: { metric, value }, subject }) =>
    subject === undefined ? [] : [JSON.stringify({ signal: metric, value, subject })],
  );
  return [...lines, ...subjects, ...totals.lines(namespace)].map((line) => `${line}\n`).join('');
}
