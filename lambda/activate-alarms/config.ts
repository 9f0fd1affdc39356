import { type Environment, readPositive, readRequired } from '../../engine/environment';

/** What the environment says about the activation of alarms. */
export interface ActivationConfig {
  /** Name of the parameter whose date is the day from which alarms count. */
  readonly startParameter: string;
  readonly activateAfterDays: number;
}

export function readActivationConfig(env: Environment): ActivationConfig {
  return {
    startParameter: readRequired(env, 'START_PARAMETER'),
    activateAfterDays: readPositive(env, 'ACTIVATE_AFTER_DAYS'),
  };
}
