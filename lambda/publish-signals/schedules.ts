import { budgets } from './budgets';
import { callerCosts } from './callers';
import { components } from './components';
import { costOfHour, costToday } from './cost';
import { inputOutput, largestCall, modelShare, wastedTokens } from './ledger-calls';
import { crossRegionLatency, latencyOfDays, unavailableModels } from './models';
import type { Signal } from './signal';
import { cacheHits, tokensOfHour, tokensOfWeek } from './tokens';

/**
 * Every signal, by the schedule that runs it. Five minutes for what wakes people up; six hours for what reads a week of the
 * ledger, because each read costs by the gigabyte.
 */
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
