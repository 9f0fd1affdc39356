import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { AthenaClient } from '@aws-sdk/client-athena';
import type { CloudFormationCustomResourceEvent, Context } from 'aws-lambda';
import { LEDGER_COLUMNS } from '../../../engine/ledger/columns';
import { answering } from '../aws-clients';

process.env.RETRY_DELAY_SECONDS = '0.01';
// Loaded here, because it reads its environment when it is loaded.
const { handler } = jest.requireActual<typeof import('../../../lambda/make-ledger-table/index')>('../../../lambda/make-ledger-table/index');
const NAMES = LEDGER_COLUMNS.map(({ name }) => name);
let server: Server;
let response: { Status?: string; Reason?: string; PhysicalResourceId?: string };

beforeEach(async () => {
  response = {};
  jest.spyOn(console, 'log').mockImplementation();
  server = createServer((request, answer) => {
    let text = '';
    request.on('data', (part: Buffer) => (text += part.toString()));
    request.on('end', () => {
      response = JSON.parse(text) as typeof response;
      answer.end();
    });
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
});

afterEach(() => {
  server.close();
  jest.restoreAllMocks();
});

/** Sends a request of CloudFormation, and returns the statements that Athena was asked. */
async function send(RequestType: string, existing: readonly string[], failures: readonly string[] = []): Promise<string[]> {
  const asked: string[] = [];
  const left = [...failures];
  answering(AthenaClient, {
    StartQueryExecutionCommand: ({ QueryString }) => ({ QueryExecutionId: String(asked.push(String(QueryString)) - 1) }),
    GetQueryExecutionCommand: () => {
      const reason = left.shift();
      return { QueryExecution: { Status: reason === undefined ? { State: 'SUCCEEDED' } : { State: 'FAILED', StateChangeReason: reason } } };
    },
    GetQueryResultsCommand: ({ QueryExecutionId }) => ({
      ResultSet: {
        Rows: asked[Number(QueryExecutionId)]!.includes('information_schema')
          ? ['column_name', ...existing].map((VarCharValue) => ({ Data: [{ VarCharValue }] }))
          : [],
      },
    }),
  });
  const event = {
    RequestType,
    LogicalResourceId: 'Table',
    ResponseURL: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    ResourceProperties: { Database: 'db', WorkGroup: 'group', Location: 's3://bucket/ledger/' },
  } as unknown as CloudFormationCustomResourceEvent;
  await handler(event, { getRemainingTimeInMillis: () => 40_000 } as Context);
  return asked;
}

const verbs = (asked: readonly string[]): string[] => asked.map((sql) => sql.split(/ (?:IF|AS|ADD|from)\b/)[0]!.split('\n')[0]!);

test('a new table is made, with its views', async () => {
  const asked = await send('Create', NAMES);
  expect(verbs(asked)).toEqual(['CREATE TABLE', 'select column_name', 'CREATE OR REPLACE VIEW calls', 'CREATE OR REPLACE VIEW focus']);
  expect(asked[0]).toContain("LOCATION 's3://bucket/ledger/'");
  expect(response).toMatchObject({ Status: 'SUCCESS', PhysicalResourceId: 'Table' });
});

test('a table of an older version gets the columns that it lacks', async () => {
  expect((await send('Update', NAMES.slice(1)))[2]).toMatch(/^ALTER TABLE `ledger` ADD COLUMNS \(`ledger` bigint/);
});

test('a permission that is not there yet is waited for, and what Athena does not understand is not', async () => {
  const denied = 'Insufficient permissions to execute the query';
  expect(verbs(await send('Create', NAMES, [denied, denied])).filter((verb) => verb === 'CREATE TABLE')).toHaveLength(3);
  expect(response.Status).toBe('SUCCESS');
  await send('Create', NAMES, ['SYNTAX_ERROR: line 1:1']);
  expect(response).toMatchObject({ Status: 'FAILED', Reason: expect.stringContaining('SYNTAX_ERROR') });
});

test('a deletion asks nothing: the bucket and the database decide what becomes of the rows', async () => {
  expect(await send('Delete', NAMES)).toEqual([]);
  expect(response.Status).toBe('SUCCESS');
});
