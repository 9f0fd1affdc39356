import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as logs from 'aws-cdk-lib/aws-logs';
import { CostMeter } from '../cost-meter';
import { ICostMeter } from '../cost-meter-interface';
import type { LedgerTable } from '../ledger-table';
import { allowQueries } from './read-grants';

/** Where functions read the ledger: in its table, if it has one, or in its log groups. */
export interface LedgerPlace {
  readonly logGroups: ReadonlyArray<logs.ILogGroupRef | undefined>;
  readonly table?: LedgerTable;
}

/** Of a meter of another stack that was imported only the log group is known. */
export const ledgerOf = (costMeter: ICostMeter): LedgerPlace => ({
  logGroups: [costMeter.ledgerLogGroup],
  table: costMeter instanceof CostMeter ? costMeter.ledger._options.table : undefined,
});

/** What `lambda/shared/ledger-config.ts` reads. Empty where there is no ledger. */
export function ledgerEnvironment({ logGroups, table }: LedgerPlace): Record<string, string> {
  if (table) return { LEDGER_DATABASE: table.databaseName, LEDGER_WORK_GROUP: table.workGroup.ref };
  const names = logGroups.flatMap((logGroup) => logGroup?.logGroupRef.logGroupName ?? []);
  return names.length > 0 ? { LEDGER_LOG_GROUPS: names.join(',') } : {};
}

/** @param others log groups that are queried as well */
export function allowLedgerReads(
  reader: lambda.Function,
  { logGroups, table }: LedgerPlace,
  others: readonly logs.ILogGroupRef[] = [],
): void {
  table?.grantRead(reader);
  allowQueries(reader, table ? others : [...logGroups, ...others]);
}
