import { AthenaClient } from '@aws-sdk/client-athena';
import type { LedgerQuestion } from '../../../engine/ledger/questions/question';
import { AthenaLedger } from '../../../lambda/shared/athena-ledger';
import { ledgerReader, requiredLedgerReader } from '../../../lambda/shared/ledger-reader';
import { FakeSources } from '../publish-signals/fake-sources';
import { answering } from '../aws-clients';

const TABLE = { database: 'd', workGroup: 'w' };
const QUESTION: LedgerQuestion = { by: ['pricedModel'], measures: ['usd'], limit: 10 };
const DAY = { from: Date.UTC(2026, 10, 20), until: Date.UTC(2026, 10, 21) };

const row = (...values: ReadonlyArray<string | undefined>) => ({ Data: values.map((value) => ({ VarCharValue: value })) });

/** Athena with these states, one after the other, and these pages of results. */
function athena(states: readonly string[], pages: ReadonlyArray<readonly object[]> = [[]], reason?: string) {
  const left = [...states];
  return answering(AthenaClient, {
    StartQueryExecutionCommand: () => ({ QueryExecutionId: 'q' }),
    GetQueryExecutionCommand: () => ({
      QueryExecution: { Status: { State: left.length > 1 ? left.shift() : left[0], StateChangeReason: reason } },
    }),
    GetQueryResultsCommand: ({ NextToken }) => {
      const at = Number(NextToken ?? 0);
      return { ResultSet: { Rows: pages[at] }, NextToken: at + 1 < pages.length ? String(at + 1) : undefined };
    },
    StopQueryExecutionCommand: () => ({}),
  });
}

const sqlOf = (asked: ReturnType<typeof answering>): string =>
  String(asked.find(([name]) => name === 'StartQueryExecutionCommand')![1].QueryString);

afterEach(() => jest.restoreAllMocks());

test('a query is started, waited for, and read to its last page; columns are found in any case', async () => {
  const asked = athena(['QUEUED', 'SUCCEEDED'], [[row('pricedmodel', 'usd'), row('nova', '1.5')], [row(undefined, '2')]]);
  expect(await new AthenaLedger(TABLE).askCalled(QUESTION, DAY)).toEqual([{ pricedModel: 'nova', usd: '1.5' }, { usd: '2' }]);
  expect(asked[0]![1]).toMatchObject({ WorkGroup: 'w', QueryExecutionContext: { Database: 'd' } });
  expect(sqlOf(asked)).toContain(`"time" >= timestamp '2026-11-20 00:00:00.000' and "time" < timestamp '2026-11-21 00:00:00.000'`);
});

test('what was written is asked for as it was a quarter of an hour ago, when all of it is in the table', async () => {
  const asked = athena(['SUCCEEDED'], [[row('pricedModel', 'usd')]]);
  expect(await new AthenaLedger(TABLE).askWritten(QUESTION, DAY)).toEqual([]);
  expect(sqlOf(asked)).toContain(`written_at >= timestamp '2026-11-19 23:45:00.000' and written_at < timestamp '2026-11-20 23:45:00.000'`);
});

test.each([
  ['FAILED', 'HIVE_BAD_DATA: a file is damaged', 'a query of Athena ended with FAILED: HIVE_BAD_DATA: a file is damaged'],
  ['CANCELLED', undefined, 'a query of Athena ended with CANCELLED'],
])('a query that ends with %s is an error, and not an empty answer', async (state, reason, message) => {
  athena([state], [[]], reason);
  await expect(new AthenaLedger(TABLE).askCalled(QUESTION, DAY)).rejects.toThrow(message);
});

test('a start that is refused is an error', async () => {
  answering(AthenaClient, {
    StartQueryExecutionCommand: () => {
      throw new Error('You are not authorized');
    },
  });
  await expect(new AthenaLedger(TABLE).askWritten(QUESTION, DAY)).rejects.toThrow('You are not authorized');
});

test('the ledger is asked where it is: in the table, in log groups, or nowhere', () => {
  const sources = new FakeSources();
  expect(ledgerReader(sources, { ledgerLogGroups: ['g'], ledgerTable: TABLE })?.name).toBe('Athena');
  expect(ledgerReader(sources, { ledgerLogGroups: ['g'] })?.name).toBe('Logs Insights');
  expect(ledgerReader(sources, { ledgerLogGroups: [] })).toBeUndefined();
  expect(() => requiredLedgerReader(sources, { ledgerLogGroups: [] })).toThrow("'LEDGER_LOG_GROUPS' or 'LEDGER_DATABASE' must say where");
});
