import { type Environment, readList, readRequired } from '../../engine/environment';
import { type LedgerConfig, readLedgerConfig } from '../shared/ledger-config';
import { DEFAULT_NAMESPACE } from '../../engine/telemetry/names';

/** What the environment says about the reconciliation. The log groups of the ledger are those of calls, and of usage that no record describes. */
export interface BillConfig extends LedgerConfig {
  readonly namespace: string;
  /** The accounts and Regions whose calls are in the ledger: the bill can have more. */
  readonly accounts: readonly string[];
  readonly regions: readonly string[];
  /** Where AWS Cost Explorer is, which each partition has in one Region. */
  readonly costExplorerRegion: string;
  /** An export that is read instead of Cost Explorer. */
  readonly dataExport?: DataExport;
}

/** A table of Athena over an export of CUR 2.0, and where its files are. */
export interface DataExport {
  readonly workGroup: string;
  readonly database: string;
  readonly table: string;
  readonly bucket: string;
  /** The folder of the export, without a slash at its end. */
  readonly folder: string;
}

export function readBillConfig(env: Environment): BillConfig {
  return {
    namespace: env.METRICS_NAMESPACE || DEFAULT_NAMESPACE,
    ...readLedgerConfig(env),
    accounts: readList(env, 'ACCOUNTS'),
    regions: readList(env, 'REGIONS'),
    costExplorerRegion: readRequired(env, 'COST_EXPLORER_REGION'),
    dataExport: env.EXPORT_TABLE ? readDataExport(env, env.EXPORT_TABLE) : undefined,
  };
}

const readDataExport = (env: Environment, table: string): DataExport => ({
  table,
  workGroup: readRequired(env, 'EXPORT_WORK_GROUP'),
  database: readRequired(env, 'EXPORT_DATABASE'),
  bucket: readRequired(env, 'EXPORT_BUCKET'),
  folder: readRequired(env, 'EXPORT_FOLDER'),
});
