import { CONDITIONS } from './conditions';
import { dimensionOf } from './dimensions';
import { callsSql } from './calls-sql';
import { MEASURES } from './measures';
import type { Period, Question } from './question';

/** The SQL that answers a question, of Athena and of DuckDB alike. Columns have the names of dimensions and measures. */
export function sqlQuery({ of, by, measures, sort, limit }: Question, during: string, table = 'ledger'): string {
  const columns = [
    ...by.map((name) => `${dimensionOf(name).sql} as "${columnOf(name)}"`),
    ...measures.map((name) => `${MEASURES[name].sql} as "${name}"`),
  ];
  return [
    `with calls as (\n${callsSql(table, during)}\n)`,
    `select ${columns.join(', ')}`,
    'from calls',
    ...(of ? [`where ${CONDITIONS[of].sql}`] : []),
    ...(by.length > 0 ? [`group by ${by.map((_, at) => at + 1).join(', ')}`] : []),
    ...(sort ? [`order by "${sort}" desc nulls last`] : []),
    `limit ${limit}`,
  ].join('\n');
}

/** The condition that a call was made in a period. */
export const duringSql = ({ from, until }: Period): string => `"time" >= ${timestampSql(from)} and "time" < ${timestampSql(until)}`;

/** Calls of the last days, by the clock of Athena: for queries that are saved. */
export const lastDaysSql = (days: number): string =>
  `"time" >= cast(current_timestamp at time zone 'UTC' as timestamp) - interval '${days}' day`;

const timestampSql = (ms: number): string => `timestamp '${new Date(ms).toISOString().slice(0, -1).replace('T', ' ')}'`;

const columnOf = (dimension: string): string => (dimension.startsWith('metadata.') ? 'owner' : dimension);
