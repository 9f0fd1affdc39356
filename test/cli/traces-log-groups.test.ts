import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { BEGIN, BOTOCORE, botocore, cloudWatchEvent, requestId, SONNET } from '../engine/agents/spans';
import { runInProcess } from './command-line';
import { file } from './replaying';

interface Asked {
  readonly logGroupName?: string;
  readonly logGroupNamePrefix?: string;
  readonly nextToken?: string;
  readonly startTime?: number;
  readonly endTime?: number;
  /** The Region that the request is signed for. */
  readonly region?: string;
}

const RUNTIMES = '/aws/bedrock-agentcore/runtimes/';
const span = (trace: string, n: number) =>
  JSON.stringify(cloudWatchEvent({ id: 'leaf', trace: trace.repeat(32), scope: BOTOCORE, attributes: botocore(requestId(n), 10, 5) }));
const ledger = `{"ledger":1,"time":"2026-11-20T10:00:00.000Z","modelId":"${SONNET}","caller":"me","status":"priced","requestId":"${requestId(1)}","tokens":{"input":7,"output":8},"costUsd":0.25}`;
const GROUPS: Readonly<Record<string, readonly string[]>> = {
  'aws/spans': [span('a', 1), span('b', 2)],
  [`${RUNTIMES}one-DEFAULT`]: ['a line of the application', span('c', 3)],
  [`${RUNTIMES}two-DEFAULT`]: [JSON.stringify(JSON.parse(span('d', 4)), undefined, 2)],
  '/aws/lambda/meter': [ledger],
};

let server: Server;
let asked: Asked[] = [];

function answer(target: string, body: Asked): [number, unknown] {
  if (target === 'DescribeLogGroups') {
    const names = Object.keys(GROUPS).filter((name) => name.startsWith(body.logGroupNamePrefix!));
    return [200, { logGroups: names.map((logGroupName) => ({ logGroupName })) }];
  }
  if (body.logGroupName === '/aws/secret') return [400, { __type: 'AccessDeniedException', message: 'no' }];
  const events = GROUPS[body.logGroupName!];
  if (!events) return [400, { __type: 'ResourceNotFoundException', message: 'no' }];
  const at = Number(body.nextToken ?? 0);
  const nextToken = at + 1 < events.length ? { nextToken: String(at + 1) } : {};
  return [200, { events: events.slice(at, at + 1).map((message) => ({ message, timestamp: BEGIN })), ...nextToken }];
}

beforeAll(async () => {
  server = createServer((request, response) => {
    let text = '';
    request.on('data', (data: Buffer) => (text += data.toString()));
    request.on('end', () => {
      const body = JSON.parse(text) as Asked;
      asked.push({ ...body, region: String(request.headers.authorization).split('/')[2] });
      const [status, value] = answer(String(request.headers['x-amz-target']).split('.')[1]!, body);
      response.writeHead(status, { 'content-type': 'application/x-amz-json-1.1' }).end(JSON.stringify(value));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
beforeEach(() => void (asked = []));
afterAll(() => void server.close());

const traces = (...args: string[]) =>
  runInProcess(['traces', ...args], {
    ...{ AWS_ACCESS_KEY_ID: 'test', AWS_SECRET_ACCESS_KEY: 'test', AWS_REGION: 'us-east-1' },
    AWS_ENDPOINT_URL: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
  });
const idsIn = (out: string): string =>
  (JSON.parse(out) as { traces: Array<{ traceId: string }> }).traces.map(({ traceId }) => traceId[0]).join('');

test('spans of a log group, page by page, with the ledger of another', async () => {
  const { code, out } = await traces('show', 'aws/spans', '--ledger', 'logs:/aws/lambda/meter', '--from', '2026-11-20', '--json', '-');
  expect(code).toBe(0);
  expect(JSON.parse(out)).toMatchObject({ traces: [{ costUsd: '0.25', costBasis: 'ledger', callers: ['me'] }, { costBasis: 'estimate' }] });
  const day = Date.UTC(2026, 10, 20);
  expect(asked[0]).toMatchObject({ logGroupName: 'aws/spans', startTime: day - 900_000 });
  expect(asked).toHaveLength(3);
});

test('the groups of all runtimes, beside a file', async () => {
  const { out } = await traces('list', `${RUNTIMES}*`, file(span('e', 5)), '--json', '-');
  expect(idsIn(out).split('').sort().join('')).toBe('cde');
});

test('an ARN, and the last day where no time is given', async () => {
  const before = Date.now();
  expect(idsIn((await traces('list', 'arn:aws:logs:us-east-1:111122223333:log-group:aws/spans:*', '--json', '-')).out)).toBe('ab');
  const { startTime, endTime } = asked[0]!;
  expect(before - startTime!).toBeLessThanOrEqual(86_400_000 + 900_000);
  expect(endTime).toBeGreaterThanOrEqual(before);
});

test('log groups are read in the Region that is asked for, an ARN in its own', async () => {
  await traces('list', 'aws/spans', 'arn:aws:logs:us-west-2:111122223333:log-group:aws/spans', '--region', 'eu-central-1', '--json', '-');
  expect(new Set(asked.map(({ region }) => region))).toEqual(new Set(['eu-central-1', 'us-west-2']));
  expect(await traces('list', 'aws/spans', '--region', 'eu-centrall-1')).toMatchObject({
    code: 1,
    err: expect.stringContaining("'--region'"),
  });
});

test.each([
  ['logs:missing', "there is no log group 'missing' in this Region and account"],
  ['/aws/secret', 'permission denied: logs:FilterLogEvents is needed'],
])('%s: the reason in words', async (path, reason) => {
  expect(await traces('list', path)).toMatchObject({ code: 1, err: expect.stringContaining(reason) });
  expect(await traces('list', path, file(span('f', 6)))).toMatchObject({ code: 3, err: expect.stringContaining(reason) });
});
