import { type Environment, readList, readPositive } from '../../engine/environment';
import { DEFAULT_NAMESPACE } from '../../engine/telemetry/names';
import { type LedgerConfig, readLedgerConfig } from '../shared/ledger-config';
import { parseJson } from '../shared/parse-json';

/** A running total to publish: the cost of a day or a month so far. */
export interface Budget {
  readonly name: string;
  readonly period: 'day' | 'month';
  /** The dimension and the value whose cost counts; all cost without them. */
  readonly dimension?: string;
  readonly value?: string;
}

/** What the environment says about the signals. */
export interface SignalsConfig extends LedgerConfig {
  readonly namespace: string;
  readonly timeZone: string;
  /** Below these floors a multiple of the usual is no news. */
  readonly minimumCalls: number;
  readonly minimumDailyCostUsd: number;
  readonly minimumHourlyTokens: number;
  /** Log group to which Bedrock should deliver records; without it nothing is compared with the configuration. */
  readonly invocations?: string;
  /** Log groups of spans; without any there are no signals of components. */
  readonly spans: readonly string[];
  /** ARNs of the roles whose changes of the logging configuration are expected. */
  readonly loggingRoles: readonly string[];
  readonly budgets: readonly Budget[];
}

export function readSignalsConfig(env: Environment): SignalsConfig {
  return {
    namespace: env.METRICS_NAMESPACE || DEFAULT_NAMESPACE,
    timeZone: env.TIME_ZONE || 'UTC',
    minimumCalls: readPositive(env, 'MINIMUM_CALLS', 20),
    minimumDailyCostUsd: readPositive(env, 'MINIMUM_DAILY_COST_USD', 10),
    minimumHourlyTokens: readPositive(env, 'MINIMUM_HOURLY_TOKENS', 100_000),
    ...readLedgerConfig(env),
    invocations: env.INVOCATION_LOG_GROUP || undefined,
    spans: readList(env, 'SPAN_LOG_GROUPS'),
    loggingRoles: readList(env, 'LOGGING_ROLES'),
    budgets: parseJson(env.BUDGETS || '[]', "'BUDGETS'") as Budget[],
  };
}
