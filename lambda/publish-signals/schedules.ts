import { SignalSchedules } from '../../engine/telemetry/names';
import { budgets } from './budgets';
import { callerCosts } from './callers';
import { components } from './components';
import { costOfHour, costToday } from './cost';
import { delivery } from './delivery';
import { inputOutput, largestCall, wastedTokens } from './ledger-calls';
import { modelShare } from './model-share';
import { crossRegionLatency, latencyOfDays, unavailableModels } from './models';
import type { Signal } from './signal';
import { cacheHits, tokensOfHour, tokensOfWeek } from './tokens';

const { FIVE_MINUTES, HOUR, HALF_DAY } = SignalSchedules;

/**
 * Every signal, by the schedule that runs it. Five minutes for what wakes people up; half a day for what reads a day or a week
 * of the ledger, because each read costs by the gigabyte.
 */
export const SCHEDULES: Readonly<Record<string, readonly Signal[]>> = {
  [FIVE_MINUTES]: [costToday, unavailableModels, components, budgets, delivery],
  [HOUR]: [costOfHour, tokensOfHour, tokensOfWeek, cacheHits, latencyOfDays, crossRegionLatency, modelShare, inputOutput, largestCall],
  [HALF_DAY]: [callerCosts, wastedTokens],
};
