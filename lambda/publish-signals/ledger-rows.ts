import { numberOf, type QueryRow, type Sources } from '../shared/sources';
import type { SignalsConfig } from './config';
import type { Signal } from './signal';

/** Asks the ledger, from a moment up to, and without, another. */
type AskLedger = (query: string, from: number, to: number) => Promise<readonly QueryRow[]>;

/** A signal from the ledger. Without a ledger there is none. */
export function ledgerSignal(signal: (ask: AskLedger, config: SignalsConfig, now: number) => ReturnType<Signal>): Signal {
  return async (sources: Sources, config, now) => {
    const { ledger } = config;
    return ledger === undefined ? [] : signal((query, from, to) => sources.rows(ledger, query, from, to), config, now);
  };
}

/** Sums over the sessions of a role, largest first: a session is a person, a container or a function, and there are many. */
export function sumsByRole(rows: readonly QueryRow[], field: string): Array<[role: string, sum: number]> {
  const sums = new Map<string, number>();
  for (const row of rows) {
    const role = roleOf(row.caller ?? '');
    sums.set(role, (sums.get(role) ?? 0) + numberOf(row, field));
  }
  return [...sums].sort(([, a], [, b]) => b - a);
}

const roleOf = (caller: string): string => caller.replace(/(:assumed-role\/[^/]+)\/.*$/, '$1');
