import { type Environment, readList } from '../../engine/environment';
import { DEFAULT_NAMESPACE } from '../../engine/telemetry/names';
import { type LedgerConfig, readLedgerConfig } from '../shared/ledger-config';

/** What the environment says about members. */
export interface WatchConfig extends LedgerConfig {
  readonly namespace: string;
  /** The Regions in which members share their metrics with this account. */
  readonly regions: readonly string[];
}

export function readWatchConfig(env: Environment): WatchConfig {
  return {
    namespace: env.METRICS_NAMESPACE || DEFAULT_NAMESPACE,
    ...readLedgerConfig(env),
    regions: readList(env, 'REGIONS'),
  };
}
