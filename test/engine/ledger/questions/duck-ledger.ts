import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import { LEDGER_COLUMNS, type LedgerColumn } from '../../../../engine/ledger/columns';
import { rowOf } from '../../../../engine/ledger/row';
import { temporaryFolder } from '../../../cli/command-line';
import { NOW } from '../../metering/harness';

/** How DuckDB names the types of Athena. */
const TYPES: Readonly<Record<LedgerColumn['type'], string>> = {
  string: 'VARCHAR',
  bigint: 'BIGINT',
  double: 'DOUBLE',
  timestamp: 'BIGINT',
  'array<string>': 'VARCHAR[]',
  'map<string,string>': 'MAP(VARCHAR, VARCHAR)',
  'map<string,double>': 'MAP(VARCHAR, DOUBLE)',
  'map<string,bigint>': 'MAP(VARCHAR, BIGINT)',
};

/** What Athena has and DuckDB calls otherwise. */
const MACROS = ['create or replace macro element_at(m, k) as m[k]'];

const folder = temporaryFolder();
let files = 0;

/** The ledger as a table, in an engine of SQL on this machine: its rows are those that the meter puts into the table. */
export class DuckLedger {
  public static of(lines: readonly string[]): Promise<DuckLedger> {
    return DuckLedger.ofEvents(lines.map((line) => ({ line, written: NOW })));
  }

  public static async ofEvents(events: ReadonlyArray<{ readonly line: string; readonly written: number }>): Promise<DuckLedger> {
    const path = join(folder, `rows-${++files}.ndjson`);
    writeFileSync(path, events.map(({ line, written }) => `${rowOf(line, written)}\n`).join(''));
    return DuckLedger.ofRows(path);
  }

  /** @param path a file with a row on each line */
  public static async ofRows(path: string): Promise<DuckLedger> {
    const connection = await (await DuckDBInstance.create()).connect();
    for (const macro of MACROS) await connection.run(macro);
    const columns = LEDGER_COLUMNS.map(({ name, type }) => `'${name}': '${TYPES[type]}'`).join(', ');
    const times = LEDGER_COLUMNS.filter(({ type }) => type === 'timestamp').map(({ name }) => `make_timestamp("${name}") as "${name}"`);
    await connection.run(
      `create table ledger as select * replace (${times.join(', ')}) from read_json('${path}', format = 'newline_delimited', columns = {${columns}})`,
    );
    return new DuckLedger(connection);
  }

  private constructor(private readonly connection: DuckDBConnection) {}

  /** The rows of a query, as Athena returns them: texts, and nothing where there is no value. */
  public async rows(sql: string): Promise<Array<Record<string, string>>> {
    const reader = await this.connection.runAndReadAll(sql);
    return reader
      .getRowObjects()
      .map((row) => Object.fromEntries(Object.entries(row).flatMap(([name, value]) => (value === null ? [] : [[name, String(value)]]))));
  }

  public close(): void {
    this.connection.closeSync();
  }
}
