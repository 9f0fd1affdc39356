import { execFile } from 'node:child_process';
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Catalogue } from '../../engine/pricing/catalogue';
import { problemsOf } from '../../engine/pricing/catalogue-problems';
import { offerOf, reprice } from '../engine/price-list/fake-price-list';
import { PriceServer } from '../lambda/refresh-prices/price-server';

const root = join(__dirname, '../..');
const TSX = join(root, 'node_modules/tsx/dist/cli.mjs');
let server: PriceServer;
let folder: string;

beforeEach(async () => {
  server = new PriceServer();
  await server.start();
  folder = mkdtempSync(join(tmpdir(), 'prices-'));
  copyFileSync(join(root, 'engine/pricing/catalogue.ndjson'), join(folder, 'catalogue.ndjson'));
  writeFileSync(join(folder, 'prices.md'), 'before');
});

afterEach(() => {
  server.stop();
  rmSync(folder, { recursive: true });
});

function update(...args: string[]): Promise<{ code: number; output: string }> {
  const files = ['--catalogue', join(folder, 'catalogue.ndjson'), '--page', join(folder, 'prices.md'), '--url', server.url];
  return new Promise((settle) => {
    execFile(process.execPath, [TSX, 'scripts/prices-update.ts', ...files, ...args], { cwd: root }, (error, stdout, stderr) =>
      settle({ code: error ? Number(error.code) : 0, output: stdout + stderr }),
    );
  });
}

const written = (file: string): string => readFileSync(join(folder, file), 'utf8');

test('brings catalogue and page up to the price list, and says what changed', async () => {
  const offer = offerOf('AmazonBedrock');
  reprice(offer, 'USE1-NovaMicro-input-tokens-batch', '0.0000150000', '2026-11-01');
  server.list.offers.set('AmazonBedrock', offer);
  const { code, output } = await update('--region', 'us-east-1');
  expect(code).toBe(0);
  expect(output).toContain('us-east-1: 60 prices, 10 rows excluded');
  expect(output).toContain('USE1-NovaMicro-input-tokens-batch: input of amazon.nova-micro-v1:0 0.0175 -> 0.015');
  expect(problemsOf(written('catalogue.ndjson'))).toEqual([]);
  expect(Catalogue.fromText(written('catalogue.ndjson')).version).toMatch(/^\d{4}-\d{2}-\d{2}$/);
  expect(written('prices.md')).toContain('read:AmazonBedrock:us-east-1:2026-07-23');
  const again = await update('--region', 'us-east-1');
  expect(again.output).not.toContain('->');
});

test('fails without touching a file where one of the Regions cannot be read', async () => {
  const before = written('catalogue.ndjson');
  const { code, output } = await update('--region', 'us-east-1', '--region', 'eu-central-1');
  expect(code).toBe(1);
  expect(output).toContain('the price list is refused: no row of it could be read as a price');
  expect([written('catalogue.ndjson'), written('prices.md')]).toEqual([before, 'before']);
});
