import type { LedgerQuestion, Period } from '../../engine/ledger/questions/question';
import { calledSql, sqlQuery, writtenSql } from '../../engine/ledger/questions/sql-query';
import { LEDGER_TABLE } from '../../engine/ledger/table-ddl';
import { queryAthena } from './athena';
import type { QueryRow } from './sources';
import type { LedgerTableConfig } from './ledger-config';
import type { LedgerReader } from './ledger-reader';
import { withColumnsOf } from './with-columns-of';

/** For one question: the functions that ask several at once have four minutes and more. */
const DEADLINE_MS = 120_000;

/**
 * How long a row can be on its way: Firehose collects rows for five minutes and commits them. What was written is asked for as it was so
 * long ago, so that each row is in one of the periods that follow each other.
 */
const ROWS_ARE_LATE_MS = 15 * 60_000;

/** The ledger as a table, asked by Athena. */
export class AthenaLedger implements LedgerReader {
  public readonly name = 'Athena';

  constructor(private readonly table: LedgerTableConfig) {}

  public askCalled(question: LedgerQuestion, period: Period): Promise<readonly QueryRow[]> {
    return this.ask(question, calledSql(period));
  }

  public askWritten(question: LedgerQuestion, { from, until }: Period): Promise<readonly QueryRow[]> {
    return this.ask(question, writtenSql({ from: from - ROWS_ARE_LATE_MS, until: until - ROWS_ARE_LATE_MS }));
  }

  private async ask(question: LedgerQuestion, during: string): Promise<readonly QueryRow[]> {
    const { database, workGroup } = this.table;
    const { rows } = await queryAthena({ sql: sqlQuery(question, during, LEDGER_TABLE), database, workGroup }, DEADLINE_MS);
    return rows.map(withColumnsOf(question));
  }
}
