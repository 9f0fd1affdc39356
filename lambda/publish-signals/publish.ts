import { Attributes, Signals } from '../../engine/telemetry/names';
import { emfLines } from '../../engine/telemetry/emf';
import type { SignalsConfig } from './config';
import { SCHEDULES } from './schedules';
import { type Finding, MINUTE, type SignalSources } from './signal';

/** What a schedule published, and the signals that failed. */
interface ScheduleRun {
  readonly lines: readonly string[];
  readonly failures: readonly Error[];
}

/** Works out the signals of a schedule. One that fails leaves the others as they are. */
export async function runSchedule(schedule: string, sources: SignalSources, config: SignalsConfig, time: number): Promise<ScheduleRun> {
  const signals = Object.hasOwn(SCHEDULES, schedule) ? SCHEDULES[schedule]! : undefined;
  if (!signals) {
    throw new Error(`'schedule' must be one of ${Object.keys(SCHEDULES).join(', ')}, got '${schedule}'`);
  }
  const now = Math.floor(time / MINUTE) * MINUTE;
  const results = await Promise.allSettled(signals.map((signal) => signal(sources, config, now)));
  const findings = results.flatMap((result) => (result.status === 'fulfilled' ? result.value : []));
  const failures = [
    ...results.flatMap((result) => (result.status === 'rejected' ? [result.reason as Error] : [])),
    ...findings.flatMap(faultOf),
  ];
  // Alarms watch for the absence of runs: a run with a failure is no run.
  const dimensions = { [Attributes.SCHEDULE]: schedule };
  const runs: Finding[] = failures.length === 0 ? [{ metric: Signals.RUNS, value: 1, dimensions }] : [];
  return { lines: linesOf([...findings, ...runs], config, now), failures };
}

/** A value that is not finite is left out of the metrics: without a failure it would be missing unnoticed. */
function faultOf({ metric, value, failure }: Finding): Error[] {
  if (failure !== undefined) {
    return [new Error(`${metric}: ${failure}`)];
  }
  return value === undefined || Number.isFinite(value) ? [] : [new Error(`${metric}: ${value} is no number`)];
}

/** The metrics, and a log line for each finding above zero that has a subject, and for each limit that was reached. */
export function linesOf(findings: readonly Finding[], { namespace }: SignalsConfig, now: number): string[] {
  const readings = findings.flatMap(({ metric, value, subject, dimensions }) =>
    value === undefined ? [] : [{ metric, value, subject, dimensions }],
  );
  const limits = findings.flatMap(({ metric, limit }) => (limit === undefined ? [] : [`${metric}: ${limit}`]));
  const named = readings.filter(({ value, subject }) => subject && value > 0);
  return [
    ...emfLines(namespace, readings, now),
    ...limits.map((message) => JSON.stringify({ level: 'WARN', message })),
    ...named.map(({ metric, value, subject }) => JSON.stringify({ signal: metric, value, subject })),
  ];
}
