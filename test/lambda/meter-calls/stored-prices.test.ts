import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { metadataOnly, numbered } from '../../fixtures/invocation-records';
import { subscriptionEvent } from '../../engine/metering/harness';
import { runBundle } from './runtime-api';

const SHIPPED = readFileSync(join(__dirname, '../../../engine/pricing/catalogue.ndjson'), 'utf8');
const now = new Date().toISOString().replace(/\.\d+Z$/, 'Z');
const batch = subscriptionEvent([{ ...numbered(metadataOnly, 1), timestamp: now }]);

/** A bucket, over HTTP. */
let bucket: Server;
let objects: Record<string, string>;
let requests: string[];

beforeEach(async () => {
  objects = {};
  requests = [];
  bucket = createServer(({ url = '', headers }, response) => {
    const [path = ''] = url.split('?');
    const text = objects[path];
    requests.push(`${path} ${headers['if-none-match'] ?? ''}`.trim());
    if (text === undefined) response.writeHead(404, { 'Content-Type': 'application/xml' }).end('<Error><Code>NoSuchKey</Code></Error>');
    else response.writeHead(200, { ETag: '"1"' }).end(text);
  });
  await new Promise<void>((listening) => bucket.listen(0, '127.0.0.1', listening));
});

afterEach(() => {
  bucket.closeAllConnections();
  bucket.close();
});

async function ledgerLines(
  env: Record<string, string>,
  events = [batch],
): Promise<{ ledger: Record<string, unknown>[]; output: string; kinds: string[] }> {
  const { lines, answers } = await runBundle(events, {
    LEDGER: 'perCall',
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
    AWS_MAX_ATTEMPTS: '1',
    AWS_ENDPOINT_URL_S3: `http://127.0.0.1:${(bucket.address() as AddressInfo).port}`,
    ...env,
  });
  const ledger = lines.filter((line) => line.startsWith('{"ledger"')).map((line) => JSON.parse(line) as Record<string, unknown>);
  return { ledger, output: lines.join('\n'), kinds: answers.map(({ kind }) => kind) };
}

const STORED = { CATALOGUE_BUCKET: 'prices', CATALOGUE_KEY: 'catalogue.ndjson' };

test('the bundled meter prices with the catalogue in the bucket, which it fetches once', async () => {
  // Ten times every token price of the shipped catalogue.
  objects['/prices/catalogue.ndjson'] = SHIPPED.replace(/"rates":\{[^}]*\}/g, (rates) =>
    rates.replace(/"(\d[\d.]*)"/g, (_, rate) => `"${(10 * Number(rate)).toFixed(6)}"`),
  );
  const [shipped, stored] = [
    await ledgerLines({}),
    await ledgerLines(STORED, [batch, subscriptionEvent([{ ...numbered(metadataOnly, 2), timestamp: now }])]),
  ];
  expect(shipped.ledger[0]!.costUsd).toBeGreaterThan(0);
  expect(stored.ledger.map(({ costUsd }) => (costUsd as number) / (shipped.ledger[0]!.costUsd as number))).toEqual([
    expect.closeTo(10, 6),
    expect.closeTo(10, 6),
  ]);
  expect(requests).toEqual(['/prices/catalogue.ndjson']);
});

test('a bucket that is still empty costs no batch', async () => {
  const { ledger, output, kinds } = await ledgerLines(STORED);
  expect(kinds).toEqual(['response']);
  expect(ledger[0]).toMatchObject({ status: 'priced' });
  expect(output).toContain('the refreshed prices cannot be used, the ones at hand stay in use: NoSuchKey');
});

test('the own prices in a file name themselves in the ledger', async () => {
  const provider = /anthropic/.test(String(metadataOnly.modelId)) ? 'Anthropic' : 'Amazon';
  objects['/assets/own.json'] = JSON.stringify({ discounts: [{ provider, percent: 50, name: 'EDP' }] });
  const [full, half] = [await ledgerLines({}), await ledgerLines({ PRICE_OVERRIDES_BUCKET: 'assets', PRICE_OVERRIDES_KEY: 'own.json' })];
  expect(half.ledger[0]!.costUsd as number).toBeCloseTo((full.ledger[0]!.costUsd as number) / 2, 12);
  expect(half.ledger[0]!.priceRow).toBe(`EDP+${full.ledger[0]!.priceRow as string}`);
});

test('fails, so that Lambda keeps the batch, where the own prices cannot be read', async () => {
  const { ledger, kinds } = await ledgerLines({ PRICE_OVERRIDES_BUCKET: 'assets', PRICE_OVERRIDES_KEY: 'own.json' });
  expect(kinds).toEqual(['error']);
  expect(ledger).toEqual([]);
});
