import { Option } from 'commander';
import type { TraceRun } from '../../engine/agents/trace-run';
import { Failure } from '../failure';
import type { Period } from '../options/period';
import { DEFAULT_FLAG_FILE } from './flag-file';
import type { Flags } from './flags';

/** By what traces can be sorted. All but the time show the greatest first. */
export const SORTS: Readonly<Record<string, (run: TraceRun) => number | bigint>> = {
  time: ({ start }) => start,
  cost: ({ cost }) => -cost.low,
  duration: ({ durationMs }) => -durationMs,
  tokens: ({ tokens }) => -(tokens.input + tokens.cacheRead + tokens.cacheWrite + tokens.output),
  calls: ({ modelCalls }) => -modelCalls,
  errors: ({ errors }) => -errors,
};

export interface SelectionOptions {
  readonly session?: string;
  readonly agent?: string;
  readonly flagged?: boolean;
  readonly sort: string;
  readonly limit?: string;
  readonly offset?: string;
}

export const ledgerOption = (): Option =>
  new Option('--ledger <path...>', 'ledger lines of the cost meter, as files or log groups: exact cost and caller of each call');

export const recordsOption = (): Option =>
  new Option('--records <path...>', 'invocation log records, as files or log groups, priced as replay prices them');

export const usageOption = (): Option =>
  new Option('--usage <path...>', 'USAGE_LOGS of AgentCore, as files or log groups: what each session used of its runtime');

export const flagsOption = (): Option =>
  new Option('--flags <file>', `where review flags are, as a file or s3://bucket/key (default: ${DEFAULT_FLAG_FILE}, where there is one)`);

export const jsonOutputOption = (): Option => new Option('--json <file>', 'write JSON to a file, or to stdout with -');

/** Which traces are asked for. */
export class Selection {
  private readonly key: (run: TraceRun) => number | bigint;
  private readonly offset: number;
  private readonly limit: number;

  /** @throws Failure if an option is wrong */
  constructor(
    private readonly period: Period,
    private readonly options: SelectionOptions,
    private readonly flags: Flags,
  ) {
    this.key = SORTS[options.sort]!;
    this.offset = countOption('--offset', options.offset) ?? 0;
    this.limit = countOption('--limit', options.limit) ?? Infinity;
  }

  /** The ids of those that were asked for, in the order that was asked for. Holds no run. */
  public of(runs: Iterable<TraceRun>, wanted: (run: TraceRun) => boolean): string[] {
    const found: Array<{ readonly traceId: string; readonly start: number; readonly key: number | bigint }> = [];
    for (const run of runs) {
      if (this.isWanted(run) && wanted(run)) found.push({ traceId: run.traceId, start: run.start, key: this.key(run) });
    }
    return found
      .sort((one, other) => compare(one.key, other.key) || one.start - other.start || compare(one.traceId, other.traceId))
      .slice(this.offset, this.offset + this.limit)
      .map(({ traceId }) => traceId);
  }

  /** Whether all sessions of the period are asked for. */
  public get isWhole(): boolean {
    const { session, agent, flagged } = this.options;
    return session === undefined && agent === undefined && flagged !== true && this.offset === 0 && this.limit === Infinity;
  }

  private isWanted({ start, sessionIds, agents, traceId }: TraceRun): boolean {
    const { session, agent, flagged } = this.options;
    return (
      start >= this.period.from &&
      start < this.period.until &&
      (session === undefined || sessionIds.includes(session)) &&
      (agent === undefined || agents.includes(agent)) &&
      (flagged !== true || this.flags.of(traceId).length > 0)
    );
  }
}

const compare = <T extends number | bigint | string>(one: T, other: T): number => (one < other ? -1 : one > other ? 1 : 0);

function countOption(option: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (!/^\d{1,9}$/.test(text)) throw new Failure(`'${option}' must be a whole number, got '${text}'`);
  return Number(text);
}
