import { LEDGER_COLUMNS, type LedgerColumn, plainComment } from './columns';
import { callsSql } from './questions/calls-sql';

/** The names of the table, of the view with one row for each call, and of that with charges of FOCUS. */
export const LEDGER_TABLE = 'ledger';
const CALLS_VIEW = 'calls';
const FOCUS_VIEW = 'focus';
export const LEDGER_VIEWS: readonly string[] = [CALLS_VIEW, FOCUS_VIEW];

/** Where the rows that could not be written are, in the bucket of the table. */
export const FAILED_PREFIX = 'failed/';

const columnDdl = (column: LedgerColumn): string => `\`${column.name}\` ${column.type} COMMENT '${plainComment(column)}'`;

/**
 * Makes the table, in the words of Athena. Firehose writes only to tables that Iceberg's own catalogue has made, as Athena does, and not
 * to those of AWS Glue's API. Source: Amazon Data Firehose Developer Guide, "Considerations and limitations".
 *
 * @param location `s3://` and a bucket with a prefix
 */
export function createTableDdl(location: string): string {
  return `CREATE TABLE IF NOT EXISTS \`${LEDGER_TABLE}\` (
${LEDGER_COLUMNS.map((column) => `  ${columnDdl(column)}`).join(',\n')}
)
PARTITIONED BY (day(\`written_at\`))
LOCATION '${location}'
TBLPROPERTIES ('table_type' = 'ICEBERG', 'format' = 'parquet', 'write_compression' = 'zstd')`;
}

/** The columns that a table of an older version has, by the name of the database. */
export const columnsQuery = (database: string): string =>
  `select column_name from information_schema.columns where table_schema = '${database}' and table_name = '${LEDGER_TABLE}'`;

/** Adds what a table lacks; undefined where it lacks nothing. A column is never taken away. */
export function addColumnsDdl(existing: readonly string[]): string | undefined {
  const missing = LEDGER_COLUMNS.filter(({ name }) => !existing.includes(name));
  return missing.length === 0 ? undefined : `ALTER TABLE \`${LEDGER_TABLE}\` ADD COLUMNS (${missing.map(columnDdl).join(', ')})`;
}

/** A view with one row for each call: as the named queries have it, over all time. */
export const callsViewDdl = (): string => `CREATE OR REPLACE VIEW ${CALLS_VIEW} AS\n${callsSql(LEDGER_TABLE)}`;

/** A view of the charges of FOCUS, by day. */
export const focusViewDdl = (sql: string): string => `CREATE OR REPLACE VIEW ${FOCUS_VIEW} AS\n${sql}`;
