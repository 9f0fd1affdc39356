import { LEDGER_TABLE } from '../../engine/ledger/table-ddl';

const DAY_MS = 86_400_000;

/** How many days back a copy for auditors is made up for, where runs failed. */
const MADE_UP_DAYS = 14;

/** The days whose copies must be there: not yesterday, of which rows can still be on their way. The oldest first. */
export function closedDays(now: number): string[] {
  return Array.from({ length: MADE_UP_DAYS }, (_, at) => dayOf(now - (MADE_UP_DAYS + 1 - at) * DAY_MS));
}

/** The rows that were written on a day. */
const writtenOn = (day: string): string => `written_at >= ${midnight(day)} and written_at < ${midnight(dayOf(Date.parse(day) + DAY_MS))}`;

export const countSql = (day: string): string => `select count(*) as "rows" from ${LEDGER_TABLE} where ${writtenOn(day)}`;

/** Writes the rows of a day as Parquet to a place that must be empty. */
export const copySql = (day: string, location: string): string =>
  `UNLOAD (select * from ${LEDGER_TABLE} where ${writtenOn(day)}) TO '${location}' WITH (format = 'PARQUET', compression = 'ZSTD')`;

/** The days of which rows are about to be deleted. */
export const expiredDaysSql = (now: number, retentionDays: number): string =>
  `select distinct cast(cast(written_at as date) as varchar) as "day" from ${LEDGER_TABLE} where ${expired(now, retentionDays)}`;

/** By the time of writing: a call with a time that is wrong goes with the others of its day. */
export const deleteSql = (now: number, retentionDays: number): string => `DELETE FROM ${LEDGER_TABLE} WHERE ${expired(now, retentionDays)}`;

/** Firehose writes a file every five minutes: those of yesterday become few. */
export const compactSql = (now: number): string =>
  `OPTIMIZE ${LEDGER_TABLE} REWRITE DATA USING BIN_PACK WHERE ${writtenOn(dayOf(now - DAY_MS))}`;

/** Removes files that no snapshot of the last five days has: until then an older state can be queried. */
export const VACUUM = `VACUUM ${LEDGER_TABLE}`;

const expired = (now: number, retentionDays: number): string => `written_at < ${midnight(dayOf(now - retentionDays * DAY_MS))}`;
const dayOf = (time: number): string => new Date(time).toISOString().slice(0, 10);
const midnight = (day: string): string => `timestamp '${day} 00:00:00'`;
