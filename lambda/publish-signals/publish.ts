import { Signals } from '../../engine/telemetry/names';
import { emfLines, type Reading } from '../../engine/telemetry/emf';
import type { Sources } from '../shared/sources';
import { callerCosts, components, inputOutput, largestCall, modelShare, wastedTokens } from './calls';
import { budgets, cacheHits, costOfHour, costToday, tokensOfHour, tokensOfWeek } from './cost';
import { crossRegionLatency, latencyOfDays, unavailableModels } from './models';
import type { SignalsConfig } from './config';
import { type Finding, MINUTE, type Signal } from './signal';

/** What is worked out how often. What pages somebody cannot wait; what reads a week of the ledger should not hurry. */
export const SCHEDULES: Readonly<Record<string, readonly Signal[]>> = {
  FiveMinutes: [costToday, unavailableModels, components, budgets],
  Hour: [
    costOfHour,
    tokensOfHour,
    tokensOfWeek,
    cacheHits,
    latencyOfDays,
    crossRegionLatency,
    modelShare,
    inputOutput,
    largestCall,
    wastedTokens,
  ],
  SixHours: [callerCosts],
};

export interface ScheduleRun {
  readonly lines: readonly string[];
  readonly failures: readonly Error[];
}

/** Works out the signals of a schedule. One that fails costs no other. */
export async function runSchedule(schedule: string, sources: Sources, config: SignalsConfig, time: number): Promise<ScheduleRun> {
  const signals = SCHEDULES[schedule];
  if (!signals) {
    throw new Error(`'schedule' must be one of ${Object.keys(SCHEDULES).join(', ')}, got '${schedule}'`);
  }
  const now = Math.floor(time / MINUTE) * MINUTE;
  const results = await Promise.allSettled(signals.map((signal) => signal(sources, config, now)));
  const findings = results.flatMap((result) => (result.status === 'fulfilled' ? result.value : []));
  const failures = results.flatMap((result) => (result.status === 'rejected' ? [result.reason as Error] : []));
  const runs: Finding[] = failures.length === 0 ? [{ metric: Signals.RUNS, value: 1 }] : [];
  return { lines: linesOf([...findings, ...runs], config, now), failures };
}

/** The metrics, and a line for each finding that has somebody or something behind it. */
export function linesOf(findings: readonly Finding[], { namespace }: SignalsConfig, now: number): string[] {
  const readings = findings.filter((finding): finding is Finding & Reading => finding.value !== undefined);
  const named = readings.filter(({ value, subject }) => subject && value > 0);
  return [
    ...emfLines(namespace, readings, now),
    ...named.map(({ metric, value, subject }) => JSON.stringify({ signal: metric, value, subject })),
  ];
}
