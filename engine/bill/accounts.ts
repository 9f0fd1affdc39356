import type { BillLine } from './bill-line';
import type { OurLine } from './our-usage';
import { reconcile, type ReconcileOptions, type Sides } from './reconcile';

/** Both sides of one account. */
export interface AccountSides extends Sides {
  readonly account: string;
  readonly driftPercent?: number;
}

const ALL_MODELS = '(all models)';

/**
 * Compares each account by itself.
 *
 * @param bill lines with accounts
 * @param namesModels false where the lines have usage types without services, which do not name the models of the Marketplace: models
 * are then compared as one
 */
export function sidesOfAccounts(
  bill: readonly BillLine[],
  ours: readonly OurLine[],
  namesModels: boolean,
  options: ReconcileOptions,
): AccountSides[] {
  const billed = byAccount(namesModels ? bill : bill.map(withoutModel));
  const counted = byAccount(namesModels ? ours : ours.map((line) => ({ ...line, model: ALL_MODELS })));
  return [...new Set([...billed.keys(), ...counted.keys()])].sort().map((account) => {
    const { total, driftPercent } = reconcile(billed.get(account) ?? [], counted.get(account) ?? [], options);
    return { account, ...total, driftPercent };
  });
}

function withoutModel({ source, ...line }: BillLine): BillLine {
  return source === undefined
    ? { ...line, model: ALL_MODELS, kind: undefined, usageType: undefined, tokens: undefined, isUnderstood: true }
    : { ...line, source, model: ALL_MODELS };
}

function byAccount<T extends { readonly account?: string }>(lines: readonly T[]): Map<string, T[]> {
  const found = new Map<string, T[]>();
  for (const line of lines) {
    const { account = '(none)' } = line;
    found.set(account, [...(found.get(account) ?? []), line]);
  }
  return found;
}
