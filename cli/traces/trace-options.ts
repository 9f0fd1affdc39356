import { Option } from 'commander';
import type { TraceRun } from '../../engine/agents/trace-run';
import { Failure } from '../failure';
import type { Period } from '../options/period';

/** By what traces can be sorted. All but the time show the greatest first. */
export const SORTS: Readonly<Record<string, (run: TraceRun) => number>> = {
  time: ({ start }) => start,
  cost: ({ cost }) => -Number(cost.low),
  duration: ({ durationMs }) => -durationMs,
  tokens: ({ tokens }) => -(tokens.input + tokens.cacheRead + tokens.cacheWrite + tokens.output),
  calls: ({ modelCalls }) => -modelCalls,
  errors: ({ errors }) => -errors,
};

export interface SelectionOptions {
  readonly session?: string;
  readonly agent?: string;
  readonly sort: string;
  readonly limit?: string;
  readonly offset?: string;
}

export const ledgerOption = (): Option =>
  new Option('--ledger <file...>', 'ledger lines of the cost meter: exact cost and caller of each call');

export const recordsOption = (): Option => new Option('--records <file...>', 'invocation log records, priced as replay prices them');

export const jsonOutputOption = (): Option => new Option('--json <file>', 'write JSON to a file, or to stdout with -');

/** The traces that were asked for, in the order that was asked for. */
export function select(runs: readonly TraceRun[], period: Period, options: SelectionOptions): TraceRun[] {
  const { session, agent, sort } = options;
  const key = Object.hasOwn(SORTS, sort) ? SORTS[sort] : undefined;
  if (!key) throw new Failure(`'--sort' must be one of ${Object.keys(SORTS).join(', ')}, got '${sort}'`);
  const offset = countOption('--offset', options.offset) ?? 0;
  const limit = countOption('--limit', options.limit) ?? Infinity;
  return runs
    .filter(({ start }) => start >= period.from && start < period.until)
    .filter(({ sessionIds }) => session === undefined || sessionIds.includes(session))
    .filter(({ agents }) => agent === undefined || agents.includes(agent))
    .sort((one, other) => key(one) - key(other) || one.start - other.start)
    .slice(offset, offset + limit);
}

function countOption(option: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (!/^\d{1,9}$/.test(text)) throw new Failure(`'${option}' must be a whole number, got '${text}'`);
  return Number(text);
}
