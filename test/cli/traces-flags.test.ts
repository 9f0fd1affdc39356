import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { BOTOCORE, botocore, cloudWatchEvent, requestId } from '../engine/agents/spans';
import { runInProcess } from './command-line';
import { file, folder, lines } from './replaying';

const A = 'a'.repeat(32);
const B = 'b'.repeat(32);
const span = (trace: string, n: number) =>
  cloudWatchEvent({ id: 'leaf', trace, scope: BOTOCORE, at: n * 1000, attributes: botocore(requestId(n), 10, 5) });
const SPANS = file(lines(span(A, 1), span(B, 2)));
const SPAN = span(A, 1).spanId as string;
let files = 0;
const newFile = (): string => join(folder, `flags-${++files}.json`);
const traces = (...args: string[]) => runInProcess(['traces', ...args]);

test('a flag is written, shown, selected and taken off', async () => {
  const flags = newFile();
  expect(await traces('flag', A, '--as', 'wrong', '--note', 'names a customer', '--flags', flags)).toMatchObject({
    code: 0,
    out: `1 flag 'wrong' written to ${flags}\n`,
  });
  await traces('flag', A, '--span', SPAN, '--as', 'slow', '--flags', flags);
  const { out } = await traces('show', SPANS, '--flagged', '--flags', flags);
  expect(out).toContain('flagged: slow');
  expect(out).toContain(': wrong, names a customer');
  expect(out).not.toContain(B);
  expect((await traces('list', SPANS, '--flags', flags)).out).toContain('wrong, slow');
  const { traces: shown } = JSON.parse((await traces('show', SPANS, '--flags', flags, '--json', '-')).out) as {
    traces: Array<{ review?: unknown }>;
  };
  expect(shown[0]).toMatchObject({ review: [{ label: 'wrong' }, { label: 'slow', spanId: SPAN }] });
  expect(shown[1]).not.toHaveProperty('review');
  expect(await traces('flag', A, '--as', 'wrong', '--remove', '--flags', flags)).toMatchObject({ code: 0 });
  expect(JSON.parse(readFileSync(flags, 'utf8'))).toMatchObject({ flags: [{ label: 'slow' }] });
});

test('a second flag of one label replaces the first', async () => {
  const flags = newFile();
  await traces('flag', A, B, '--flags', flags);
  await traces('flag', A, '--note', 'again', '--flags', flags);
  const written = JSON.parse(readFileSync(flags, 'utf8')) as { flags: unknown[] };
  expect(written.flags).toHaveLength(2);
});

test.each<[string[], string]>([
  [['flag', './spans.json'], "a trace must be an id as 'traces list --json -' has it, got './spans.json'"],
  [['flag', 'x y'], "a trace must be an id as 'traces list --json -' has it, got 'x y'"],
  [['flag', A, '--as', 'two words'], "'--as' must be one word"],
  [['flag', A, '--note', 'x'.repeat(201)], "'--note' must not be longer than 200 characters"],
  [['flag', A, B, '--span', SPAN], "'--span' is of one trace"],
  [['flag', A, '--flags', file('{')], 'is not JSON'],
  [['flag', A, '--flags', file('{"flags":[{"label":1}]}')], "a file that 'traces flag' wrote"],
  [['flag', A, '--flags', '/no/such/folder/x'], "'--flags' cannot be written"],
  [['flag', A, '--remove', '--flags', newFile()], "1 flag 'review' to remove is not in"],
  [['list', SPANS, '--flags', 'missing.json'], "'--flags' cannot be read: no such file"],
])('%j', async (args, message) => {
  expect(await traces(...args)).toMatchObject({ code: 1, err: expect.stringContaining(message) });
});

describe('in S3', () => {
  let server: Server;
  let object: string | undefined;
  let conflicts = 0;
  const conditions: string[] = [];

  beforeAll(async () => {
    server = createServer((request, response) => {
      if (request.method === 'GET') {
        if (object === undefined) return void response.writeHead(404).end('<Error><Code>NoSuchKey</Code></Error>');
        return void response.writeHead(200, { etag: '"1"' }).end(object);
      }
      conditions.push(String(request.headers['if-match'] ?? request.headers['if-none-match']));
      let body = '';
      request.on('data', (data: Buffer) => (body += data.toString()));
      request.on('end', () => {
        conflicts -= 1;
        if (conflicts >= 0) return void response.writeHead(412).end('<Error><Code>PreconditionFailed</Code></Error>');
        // The body of the SDK is in chunks with signatures.
        object = body.slice(body.indexOf('{'), body.lastIndexOf('}') + 1);
        return void response.writeHead(200).end();
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  });
  afterAll(() => void server.close());

  const environment = () => ({
    ...{ AWS_ACCESS_KEY_ID: 'test', AWS_SECRET_ACCESS_KEY: 'test', AWS_REGION: 'us-east-1' },
    AWS_ENDPOINT_URL: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
  });
  const withS3 = (...args: string[]) => runInProcess(['traces', ...args, '--flags', 's3://bucket/flags.json'], environment());

  test('made where there is none, and no flag of another person is lost', async () => {
    expect(await withS3('flag', A)).toMatchObject({ code: 0 });
    conflicts = 2;
    expect(await withS3('flag', B)).toMatchObject({ code: 0 });
    expect(conditions).toEqual(['*', '"1"', '"1"', '"1"']);
    expect((await withS3('list', SPANS, '--flagged')).out).toContain(B);
    conflicts = 100;
    expect(await withS3('flag', B)).toMatchObject({ code: 1, err: expect.stringContaining("'--flags' cannot be written") });
  });
});
