import { CONDITIONS } from './conditions';
import { columnOf, dimensionOf } from './dimensions';
import { callsSql, NOT_MALFORMED } from './calls-sql';
import { columnOfMeasure, lineMeasureOf, measureOf } from './measures';
import type { LedgerQuestion, Period } from './question';

const RECORDED = '"source" is null';

/**
 * The SQL that answers a question, of Athena and of DuckDB alike. Columns have the names of dimensions and measures.
 *
 * @param during a condition of the rows: `calledSql`, `writtenSql` or `lastDaysSql`
 */
export function sqlQuery(question: LedgerQuestion, during: string, table = 'ledger'): string {
  const { of, by, sort, limit, withUnrecorded } = question;
  const where = withUnrecorded ? during : `${during} and ${RECORDED}`;
  const isOfLines = question.each === 'line';
  const columns = [
    ...by.map((name) => `${dimensionOf(name).sql} as "${columnOf(name)}"`),
    ...(isOfLines
      ? question.measures.map((name) => `${lineMeasureOf(name).sql} as "${name}"`)
      : question.measures.map((name) => `${measureOf(name).sql} as "${columnOfMeasure(name)}"`)),
  ];
  const conditions = [...(isOfLines ? [NOT_MALFORMED, where] : []), ...(of ? [CONDITIONS[of].sql] : [])];
  return [
    ...(isOfLines ? [] : [`with calls as (\n${callsSql(table, where)}\n)`]),
    `select ${columns.join(', ')}`,
    `from ${isOfLines ? table : 'calls'}`,
    ...(conditions.length > 0 ? [`where ${conditions.join(' and ')}`] : []),
    ...(by.length > 0 ? [`group by ${by.map((_, at) => at + 1).join(', ')}`] : []),
    ...(sort ? [`order by "${sort}" desc nulls last`] : []),
    `limit ${limit}`,
  ].join('\n');
}

/** The condition that a call was made in a period. */
export const calledSql = (period: Period): string => within('"time"', period);

/** The condition that a row was written in a period: the table is partitioned by it. */
export const writtenSql = (period: Period): string => within('written_at', period);

/** Calls of the last days, by the clock of Athena: for queries that are saved. */
export const lastDaysSql = (days: number): string =>
  `"time" >= cast(current_timestamp at time zone 'UTC' as timestamp) - interval '${days}' day`;

const within = (column: string, { from, until }: Period): string =>
  `${column} >= ${timestampSql(from)} and ${column} < ${timestampSql(until)}`;

const timestampSql = (ms: number): string => `timestamp '${new Date(ms).toISOString().slice(0, -1).replace('T', ' ')}'`;
