import * as logs from 'aws-cdk-lib/aws-logs';
import { CostMeter } from '../cost-meter';
import { ICostMeter } from '../cost-meter-interface';

/**
 * Throws for a meter without a ledger. Of a meter of another stack that is not known here.
 *
 * @param use what the ledger is for, as in `the digest sums up`
 */
export function requireLedger(costMeter: ICostMeter, use: string, wayOut: string): void {
  if (costMeter instanceof CostMeter && costMeter.ledger._form === 'none') {
    throw new Error(`'costMeter' must keep a ledger, which ${use}, got one with Ledger.NONE: ${wayOut}, or use Ledger.perCall()`);
  }
}

/**
 * Throws for the log group of a meter that writes no ledger lines: what reads it would find nothing, and would not say so. Of the log
 * group of another stack nothing is known here.
 */
export function requireLedgerLines(prop: string, logGroup: logs.ILogGroupRef | undefined): void {
  const meter = logGroup?.node.scope;
  if (!(meter instanceof CostMeter) || meter.ledgerLogGroup !== logGroup || meter.ledger._perCall) {
    return;
  }
  const [found, instead] =
    meter.ledger._form === 'table'
      ? ['has its ledger in a table only', 'use Ledger.perCall({ table }), which writes both']
      : ['keeps no ledger', 'use Ledger.perCall()'];
  throw new Error(
    `'${prop}' must be of a cost meter that writes ledger lines, got that of '${meter.node.path}', which ${found}: leave it out, or ${instead}`,
  );
}
