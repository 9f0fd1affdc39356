import { queryAthena } from '../shared/athena';
import { copyDays, type Run } from './audit-copy';
import { readUpkeepConfig } from './config';
import { remindOfFailedRows } from './failed-rows';
import { closedDays, compactSql, deleteSql, expiredDaysSql, VACUUM } from './statements';

/** For one statement. The function has fifteen minutes. */
const DEADLINE_MS = 240_000;

/** VACUUM removes a number of files at a time, and says so by failing. Source: Amazon Athena User Guide, "VACUUM". */
const MORE_RUNS = /MORE_RUNS_NEEDED/;
const MOST_RUNS = 5;

/** What the table needs once a day. The copy for auditors comes first: rows that could not be copied are not deleted. */
export async function handler(): Promise<void> {
  const { bucket, database, workGroup, retentionDays, auditBucket } = readUpkeepConfig(process.env);
  const now = Date.now();
  const run = async (sql: string) => (await queryAthena({ sql, workGroup, database }, DEADLINE_MS)).rows;
  await remindOfFailedRows(bucket);
  if (auditBucket !== undefined) {
    // Where the function did not run for longer than it makes up for, days are about to be deleted that nobody copied.
    const expired = retentionDays === undefined ? [] : await run(expiredDaysSql(now, retentionDays));
    await copyDays(run, auditBucket, new Set([...expired.flatMap(({ day }) => day ?? []), ...closedDays(now)]), now);
  }
  if (retentionDays !== undefined) await run(deleteSql(now, retentionDays));
  await run(compactSql(now));
  await vacuum(run);
}

/** What is left after some runs is removed tomorrow. */
async function vacuum(run: Run): Promise<void> {
  for (let runs = 1; ; runs++) {
    try {
      await run(VACUUM);
      return;
    } catch (error) {
      if (!MORE_RUNS.test((error as Error).message)) throw error;
      if (runs >= MOST_RUNS) return;
    }
  }
}
