import type { TraceRun } from '../../engine/agents/trace-run';
import { formatNumber, printable } from '../terminal';
import { columns, columnWidths, fitting, lineWidth } from './layout';
import { amountOf, basisOf, named, secondsOf, tokenCells } from './trace-cells';
import type { ViewContext } from './view-context';

interface Column {
  readonly head: string;
  readonly cell: (run: TraceRun) => string;
  readonly isNumber?: true;
}

const tokens = (at: number) => (run: TraceRun) => tokenCells(run.tokens)[at]!;

const COLUMNS: readonly Column[] = [
  { head: 'started', cell: ({ start }) => new Date(start).toISOString().slice(0, 19) },
  { head: 'trace', cell: ({ traceId }) => traceId },
  { head: 'agents', cell: ({ agents }) => named(agents) },
  { head: 'sessions', cell: ({ sessionIds }) => named(sessionIds) },
  { head: 'calls', cell: ({ modelCalls }) => formatNumber(modelCalls), isNumber: true },
  { head: 'errors', cell: ({ errors }) => formatNumber(errors), isNumber: true },
  { head: 'seconds', cell: ({ durationMs }) => secondsOf(durationMs), isNumber: true },
  { head: 'input', cell: tokens(0), isNumber: true },
  { head: 'cached', cell: tokens(1), isNumber: true },
  { head: 'output', cell: tokens(2), isNumber: true },
  { head: 'USD', cell: amountOf, isNumber: true },
  { head: '', cell: basisOf },
];

/** What is left out where a terminal is too narrow, the first first. The file of `--csv` has everything. */
const OPTIONAL = ['cached', 'input', 'output', 'sessions', 'seconds', 'errors', 'calls', 'started', 'agents'];
const YEAR = /^\d{4}-/;
/** Names of agents are cut before more columns are left out, but not to less than this. */
const LEAST_AGENT = 12;

/** Traces in one table, a line each. */
export function listLines(runs: Iterable<TraceRun>, { flags, width }: ViewContext): string[] {
  const rows: string[][] = [];
  for (const run of runs) {
    const cells = COLUMNS.map(({ cell }) => printable(cell(run)));
    rows.push([...cells, printable(flags.labelsOf(run.traceId).join(', '))]);
  }
  if (rows.length === 0) return [];
  const withFlags = rows.some((row) => row.at(-1) !== '');
  const heads = [...COLUMNS.map(({ head }) => head), 'flags'];
  if (lineWidth(columnWidths({ head: heads, rows })) > width) rows.forEach((row) => (row[0] = row[0]!.replace(YEAR, '')));
  const widths = columnWidths({ head: heads, rows });
  const agents = heads.indexOf('agents');
  let shown = heads.map((_, at) => at).filter((at) => withFlags || heads[at] !== 'flags');
  const widthWith = (ofAgents: number): number => lineWidth(shown.map((at) => (at === agents ? ofAgents : widths[at]!)));
  for (const name of OPTIONAL) {
    if (widthWith(Math.min(widths[agents]!, LEAST_AGENT)) <= width) break;
    shown = shown.filter((at) => heads[at] !== name);
  }
  const ofAgents = Math.min(widths[agents]!, Math.max(LEAST_AGENT, width - widthWith(0)));
  return columns({
    head: shown.map((at) => heads[at]!),
    rows: rows.map((row) => shown.map((at) => (at === agents ? fitting(row[at]!, ofAgents) : row[at]!))),
    right: shown.flatMap((at, place) => (COLUMNS[at]?.isNumber ? [place] : [])),
  });
}
