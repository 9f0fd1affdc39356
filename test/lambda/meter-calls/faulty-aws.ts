import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What the meter asks. */
export const DEPENDENCIES = ['profile', 'role', 'catalogue', 'secret', 'overrides', 'table'] as const;
export type Dependency = (typeof DEPENDENCIES)[number];

/** How a service can fail to answer. */
export const FAULTS = {
  'accepts and says nothing': () => undefined,
  'stalls in the body': (response) => {
    response.writeHead(200, { 'Content-Length': 100_000, 'Content-Type': 'application/json', ETag: '"1"' });
    response.write('{"');
  },
  throttles: (response) =>
    response
      .writeHead(429, { 'x-amzn-errortype': 'ThrottlingException', 'Content-Type': 'application/json' })
      .end('{"message":"slow down"}'),
  'answers garbage': (response) => response.writeHead(200, { 'Content-Type': 'text/html' }).end('<html>a proxy</html>'),
  'closes the connection': (response) => response.destroy(),
  denies: (response) =>
    response.writeHead(403, { 'x-amzn-errortype': 'AccessDeniedException', 'Content-Type': 'application/json' }).end('{"message":"no"}'),
} satisfies Record<string, (response: ServerResponse) => unknown>;
export type Fault = keyof typeof FAULTS;

/** Bedrock, STS, S3, Secrets Manager and Firehose over HTTP, of which single ones can be made to fail. */
export class FaultyAws {
  public readonly faults = new Map<Dependency, Fault>();
  /** How often each was asked. */
  public readonly asked: Record<Dependency, number> = { profile: 0, role: 0, catalogue: 0, secret: 0, overrides: 0, table: 0 };
  private readonly server: Server = createServer((request, response) => this.answer(request, response));

  /** @param answers what each answers when nothing is wrong */
  constructor(private readonly answers: Readonly<Record<Dependency, string>>) {}

  public async start(): Promise<void> {
    await new Promise<void>((listening) => this.server.listen(0, '127.0.0.1', listening));
  }

  public stop(): void {
    this.server.closeAllConnections();
    this.server.close();
  }

  /** The environment in which the SDK asks here. */
  public get environment(): Record<string, string> {
    return {
      AWS_ENDPOINT_URL: `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`,
      AWS_REGION: 'us-east-1',
      AWS_ACCESS_KEY_ID: 'test',
      AWS_SECRET_ACCESS_KEY: 'test',
    };
  }

  private answer(request: IncomingMessage, response: ServerResponse): void {
    const dependency = dependencyOf(request);
    this.asked[dependency] += 1;
    const fault = this.faults.get(dependency);
    if (fault) {
      FAULTS[fault](response);
    } else {
      response.writeHead(200, { 'Content-Type': 'application/json', ETag: '"1"' }).end(this.answers[dependency]);
    }
  }
}

function dependencyOf({ url = '', method, headers }: IncomingMessage): Dependency {
  if (url.startsWith('/inference-profiles/')) return 'profile';
  if (headers['content-type']?.includes('urlencoded')) return 'role';
  if (String(headers['x-amz-target']).startsWith('Firehose')) return 'table';
  if (method === 'POST') return 'secret';
  return url.startsWith('/prices/') ? 'catalogue' : 'overrides';
}
