import type { BedrockObservabilityProps } from '../bedrock-observability-props';
import { DefaultAlarmRules } from '../default-alarm-rules';
import { ObservabilityLevel } from '../observability-level';
import { LEVELS } from './levels';

/** Signals are there where they are asked for, and where budgets or alarms of the level need them. */
export function hasSignals(level: ObservabilityLevel, { alarmSignals, budgets, defaultAlarms = {} }: BedrockObservabilityProps): boolean {
  return (
    alarmSignals !== undefined || (budgets?.length ?? 0) > 0 || (LEVELS[level].signals && DefaultAlarmRules._needSignals(defaultAlarms))
  );
}
