import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join, resolve } from 'node:path';
import { SERVICES, type Service } from '../../../engine/price-list/offer-row';

const BUNDLE = resolve(__dirname, '../../../assets/refresh-prices/index.js');
const FIXTURES = join(__dirname, '../../fixtures/price-list');

export const OBJECT = '/prices/catalogue.ndjson';

export interface Offer {
  publicationDate: string;
  products: Record<string, { attributes: Record<string, string> }>;
  terms: { OnDemand: Record<string, Record<string, Term>> };
}

interface Term {
  sku: string;
  effectiveDate: string;
  priceDimensions: Record<string, { unit: string; pricePerUnit: Record<string, string> }>;
}

/** The real rows of the fixtures, fresh for each caller. */
export function offerOf(service: Service): Offer {
  return JSON.parse(readFileSync(join(FIXTURES, `${service}.json`), 'utf8')) as Offer;
}

/** Sets the price of the row with a usage type, and the day from which it holds. */
export function reprice(offer: Offer, usagetype: string, usd: string, day?: string): void {
  const [sku] = Object.entries(offer.products).find(([, { attributes }]) => attributes.usagetype === usagetype) ?? [];
  for (const term of Object.values(offer.terms.OnDemand[sku!]!)) {
    term.effectiveDate = day === undefined ? term.effectiveDate : `${day}T00:00:00Z`;
    for (const step of Object.values(term.priceDimensions)) step.pricePerUnit = { USD: usd };
  }
}

/** Adds a row of another usage type and price, in the shape of an existing one. */
export function addRow(offer: Offer, like: string, usagetype: string, usd: string, attributes: Record<string, string> = {}): void {
  const [sku, product] = Object.entries(offer.products).find(([, found]) => found.attributes.usagetype === like)!;
  const added = `ADDED${Object.keys(offer.products).length}`;
  offer.products[added] = { ...product, ...{ sku: added }, attributes: { ...product.attributes, ...attributes, usagetype } };
  const [term] = structuredClone(Object.values(offer.terms.OnDemand[sku]!));
  offer.terms.OnDemand[added] = { [added]: { ...term!, sku: added } };
  reprice(offer, usagetype, usd);
}

export interface Run {
  readonly failed: boolean;
  readonly metrics: Record<string, number>;
  readonly log: Record<string, unknown> & { message: string };
  readonly output: string;
}

/** The price list and S3, over HTTP, and the bundled handler between them. */
export class PriceServer {
  /** What is served of each service: an offer, or a text that is none. */
  public readonly offers = new Map<Service, Offer | string>(SERVICES.map((service) => [service, offerOf(service)]));
  /** What the bucket holds. */
  public stored?: string;
  public puts = 0;
  /** Status by path, where it is not the one expected. */
  public readonly broken = new Map<string, number>();
  public otherOrigin = false;
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
    const status = this.broken.get(path);
    if (status !== undefined) {
      response.writeHead(status).end();
    } else if (path === OBJECT) {
      await this.bucket(request, response);
    } else {
      this.priceList(path, response);
    }
  }

  private async bucket(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (request.method === 'PUT') {
      const parts: Buffer[] = [];
      for await (const part of request) parts.push(part as Buffer);
      this.stored = unchunked(Buffer.concat(parts).toString(), request.headers['content-encoding']);
      this.puts += 1;
      response.writeHead(200, { ETag: '"1"' }).end();
    } else if (this.stored === undefined) {
      response.writeHead(404, { 'Content-Type': 'application/xml' }).end('<Error><Code>NoSuchKey</Code></Error>');
    } else {
      response.writeHead(200, { ETag: '"1"', 'Last-Modified': 'Sat, 21 Nov 2026 00:00:00 GMT' }).end(this.stored);
    }
  }

  private priceList(path: string, response: ServerResponse): void {
    const [, service, file] = /^\/offers\/v1\.0\/aws\/(\w+)\/(.+)$/.exec(path) ?? [];
    const offer = this.offers.get(service as Service);
    if (file === 'current/region_index.json') {
      const currentVersionUrl = `${this.otherOrigin ? 'http://elsewhere.invalid' : ''}/offers/v1.0/aws/${service}/1/us-east-1/index.json`;
      response.end(JSON.stringify({ regions: offer === undefined ? {} : { 'us-east-1': { regionCode: 'us-east-1', currentVersionUrl } } }));
    } else if (offer === undefined) {
      response.writeHead(404).end();
    } else {
      response.end(typeof offer === 'string' ? offer : JSON.stringify(offer));
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
