import { type Environment, readList, readRequired } from '../../engine/environment';
import { DEFAULT_NAMESPACE } from '../../engine/telemetry/names';

/** What the environment says about the reconciliation. */
export interface BillConfig {
  readonly namespace: string;
  /** Log group of the ledger. */
  readonly ledger: string;
  /** The accounts and Regions whose calls are in the ledger: the bill can have more. */
  readonly accounts: readonly string[];
  readonly regions: readonly string[];
  /** Where AWS Cost Explorer is, which each partition has in one Region. */
  readonly costExplorerRegion: string;
}

export function readBillConfig(env: Environment): BillConfig {
  return {
    namespace: env.METRICS_NAMESPACE || DEFAULT_NAMESPACE,
    ledger: readRequired(env, 'LEDGER_LOG_GROUP'),
    accounts: readList(env, 'ACCOUNTS'),
    regions: readList(env, 'REGIONS'),
    costExplorerRegion: readRequired(env, 'COST_EXPLORER_REGION'),
  };
}
