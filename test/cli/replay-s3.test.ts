import { spawn } from 'node:child_process';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { ENTRY, runInProcess, type Ran } from './command-line';
import { call, lines } from './replaying';

const HOUR = 'logs/AWSLogs/111122223333/BedrockModelInvocationLogs/us-east-1/2026/11/20/10';
const OBJECTS: Record<string, Buffer> = {
  [`${HOUR}/a.json.gz`]: gzipSync(lines(call(1))),
  [`${HOUR}/b.json.gz`]: gzipSync(lines(call(2))),
  [`${HOUR}/data/c_input.json.gz`]: gzipSync('{}'),
  'logs/amazon-bedrock-logs-permission-check': Buffer.from('Permissions are correctly set'),
};

let server: Server;
const asked: string[] = [];

/** Lists one object a page, so that the command has to ask for the next page. */
function list(url: URL): string {
  const keys = Object.keys(OBJECTS).filter((key) => key.startsWith(url.searchParams.get('prefix') ?? ''));
  const at = Number(url.searchParams.get('continuation-token') ?? 0);
  const contents = keys.slice(at, at + 1).map((key) => `<Contents><Key>${key}</Key><Size>${OBJECTS[key]?.length}</Size></Contents>`);
  const more = at + 1 < keys.length;
  const next = more ? `<NextContinuationToken>${at + 1}</NextContinuationToken>` : '';
  return `<?xml version="1.0"?><ListBucketResult><IsTruncated>${more}</IsTruncated>${next}${contents.join('')}</ListBucketResult>`;
}

beforeAll(async () => {
  server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://localhost');
    asked.push(url.pathname);
    if (url.searchParams.get('list-type') === '2') return void response.end(list(url));
    const object = OBJECTS[decodeURIComponent(url.pathname).replace('/bucket/', '')];
    return object ? void response.end(object) : void response.writeHead(404).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});

afterAll(() => void server.close());

const environment = () => ({
  AWS_ACCESS_KEY_ID: 'test',
  AWS_SECRET_ACCESS_KEY: 'test',
  AWS_REGION: 'us-east-1',
  AWS_ENDPOINT_URL: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
});

const replay = (path: string): Promise<Ran> => runInProcess(['replay', path], environment());

/** As `run`, but not synchronously: the server is in this process. */
async function replayBundled(path: string): Promise<Ran> {
  const env = { PATH: process.env.PATH, NO_COLOR: '1', ...environment() };
  const child = spawn(process.execPath, [ENTRY, 'replay', path], { env });
  let [out, err] = ['', ''];
  child.stdout.on('data', (data: Buffer) => (out += data.toString()));
  child.stderr.on('data', (data: Buffer) => (err += data.toString()));
  return new Promise((resolve) => child.on('close', (code) => resolve({ code, out, err })));
}

test.each([
  ['the sources', replay],
  ['the bundle', replayBundled],
])('reads the records below an S3 prefix, page by page, and neither bodies nor permission checks: %s', async (_, replay) => {
  const { code, out, err } = await replay('s3://bucket/logs/');
  expect(out).toContain('2 records: 2 priced');
  expect(out).toContain('0.0000022');
  expect(err).toContain(`skipped bodies below data/: 1, the first is s3://bucket/${HOUR}/data/c_input.json.gz`);
  expect(asked.filter((path) => path.includes('/data/') || path.includes('permission'))).toEqual([]);
  expect(code).toBe(0);
});

test('fails for a prefix without records', async () => {
  const { code, err } = await replay('s3://bucket/nothing/');
  expect(code).toBe(1);
  expect(err).toContain('there are no records in s3://bucket/nothing/');
});

test('fails for an S3 URL without a bucket', async () => {
  const { code, err } = await replay('s3://');
  expect(code).toBe(1);
  expect(err).toContain('s3://: write s3://bucket or s3://bucket/prefix');
});
