import { columnOf } from '../../engine/ledger/questions/dimensions';
import { columnOfMeasure } from '../../engine/ledger/questions/measures';
import type { LedgerQuestion } from '../../engine/ledger/questions/question';
import type { QueryRow } from './sources';

/** Whether Athena keeps the case of a name in its answer is not documented: columns are found in either. */
export function withColumnsOf({ by, measures }: LedgerQuestion): (row: QueryRow) => QueryRow {
  const names = [...by.map((name) => columnOf(name)), ...measures.map((name) => columnOfMeasure(name))];
  const byLowerCase = new Map(names.map((name) => [name.toLowerCase(), name]));
  return (row) => Object.fromEntries(Object.entries(row).map(([given, value]) => [byLowerCase.get(given.toLowerCase()) ?? given, value]));
}
