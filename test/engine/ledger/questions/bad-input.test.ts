import type { LedgerQuestion } from '../../../../engine/ledger/questions/question';
import { calledSql, sqlQuery, writtenSql } from '../../../../engine/ledger/questions/sql-query';
import { metadataOnly, numbered, type Raw } from '../../../fixtures/invocation-records';
import { messages, meterOf, NOW } from '../../metering/harness';
import { DuckLedger } from './duck-ledger';

const DAY = 86_400_000;
const TOTAL: LedgerQuestion = { by: [], measures: ['calls', 'usd'], limit: 1 };

async function tableOf(...records: readonly Raw[]): Promise<DuckLedger> {
  const { meter, written } = meterOf({ LEDGER: 'table', LEDGER_STREAM: 'rows' });
  await meter.meter(messages(records));
  const lines = written.join('').split('\n');
  return DuckLedger.of(lines.filter((line) => line.startsWith('{"ledger"')));
}

test('a call of a clock that is wrong is in the partition in which it was written, in no day but its own, and can be found', async () => {
  const table = await tableOf(
    numbered(metadataOnly, 1),
    { ...numbered(metadataOnly, 2), timestamp: '2099-01-01T00:00:00Z' },
    { ...numbered(metadataOnly, 3), timestamp: '1999-01-01T00:00:00Z' },
  );
  const calls = async (during: string) => (await table.rows(sqlQuery(TOTAL, during)))[0]!.calls;
  const today = Date.parse(new Date(NOW).toISOString().slice(0, 10));
  expect(await calls(calledSql({ from: today, until: today + DAY }))).toBe('1');
  expect(await calls(calledSql({ from: Date.UTC(2099, 0, 1), until: Date.UTC(2099, 0, 2) }))).toBe('1');
  expect(await calls(writtenSql({ from: today, until: today + DAY }))).toBe('3');
  // As docs/ledger.md asks for them.
  const [found] = await table.rows(
    `select count(*) as calls, cast(min("time") as varchar) as earliest, cast(max("time") as varchar) as latest from ledger where list_contains(flags, 'outsideMetricWindow')`,
  );
  expect(found).toEqual({ calls: '2', earliest: '1999-01-01 00:00:00', latest: '2099-01-01 00:00:00' });
  table.close();
});

test('an account that left keeps its rows, and its last call says since when it is silent', async () => {
  const left = { ...numbered(metadataOnly, 1), accountId: '222222222222', timestamp: '2026-11-12T09:00:00Z' };
  const table = await tableOf(left, { ...numbered(metadataOnly, 2), accountId: '111111111111' });
  const byAccount = sqlQuery({ by: ['account'], measures: ['calls', 'firstDay'], sort: 'calls', limit: 10 }, 'true');
  expect((await table.rows(byAccount)).map(({ account }) => account).sort()).toEqual(['111111111111', '222222222222']);
  const since = await table.rows(`select account_id, cast(max("time") as varchar) as latest from ledger group by 1 order by 1`);
  expect(since[1]).toEqual({ account_id: '222222222222', latest: '2026-11-12 09:00:00' });
  table.close();
});
