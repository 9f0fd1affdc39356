import { AthenaClient } from '@aws-sdk/client-athena';
import { S3Client, S3ServiceException } from '@aws-sdk/client-s3';
import { handler } from '../../../lambda/keep-ledger-table/index';
import { readUpkeepConfig } from '../../../lambda/keep-ledger-table/config';
import { closedDays } from '../../../lambda/keep-ledger-table/statements';
import { answering } from '../aws-clients';

const NOW = Date.parse('2026-11-20T02:20:00Z');
const ENV = { BUCKET: 'table', DATABASE: 'db', WORK_GROUP: 'group', RETENTION_DAYS: '400', AUDIT_BUCKET: 'audit' };
const before = { ...process.env };

const notFound = () => {
  throw new S3ServiceException({ name: 'NoSuchKey', $fault: 'client', $metadata: { httpStatusCode: 404 } });
};
const whole = () => ({ Body: { transformToString: () => Promise.resolve('{}') } });

/** Runs the function, and tells which statements Athena was asked, of which single ones end otherwise. */
async function run(
  env: Record<string, string>,
  s3: Parameters<typeof answering>[1] = {},
  reasonOf: (sql: string, nth: number) => string | undefined = () => undefined,
  expired: readonly string[] = [],
) {
  const asked: string[] = [];
  answering(AthenaClient, {
    StartQueryExecutionCommand: ({ QueryString }) => ({ QueryExecutionId: String(asked.push(String(QueryString)) - 1) }),
    GetQueryExecutionCommand: ({ QueryExecutionId }) => {
      const id = Number(QueryExecutionId);
      const reason = reasonOf(asked[id]!, asked.slice(0, id + 1).filter((sql) => sql === asked[id]).length);
      return { QueryExecution: { Status: reason === undefined ? { State: 'SUCCEEDED' } : { State: 'FAILED', StateChangeReason: reason } } };
    },
    GetQueryResultsCommand: ({ QueryExecutionId }) => {
      const values = asked[Number(QueryExecutionId)]!.startsWith('select distinct') ? ['day', ...expired] : ['rows', '7'];
      return { ResultSet: { Rows: values.map((VarCharValue) => ({ Data: [{ VarCharValue }] })) } };
    },
  });
  const stored = answering(S3Client, {
    ListObjectsV2Command: () => ({ KeyCount: 0 }),
    GetObjectCommand: whole,
    PutObjectCommand: () => ({}),
    ...s3,
  });
  Object.assign(process.env, env);
  const ended = await handler().then(
    () => undefined,
    (error: Error) => error.message,
  );
  return { asked, ended, stored };
}

beforeEach(() => jest.useFakeTimers({ now: NOW, doNotFake: ['setTimeout', 'clearTimeout', 'setImmediate', 'nextTick', 'queueMicrotask'] }));
afterEach(() => {
  jest.useRealTimers();
  jest.restoreAllMocks();
  process.env = { ...before };
});

test('deletes what is older than the retention, by the day, and makes few files of those of yesterday', async () => {
  const { asked, ended } = await run(ENV);
  expect(ended).toBeUndefined();
  expect(asked).toEqual([
    expect.stringMatching(/^select distinct .* where written_at < timestamp '2025-10-16 00:00:00'$/),
    "DELETE FROM ledger WHERE written_at < timestamp '2025-10-16 00:00:00'",
    "OPTIMIZE ledger REWRITE DATA USING BIN_PACK WHERE written_at >= timestamp '2026-11-19 00:00:00' and written_at < timestamp '2026-11-20 00:00:00'",
    'VACUUM ledger',
  ]);
});

test('copies each closed day that has no manifest, and writes the manifest last', async () => {
  const missing = 'ledger/day=2026-11-18/manifest.json';
  const { asked, stored } = await run(ENV, { GetObjectCommand: ({ Key }) => (Key === missing ? notFound() : whole()) });
  expect(asked.slice(1, 3)).toEqual([
    `select count(*) as "rows" from ledger where written_at >= timestamp '2026-11-18 00:00:00' and written_at < timestamp '2026-11-19 00:00:00'`,
    expect.stringMatching(/^UNLOAD \(select \* from ledger where .*\) TO 's3:\/\/audit\/ledger\/day=2026-11-18\/attempt=\d+\/' WITH/),
  ]);
  const [, put] = stored.find(([command]) => command === 'PutObjectCommand')!;
  expect(put.Key).toBe(missing);
  expect(JSON.parse(put.Body as string)).toMatchObject({ day: '2026-11-18', rows: 7, files: expect.stringContaining('attempt=') });
});

test('nothing is deleted that could not be copied', async () => {
  const { asked, ended } = await run(ENV, { GetObjectCommand: notFound }, (sql) =>
    sql.startsWith('UNLOAD') ? 'HIVE_WRITER_ERROR' : undefined,
  );
  expect(ended).toContain('HIVE_WRITER_ERROR');
  expect(asked.filter((sql) => sql.startsWith('DELETE'))).toEqual([]);
  const denied = () => {
    throw new S3ServiceException({ name: 'AccessDenied', message: 'AccessDenied', $fault: 'client', $metadata: { httpStatusCode: 403 } });
  };
  expect((await run(ENV, { GetObjectCommand: denied })).ended).toContain('AccessDenied');
});

test('a day that is about to be deleted is copied first, however long the function did not run', async () => {
  const missing = 'ledger/day=2026-10-01/manifest.json';
  const s3 = { GetObjectCommand: ({ Key }: Record<string, unknown>) => (Key === missing ? notFound() : whole()) };
  const { asked, stored } = await run({ ...ENV, RETENTION_DAYS: '7' }, s3, undefined, ['2026-10-01', '2026-11-12']);
  expect(asked.map((sql) => sql.split(' ')[0])).toEqual(['select', 'select', 'UNLOAD', 'DELETE', 'OPTIMIZE', 'VACUUM']);
  expect(asked[2]).toContain("written_at >= timestamp '2026-10-01 00:00:00'");
  expect(stored.find(([command]) => command === 'PutObjectCommand')![1].Key).toBe(missing);
});

test('rows that are kept for ever are never deleted, and nothing is copied without a bucket', async () => {
  const { asked } = await run({ ...ENV, RETENTION_DAYS: '', AUDIT_BUCKET: '' }, { GetObjectCommand: notFound });
  expect(asked.map((sql) => sql.split(' ')[0])).toEqual(['OPTIMIZE', 'VACUUM']);
});

test('VACUUM runs again while it has more to do, at most five times; another failure is one', async () => {
  const more = (until: number) => (sql: string, nth: number) =>
    sql === 'VACUUM ledger' && nth < until ? 'ICEBERG_VACUUM_MORE_RUNS_NEEDED' : undefined;
  const vacuums = ({ asked }: { asked: string[] }) => asked.filter((sql) => sql === 'VACUUM ledger').length;
  expect(vacuums(await run(ENV, {}, more(3)))).toBe(3);
  const endless = await run(ENV, {}, more(99));
  expect([vacuums(endless), endless.ended]).toEqual([5, undefined]);
  expect((await run(ENV, {}, (sql) => (sql === 'VACUUM ledger' ? 'denied' : undefined))).ended).toContain('denied');
});

test('rows that wait below failed/ are named every day', async () => {
  const warn = jest.spyOn(console, 'warn').mockImplementation();
  await run(ENV, { ListObjectsV2Command: () => ({ KeyCount: 1000, IsTruncated: true }) });
  expect(warn).toHaveBeenCalledWith(expect.stringContaining('more than 1000 objects below failed/ hold rows that are not in the table'));
});

test('the days that are copied are closed, and two weeks of them', () => {
  const days = closedDays(NOW);
  expect([days.length, days[0], days.at(-1)]).toEqual([14, '2026-11-05', '2026-11-18']);
});

test('a retention that cannot be read deletes nothing', () => {
  expect(() => readUpkeepConfig({ ...ENV, RETENTION_DAYS: 'some' })).toThrow("'RETENTION_DAYS' must be a whole number above 0, got 'some'");
});
