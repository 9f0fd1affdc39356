import { roleOf } from '../../engine/records/role';
import { type LedgerReader, ledgerReader } from '../shared/ledger-reader';
import { MAX_ROWS, numberOf, type QueryRow } from '../shared/sources';
import type { SignalsConfig } from './config';
import type { Signal } from './signal';

/** A signal from the ledger. Without a ledger there is none. */
export function ledgerSignal(signal: (ledger: LedgerReader, config: SignalsConfig, now: number) => ReturnType<Signal>): Signal {
  return async (sources, config, now) => {
    const ledger = sources.ledgerReader ?? ledgerReader(sources, config);
    return ledger === undefined ? [] : signal(ledger, config, now);
  };
}

export const isCut = (rows: readonly QueryRow[]): boolean => rows.length >= MAX_ROWS;

/** What a finding says of lists that were cut. */
export function limitOf(source: string, ...lists: ReadonlyArray<readonly QueryRow[]>): string | undefined {
  return lists.some(isCut) ? `${source} returned only the first ${MAX_ROWS} rows` : undefined;
}

/**
 * Sums by role, largest first. Queries group by role; lines that an older version wrote have the caller only, with its session,
 * of which there are many.
 */
export function sumsByRole(rows: readonly QueryRow[], field: string): Array<[role: string, sum: number]> {
  const sums = new Map<string, number>();
  for (const row of rows) {
    const role = roleOf(row.principal ?? '');
    sums.set(role, (sums.get(role) ?? 0) + numberOf(row, field));
  }
  return [...sums].sort(([, a], [, b]) => b - a);
}
