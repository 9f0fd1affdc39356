import { DEFAULT_NAMESPACE } from '../../engine/telemetry/names';

/** A running total that somebody wants to be warned about. */
export interface Budget {
  readonly name: string;
  readonly period: 'day' | 'month';
  /** The dimension and value whose cost counts; all cost without them. */
  readonly dimension?: string;
  readonly value?: string;
}

export interface SignalsConfig {
  readonly namespace: string;
  readonly timeZone: string;
  readonly minimumCalls: number;
  readonly minimumDailyCostUsd: number;
  readonly minimumHourlyTokens: number;
  readonly ledger?: string;
  readonly spans?: string;
  readonly loggingRoles: readonly string[];
  readonly budgets: readonly Budget[];
}

export function readSignalsConfig(env: Readonly<Record<string, string | undefined>>): SignalsConfig {
  return {
    namespace: env.METRICS_NAMESPACE || DEFAULT_NAMESPACE,
    timeZone: env.TIME_ZONE || 'UTC',
    minimumCalls: Number(env.MINIMUM_CALLS || 20),
    minimumDailyCostUsd: Number(env.MINIMUM_DAILY_COST_USD || 10),
    minimumHourlyTokens: Number(env.MINIMUM_HOURLY_TOKENS || 100_000),
    ledger: env.LEDGER_LOG_GROUP || undefined,
    spans: env.SPANS_LOG_GROUP || undefined,
    loggingRoles: (env.LOGGING_ROLES || '').split(',').filter((arn) => arn !== ''),
    budgets: JSON.parse(env.BUDGETS || '[]') as Budget[],
  };
}
