import type { TraceRun } from '../../engine/agents/trace-run';
import { formatNumber, printable } from '../terminal';
import { columns, columnWidths, lineWidth } from './layout';
import { treeLines } from './trace-tree';
import type { ViewContext } from './view-context';

/** Each trace as a tree. */
export function* showLines(runs: Iterable<TraceRun>, { flags, width }: ViewContext): Generator<string> {
  let isFirst = true;
  for (const run of runs) {
    if (!isFirst) yield '';
    isFirst = false;
    yield* treeLines(run, flags, width);
  }
}

const TOOL_HEAD = ['tool', 'calls', 'failed', 'traces'];
const LEAST_NAME = 16;

/** Tools of all traces together, those that failed most first. */
export function toolLines(runs: Iterable<TraceRun>, { width }: ViewContext): string[] {
  const totals = new Map<string, { calls: number; failed: number; traces: number }>();
  for (const { tools } of runs) {
    for (const { name, calls, failed } of tools) {
      const total = totals.get(name) ?? { calls: 0, failed: 0, traces: 0 };
      totals.set(name, { calls: total.calls + calls, failed: total.failed + failed, traces: total.traces + 1 });
    }
  }
  if (totals.size === 0) return [];
  const sorted = [...totals].sort(([, one], [, other]) => other.failed - one.failed || other.calls - one.calls);
  const rows = sorted.map(([name, { calls, failed, traces }]) => [printable(name), ...[calls, failed, traces].map(formatNumber)]);
  const widths = columnWidths({ head: TOOL_HEAD, rows });
  widths[0] = Math.min(widths[0]!, Math.max(LEAST_NAME, width - (lineWidth(widths) - widths[0]!)));
  return columns({ head: TOOL_HEAD, rows, right: [1, 2, 3], widths });
}
