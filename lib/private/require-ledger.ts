import { CostMeter } from '../cost-meter';
import { ICostMeter } from '../cost-meter-interface';

/** How each form is made. */
const FORMS = { none: 'Ledger.NONE', table: 'Ledger.inTable()', perCall: 'Ledger.perCall()' } as const;

/**
 * Throws for a meter without a ledger. Of a meter of another stack that is not known here.
 *
 * @param use what the ledger is for, as in `the digest sums up`
 */
export function requireLedger(costMeter: ICostMeter, use: string, wayOut: string): void {
  if (costMeter instanceof CostMeter && !costMeter.ledger._perCall) {
    throw new Error(
      `'costMeter' must keep a ledger, which ${use}, got one with ${FORMS[costMeter.ledger._form]}: ${wayOut}, or use Ledger.perCall()`,
    );
  }
}
