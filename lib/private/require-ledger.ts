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
