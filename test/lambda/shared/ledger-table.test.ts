import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { rowOf } from '../../../engine/ledger/row';
import { readMeterConfig } from '../../../engine/metering/meter-config';
import { LookUps } from '../../../lambda/shared/look-ups';
import { ledgerTable } from '../../../lambda/shared/ledger-table';
import { rowsPutter } from '../../../lambda/shared/put-rows';
import { messages, meterOf } from '../../engine/metering/harness';
import { metadataOnly, numbered } from '../../fixtures/invocation-records';

interface Request {
  readonly headers: NodeJS.Dict<string | string[]>;
  readonly rows: string[];
}

/** What Firehose answers to its requests, one after the other; the last holds for all that follow. */
type Respond = (rows: readonly string[]) => { readonly status: number; readonly body: unknown };

const taken: Respond = (rows) => ({
  status: 200,
  body: { FailedPutCount: 0, RequestResponses: rows.map((_, n) => ({ RecordId: `${n}` })) },
});
const secondFails: Respond = (rows) => ({
  status: 200,
  body: {
    FailedPutCount: 1,
    RequestResponses: rows.map((_, n) => (n === 1 ? { ErrorCode: 'ServiceUnavailableException' } : { RecordId: `${n}` })),
  },
});
const noneTaken: Respond = (rows) => ({
  status: 200,
  body: { FailedPutCount: rows.length, RequestResponses: rows.map(() => ({ ErrorCode: 'ServiceUnavailableException' })) },
});
const throttled: Respond = () => ({ status: 400, body: { __type: 'ThrottlingException' } });
const denied: Respond = () => ({ status: 400, body: { __type: 'AccessDeniedException', message: 'not you' } });
const garbage: Respond = () => ({ status: 502, body: '<html>' });

let server: Server;
let requests: Request[];
let answers: Respond[];
const before = { ...process.env };

beforeEach(async () => {
  requests = [];
  answers = [taken];
  server = createServer((request, response) => {
    let text = '';
    request.on('data', (part: Buffer) => (text += part.toString()));
    request.on('end', () => {
      const { Records } = JSON.parse(text) as { Records: Array<{ Data: string }> };
      const rows = Records.map(({ Data }) => Buffer.from(Data, 'base64').toString());
      const { status, body } = (answers.length > 1 ? answers.shift() : answers[0])!(rows);
      requests.push({ headers: request.headers, rows });
      response.writeHead(status).end(typeof body === 'string' ? body : JSON.stringify(body));
    });
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const AWS_ENDPOINT_URL = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  Object.assign(process.env, {
    AWS_ENDPOINT_URL,
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'id',
    AWS_SECRET_ACCESS_KEY: 'key',
    AWS_SESSION_TOKEN: 'token',
  });
});

afterEach(() => {
  server.closeAllConnections();
  server.close();
  process.env = { ...before };
});

const put = (rows: readonly string[], ms = 5000) => rowsPutter('rows')(rows, AbortSignal.timeout(ms));

test('rows are put one a record, with a signature for Firehose', async () => {
  await put(['{"a":1}', '{"a":"ü"}']);
  expect(requests).toHaveLength(1);
  expect(requests[0]).toMatchObject({
    rows: ['{"a":1}', '{"a":"ü"}'],
    headers: { 'x-amz-target': 'Firehose_20150804.PutRecordBatch', 'x-amz-security-token': 'token' },
  });
  expect(requests[0]!.headers.authorization).toMatch(
    /^AWS4-HMAC-SHA256 Credential=id\/\d{8}\/us-east-1\/firehose\/aws4_request, SignedHeaders=.*host.*x-amz-target/,
  );
});

test('a request has at most 500 records and four megabytes', async () => {
  await put(Array.from({ length: 1001 }, (_, n) => `{"n":${n}}`));
  expect(requests.map(({ rows }) => rows.length)).toEqual([500, 500, 1]);
  await put(Array.from({ length: 5 }, () => 'x'.repeat(900_000)));
  expect(requests.slice(3).map(({ rows }) => rows.length)).toEqual([4, 1]);
});

test('what was not taken is put again, and nothing else', async () => {
  answers = [secondFails, throttled, garbage, taken];
  await put(['a', 'b', 'c']);
  expect(requests.map(({ rows }) => rows)).toEqual([['a', 'b', 'c'], ['b'], ['b'], ['b']]);
});

test('a refusal is an error with its kind, and so is what is throttled for ever; what is never taken ends with the signal', async () => {
  answers = [denied];
  await expect(put(['a'])).rejects.toThrow('Firehose did not take rows of the ledger: AccessDeniedException');
  answers = [throttled];
  await expect(put(['a'])).rejects.toThrow('Firehose did not take rows of the ledger: ThrottlingException');
  answers = [noneTaken];
  await expect(put(['a'], 300)).rejects.toThrow('Firehose did not take rows of the ledger in time: 1 of 1 are left');
});

const records = [0, 1, 2].map((n) => numbered(metadataOnly, n));

function metered(env: Record<string, string>) {
  const logged: string[] = [];
  const config = readMeterConfig(env);
  const log = (text: string) => Promise.resolve(void logged.push(text));
  const write = ledgerTable(config, new LookUps({ each: 500, batch: 1000 }), log, () => Promise.resolve({ rowOf, rowsPutter }));
  const { meter } = meterOf(env, { write });
  const ended = meter.meter(messages([...records, { ...metadataOnly, region: 7 }]));
  return {
    ended,
    lines: () =>
      logged
        .join('')
        .split('\n')
        .filter((line) => line !== ''),
  };
}

const status = (line: string): unknown => (JSON.parse(line) as { status?: string }).status;

test('beside the log group each line is in both; in a table only, the log has no line but of what could not be read', async () => {
  const beside = metered({ LEDGER: 'perCall', LEDGER_STREAM: 'rows' });
  await beside.ended;
  expect(beside.lines().map(status).filter(Boolean).sort()).toEqual(['malformed', 'priced', 'priced', 'priced']);
  const instead = metered({ LEDGER: 'table', LEDGER_STREAM: 'rows' });
  await instead.ended;
  expect(instead.lines().map(status).filter(Boolean)).toEqual(['malformed']);
  expect(instead.lines().some((line) => line.startsWith('{"_aws"'))).toBe(true);
  expect(requests.map(({ rows }) => rows.map(status).sort())).toEqual(Array(2).fill(['malformed', 'priced', 'priced', 'priced']));
});

test('a batch whose rows are not taken fails without a metric, and counts once when it is tried again', async () => {
  answers = [denied];
  const failed = metered({ LEDGER: 'table', LEDGER_STREAM: 'rows' });
  await expect(failed.ended).rejects.toThrow('AccessDeniedException');
  expect(failed.lines()).toEqual([]);
});

test.each([
  [{ LEDGER: 'table' }, "'LEDGER_STREAM' must name the delivery stream of the table"],
  [{ LEDGER: 'tables' }, "'LEDGER' must be none, perCall or table, got 'tables'"],
])('%j is refused', (env, message) => {
  expect(() => readMeterConfig(env)).toThrow(message);
});
