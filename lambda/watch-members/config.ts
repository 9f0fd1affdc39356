import { type Environment, readList, readRequired } from '../../engine/environment';
import { DEFAULT_NAMESPACE } from '../../engine/telemetry/names';

/** What the environment says about members. */
export interface WatchConfig {
  readonly namespace: string;
  /** The log group of the ledger. */
  readonly ledger: string;
  /** The Regions in which members share their metrics with this account. */
  readonly regions: readonly string[];
}

export function readWatchConfig(env: Environment): WatchConfig {
  return {
    namespace: env.METRICS_NAMESPACE || DEFAULT_NAMESPACE,
    ledger: readRequired(env, 'LEDGER_LOG_GROUP'),
    regions: readList(env, 'REGIONS'),
  };
}
