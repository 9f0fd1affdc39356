import type { TraceRun } from '../../engine/agents/trace-run';
import { formatUsd } from '../../engine/pricing/usd-text';
import { csvOf } from '../tables/csv';
import type { Flags } from './flags';

type Column = readonly [name: string, read: (run: TraceRun, flags: Flags) => string | number | undefined];

const usd = (read: (run: TraceRun) => bigint) => (run: TraceRun) => (run.costBasis === 'none' ? undefined : formatUsd(read(run)));

const COLUMNS: readonly Column[] = [
  ['traceId', ({ traceId }) => traceId],
  ['start', ({ start }) => new Date(start).toISOString()],
  ['durationMs', ({ durationMs }) => Math.round(durationMs * 1000) / 1000],
  ['agents', ({ agents }) => agents.join(' ')],
  ['sessionIds', ({ sessionIds }) => sessionIds.join(' ')],
  ['callers', ({ callers }) => callers.join(' ')],
  ['modelCalls', ({ modelCalls }) => modelCalls],
  ['input', ({ tokens }) => tokens.input],
  ['cacheRead', ({ tokens }) => tokens.cacheRead],
  ['cacheWrite', ({ tokens }) => tokens.cacheWrite],
  ['output', ({ tokens }) => tokens.output],
  ['naiveInput', ({ naiveTokens }) => naiveTokens.input],
  ['naiveOutput', ({ naiveTokens }) => naiveTokens.output],
  ['toolCalls', ({ tools }) => tools.reduce((sum, { calls }) => sum + calls, 0)],
  ['toolsFailed', ({ tools }) => tools.reduce((sum, { failed }) => sum + failed, 0)],
  ['loopCalls', ({ loop }) => loop?.calls],
  ['errors', ({ errors }) => errors],
  ['costUsd', usd(({ cost }) => cost.low)],
  ['costHighUsd', usd(({ cost }) => cost.high)],
  ['costBasis', ({ costBasis }) => costBasis],
  ['unpriced', ({ unpriced }) => unpriced],
  ['notBedrock', ({ notBedrock }) => notBedrock],
  ['flags', ({ flags }) => flags.join(' ')],
  ['reviewFlags', ({ traceId }, flags) => flags.labelsOf(traceId).join(' ')],
];

/** A line for each trace. */
export function* csvLines(runs: Iterable<TraceRun>, flags: Flags): Generator<string> {
  yield COLUMNS.map(([name]) => name).join(',');
  for (const run of runs) yield csvOf([COLUMNS.map(([, read]) => read(run, flags))]);
}
