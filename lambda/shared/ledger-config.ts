import { type Environment, readList, readRequired } from '../../engine/environment';

/** Where the ledger is. */
export interface LedgerConfig {
  /** Log groups with its lines. */
  readonly ledgerLogGroups: readonly string[];
  /** Where it is a table, which is then asked in place of the log groups. */
  readonly ledgerTable?: LedgerTableConfig;
}

/** The database of the table, and the work group in which it is asked. */
export interface LedgerTableConfig {
  readonly database: string;
  readonly workGroup: string;
}

/** What `lib/private/ledger-reading.ts` has put into the environment. */
export function readLedgerConfig(env: Environment): LedgerConfig {
  return {
    ledgerLogGroups: readList(env, 'LEDGER_LOG_GROUPS'),
    ledgerTable: env.LEDGER_DATABASE ? { database: env.LEDGER_DATABASE, workGroup: readRequired(env, 'LEDGER_WORK_GROUP') } : undefined,
  };
}
