import type { LedgerQuestion, Period } from '../../../engine/ledger/questions/question';
import { calledSql, sqlQuery, writtenSql } from '../../../engine/ledger/questions/sql-query';
import type { LedgerReader } from '../../../lambda/shared/ledger-reader';
import { withColumnsOf } from '../../../lambda/shared/with-columns-of';
import type { QueryRow } from '../../../lambda/shared/sources';
import { DuckLedger } from '../../engine/ledger/questions/duck-ledger';

/** The SQL that Athena is asked, carried out by an engine on this machine. Names of columns come in lower case, as Athena may answer. */
export class DuckReader implements LedgerReader {
  public readonly name = 'Athena';

  constructor(private readonly table: DuckLedger) {}

  public askCalled(question: LedgerQuestion, period: Period): Promise<readonly QueryRow[]> {
    return this.ask(question, calledSql(period));
  }

  public askWritten(question: LedgerQuestion, period: Period): Promise<readonly QueryRow[]> {
    return this.ask(question, writtenSql(period));
  }

  private async ask(question: LedgerQuestion, during: string): Promise<readonly QueryRow[]> {
    const rows = await this.table.rows(sqlQuery(question, during));
    return rows
      .map((row) => Object.fromEntries(Object.entries(row).map(([name, value]) => [name.toLowerCase(), value])))
      .map(withColumnsOf(question));
  }
}
