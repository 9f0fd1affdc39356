import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { World } from '../../engine/agents/metering/world';
import { BEGIN, botocore, BOTOCORE, cloudWatchEvent, requestId, SONNET } from '../../engine/agents/spans';
import { AwsLogLines } from '../../../lambda/join-agents/log-lines';

interface Request {
  readonly logGroupName: string;
  readonly filterPattern: string;
  readonly startTime: number;
  readonly endTime: number;
  readonly nextToken?: string;
}

interface Event {
  readonly timestamp?: number;
  readonly message?: string;
}

/** Answers FilterLogEvents with the lines of each log group between two times, in pages of two: some of them are empty, as on AWS. */
class Logs {
  public readonly asked: Request[] = [];
  public failWith: string | undefined;
  private readonly server: Server;

  constructor(private readonly groups: Readonly<Record<string, readonly Event[]>>) {
    this.server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const { status, answer } = this.answer(JSON.parse(Buffer.concat(chunks).toString('utf8')) as Request);
        response.writeHead(status, { 'content-type': 'application/x-amz-json-1.1' }).end(JSON.stringify(answer));
      });
    });
  }

  public async start(): Promise<string> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  public stop(): void {
    this.server.closeAllConnections();
    this.server.close();
  }

  private answer(request: Request): { readonly status: number; readonly answer: object } {
    this.asked.push(request);
    if (this.failWith !== undefined) return { status: 400, answer: { __type: this.failWith, message: 'not allowed' } };
    const { logGroupName, startTime, endTime, nextToken = '0' } = request;
    const found = this.groups[logGroupName]!.filter(({ timestamp = startTime }) => timestamp >= startTime && timestamp <= endTime);
    const page = Number(nextToken);
    // Every other page has no event and a token, as when CloudWatch Logs has searched for long enough.
    const events = page % 2 === 0 ? [] : found.slice(page - 1, page + 1);
    return { status: 200, answer: { events, ...(page < found.length && { nextToken: String(page + 1) }) } };
  }
}

const RATED = `{"ledger":1,"time":"2026-11-20T10:00:00.000Z","modelId":"${SONNET}","status":"priced","requestId":"${requestId(1)}","tokens":{"input":14,"output":60},"costUsd":0.000942}`;

let logs: Logs;
const environment = { ...process.env };

async function withLogs(groups: Readonly<Record<string, readonly Event[]>>): Promise<void> {
  logs = new Logs(groups);
  Object.assign(process.env, {
    ...{ AWS_ENDPOINT_URL: await logs.start(), AWS_REGION: 'us-east-1', AWS_ACCESS_KEY_ID: 'a', AWS_SECRET_ACCESS_KEY: 'b' },
    ...{ AGENT_LOG_GROUP: 'agents', LEDGER_LOG_GROUP: 'ledger', DIMENSIONS: 'agent', METRICS_NAMESPACE: 'Test' },
  });
}

afterEach(() => {
  logs.stop();
  process.env = { ...environment };
  jest.restoreAllMocks();
});

test('all pages are read, empty ones too, and an event without a text or a time is no harm', async () => {
  await withLogs({
    agents: [{ timestamp: 20, message: 'one' }, { message: 'two' }, { timestamp: 30 }, { timestamp: 99, message: 'later' }],
  });
  const lines = await new AwsLogLines().read('agents', '{ $.agents = 1 }', 10, 90, 100);
  expect(lines).toEqual([
    { arrival: 20, text: 'one' },
    { arrival: 10, text: 'two' },
    { arrival: 30, text: '' },
  ]);
  expect(logs.asked[0]).toMatchObject({ logGroupName: 'agents', filterPattern: '{ $.agents = 1 }', startTime: 10, endTime: 90 });
  expect(logs.asked.map(({ nextToken }) => nextToken)).toEqual([undefined, '1', '2', '3']);
});

test('more lines than the limit are not read to their end', async () => {
  await withLogs({ agents: Array.from({ length: 50 }, (_, at) => ({ timestamp: at, message: 'line' })) });
  await expect(new AwsLogLines().read('agents', '', 0, 60, 7)).resolves.toBeUndefined();
  expect(logs.asked.length).toBeLessThan(20);
});

test('what AWS refuses fails the run with its name, and the next run makes up for it', async () => {
  await withLogs({ agents: [], ledger: [] });
  logs.failWith = 'AccessDeniedException';
  await expect(new AwsLogLines().read('agents', '', 0, 60, 7)).rejects.toThrow('not allowed');
});

test('the handler joins lines that were written a moment ago, in the minute that has not ended yet', async () => {
  const now = BEGIN + 7_777;
  const world = new World();
  await world.meter([cloudWatchEvent({ id: 'a', scope: BOTOCORE, attributes: botocore(requestId(1), 14, 60) })]);
  await withLogs({
    agents: world.written.map(({ text }) => ({ timestamp: now - 10, message: text })),
    ledger: [{ timestamp: now - 20, message: RATED }],
  });
  jest.spyOn(Date, 'now').mockReturnValue(now);
  let written = '';
  jest.spyOn(process.stdout, 'write').mockImplementation((text: unknown, done: unknown) => {
    written += String(text);
    (done as () => void)();
    return true;
  });
  const { handler } = jest.requireActual<typeof import('../../../lambda/join-agents/index')>('../../../lambda/join-agents/index');
  await handler();
  expect(written).toContain('"basis":"ledger"');
  expect(written).toContain('"agents.cost.usd":0.000942');
  expect(written).toContain('"agents.join.runs":1');
});
