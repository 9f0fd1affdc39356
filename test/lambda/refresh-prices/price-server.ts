import { execFile } from 'node:child_process';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { resolve } from 'node:path';
import { FakePriceList } from '../../engine/price-list/fake-price-list';

const BUNDLE = resolve(__dirname, '../../../assets/refresh-prices/index.js');

const OBJECT = '/prices/catalogue.ndjson';

export interface Run {
  readonly failed: boolean;
  readonly metrics: Record<string, number>;
  readonly log: Record<string, unknown> & { message: string };
  readonly output: string;
}

/** The price list and S3, over HTTP, and the bundled handler between them. */
export class PriceServer {
  public readonly list = new FakePriceList();
  /** What the bucket holds. */
  public stored?: string;
  /** Whether the bucket refuses writes. */
  public readOnly = false;
  private readonly server: Server = createServer((request, response) => void this.answer(request, response));

  public async start(): Promise<void> {
    await new Promise<void>((listening) => this.server.listen(0, '127.0.0.1', listening));
  }

  public stop(): void {
    this.server.closeAllConnections();
    this.server.close();
  }

  public get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  public run(event: unknown = {}, env: Record<string, string> = {}): Promise<Run> {
    const script = `require(${JSON.stringify(BUNDLE)}).handler(${JSON.stringify(event)}).catch(() => { process.exitCode = 3; });`;
    return new Promise((settle) => {
      execFile(
        process.execPath,
        ['-e', script],
        {
          env: {
            PATH: process.env.PATH,
            AWS_REGION: 'us-east-1',
            AWS_ACCESS_KEY_ID: 'test',
            AWS_SECRET_ACCESS_KEY: 'test',
            AWS_ENDPOINT_URL_S3: this.url,
            AWS_MAX_ATTEMPTS: '1',
            CATALOGUE_BUCKET: 'prices',
            CATALOGUE_KEY: 'catalogue.ndjson',
            PRICE_LIST_URL: this.url,
            ...env,
          },
        },
        (error, stdout, stderr) => {
          const lines = stdout
            .trim()
            .split('\n')
            .filter((line) => line.startsWith('{'))
            .map((line) => JSON.parse(line) as Record<string, unknown>);
          settle({
            failed: error?.code === 3,
            metrics: (lines.find((line) => '_aws' in line) ?? {}) as Record<string, number>,
            log: (lines.find((line) => 'level' in line) ?? { message: stderr }) as Run['log'],
            output: stdout + stderr,
          });
        },
      );
    });
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const [path = ''] = (request.url ?? '').split('?');
    if (path === OBJECT) {
      await this.bucket(request, response);
    } else {
      const { status, body } = this.list.respond(path);
      response.writeHead(status).end(body);
    }
  }

  private async bucket(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (request.method === 'PUT' && this.readOnly) {
      response.writeHead(403).end();
    } else if (request.method === 'PUT') {
      const parts: Buffer[] = [];
      for await (const part of request) parts.push(part as Buffer);
      this.stored = unchunked(Buffer.concat(parts).toString(), request.headers['content-encoding']);
      response.writeHead(200, { ETag: '"1"' }).end();
    } else if (this.stored === undefined) {
      response.writeHead(404, { 'Content-Type': 'application/xml' }).end('<Error><Code>NoSuchKey</Code></Error>');
    } else {
      response.writeHead(200, { ETag: '"1"', 'Last-Modified': 'Sat, 21 Nov 2026 00:00:00 GMT' }).end(this.stored);
    }
  }
}

/** The SDK sends bodies in chunks of its own, with a checksum behind them. */
function unchunked(body: string, encoding: string | undefined): string {
  if (!encoding?.includes('aws-chunked')) return body;
  let text = '';
  for (let at = 0; ;) {
    const end = body.indexOf('\r\n', at);
    const bytes = parseInt(body.slice(at, end), 16);
    if (!bytes) return text;
    text += body.slice(end + 2, end + 2 + bytes);
    at = end + 2 + bytes + 2;
  }
}
