import { RuntimeFlags } from '../../engine/agents/runtime-total';
import { type SessionTotal, SessionTotals } from '../../engine/agents/session-totals';
import type { TraceRun } from '../../engine/agents/trace-run';
import { formatRoundedUsd, formatUsd } from '../../engine/pricing/usd-text';
import { formatNumber, printable } from '../terminal';
import { columns, columnWidths, fitting, lineWidth, wrapped } from './layout';
import { cachedOf, named } from './trace-cells';
import type { ViewContext } from './view-context';

interface Column {
  readonly head: string;
  readonly cell: (total: SessionTotal) => string;
  readonly isText?: true;
}

/** Fractions of a cent of many short sessions add up, so amounts have six decimals. */
const DECIMALS = 6;

const COLUMNS: readonly Column[] = [
  { head: 'session', cell: ({ session = '(none)' }) => session, isText: true },
  { head: 'agents', cell: ({ agents }) => named(agents), isText: true },
  { head: 'traces', cell: ({ traces }) => formatNumber(traces) },
  { head: 'calls', cell: ({ modelCalls }) => formatNumber(modelCalls) },
  { head: 'errors', cell: ({ errors }) => formatNumber(errors) },
  { head: 'input', cell: ({ tokens }) => formatNumber(tokens.input) },
  { head: 'cached', cell: ({ tokens }) => formatNumber(cachedOf(tokens)) },
  { head: 'output', cell: ({ tokens }) => formatNumber(tokens.output) },
  { head: 'models USD', cell: ({ cost, costBasis }) => (costBasis === 'none' ? 'no' : formatRoundedUsd(cost.low, DECIMALS, 2)) },
  { head: '', cell: ({ costBasis }) => ({ ledger: 'exact', estimate: 'estimate', none: '' })[costBasis], isText: true },
  {
    head: 'runtime USD',
    cell: ({ runtime }) => (runtime === undefined ? '' : runtime.cost ? formatRoundedUsd(runtime.cost.low, DECIMALS, 2) : 'no price'),
  },
];

/** What is left out where a terminal is too narrow, the first first. */
const OPTIONAL = ['cached', 'input', 'output', 'errors', 'traces', 'calls', 'agents'];
const LEAST_SESSION = 12;

/** A line for each session, the dearest first. */
export function sessionLines(runs: Iterable<TraceRun>, { width, usage, withoutRuns }: ViewContext): string[] {
  const totals = new SessionTotals();
  for (const run of runs) totals.add(run);
  const all = totals.all(usage, withoutRuns).sort((one, other) => Number(costOf(other) - costOf(one)));
  if (all.length === 0) return [];
  const hasUsage = usage.size > 0;
  const shown = COLUMNS.filter(({ head }) => hasUsage || head !== 'runtime USD');
  const heads = shown.map(({ head }) => head);
  const rows = all.map((total) => shown.map(({ cell }) => printable(cell(total))));
  const widths = columnWidths({ head: heads, rows });
  let kept = heads.map((_, at) => at);
  for (const name of OPTIONAL) {
    if (lineWidth(kept.map((at) => widths[at]!)) <= width) break;
    kept = kept.filter((at) => heads[at] !== name);
  }
  const keptWidths = kept.map((at) => widths[at]!);
  const room = width - (lineWidth(keptWidths) - keptWidths[0]!);
  keptWidths[0] = Math.min(keptWidths[0]!, Math.max(LEAST_SESSION, room));
  const lines = columns({
    head: kept.map((at) => heads[at]!),
    rows: rows.map((row) => kept.map((at, place) => fitting(row[at]!, keptWidths[place]!))),
    right: kept.flatMap((at, place) => (shown[at]!.isText ? [] : [place])),
    widths: keptWidths,
  });
  return [...lines, ...notesOf(all, hasUsage).flatMap((note) => wrapped(note, width, '  ', '    '))];
}

const costOf = ({ cost, runtime }: SessionTotal): bigint => cost.low + (runtime?.cost?.low ?? 0n);

function notesOf(totals: readonly SessionTotal[], hasUsage: boolean): string[] {
  if (!hasUsage) return [];
  const missing = totals.filter(({ runtime, traces }) => !runtime && traces > 0).length;
  const flagged = (flag: string): boolean => totals.some(({ runtime }) => runtime?.flags.includes(flag));
  return [
    ...(flagged(RuntimeFlags.VERSION_UNKNOWN)
      ? ['runtimes cost this with platform version V1, and more with V2; usage does not say which it is']
      : []),
    ...(flagged(RuntimeFlags.UNPRICED) ? ['usage without a known price is not in the cost'] : []),
    ...(missing > 0
      ? [`without runtime usage: ${formatNumber(missing)} of ${formatNumber(totals.length)}; it comes up to 60 minutes late`]
      : []),
  ];
}

/** The members of a session in `--json`. */
export const sessionOutput = ({ session, runtime, cost, costBasis, ...total }: SessionTotal) => ({
  sessionId: session,
  ...total,
  costUsd: costBasis === 'none' ? undefined : formatUsd(cost.low),
  costHighUsd: costBasis === 'none' || cost.low === cost.high ? undefined : formatUsd(cost.high),
  costBasis,
  runtime: runtime && {
    vcpuHours: runtime.vcpuHours,
    gbHours: runtime.gbHours,
    seconds: Math.round(runtime.seconds * 1000) / 1000,
    costUsd: runtime.cost && formatUsd(runtime.cost.low),
    costHighUsd: runtime.cost && runtime.cost.high !== runtime.cost.low ? formatUsd(runtime.cost.high) : undefined,
    flags: runtime.flags,
  },
});
