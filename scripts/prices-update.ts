// Brings the built-in price catalogue and docs/prices.md up to the AWS Price List of the Regions given as options.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Command } from 'commander';
import { PriceList, PUBLIC_PRICE_LIST } from '../engine/price-list/price-list';
import { refresh } from '../engine/price-list/refresh';
import { Catalogue } from '../engine/pricing/catalogue';
import { pricesPage } from './prices-doc';

const root = join(__dirname, '..');

interface Options {
  readonly region: string[];
  readonly url: string;
  readonly catalogue: string;
  readonly page: string;
  readonly acceptQuarantined?: boolean;
}

/** Writes both files at the end, so that a Region that cannot be read leaves them as they were. */
async function update({ region: regions, url, catalogue: file, page, acceptQuarantined }: Options): Promise<void> {
  const today = new Date().toISOString().slice(0, 10);
  const priceList = new PriceList(url, fetch);
  let text = readFileSync(file, 'utf8');
  for (const region of regions) {
    const refreshed = await refresh({ priceList, region, today, builtIn: Catalogue.fromText(text), acceptQuarantined });
    const { offers, changed, added, quarantined, gaps, unplaced } = refreshed;
    const excludedRows = Object.values(offers.excluded).reduce((sum, rows) => sum + rows, 0);
    console.log(`${region}: ${offers.rates.length} prices, ${excludedRows} rows excluded`);
    print({
      changed,
      added,
      quarantined,
      contradictory: offers.contradictions,
      unclassified: [...unplaced, ...offers.unclassified.map(({ reason }) => reason)],
      'without a price': gaps,
    });
    text = refreshed.text.replace(/^.*/, JSON.stringify({ catalogue: today }));
  }
  writeFileSync(file, text);
  writeFileSync(page, pricesPage(Catalogue.fromText(text)));
}

function print(lists: Readonly<Record<string, readonly string[]>>): void {
  for (const [title, lines] of Object.entries(lists)) {
    if (lines.length > 0) console.log([`  ${title}:`, ...lines.map((line) => `    ${line}`)].join('\n'));
  }
}

const collect = (region: string, regions: string[] = []): string[] => [...regions, region];

new Command('prices:update')
  .requiredOption('--region <region>', 'a Region whose prices are read; can be repeated', collect)
  .option('--url <address>', 'the AWS Price List, or a mirror of it', PUBLIC_PRICE_LIST)
  .option('--catalogue <file>', 'the catalogue file to update', join(root, 'engine/pricing/catalogue.ndjson'))
  .option('--page <file>', 'the page to generate from it', join(root, 'docs/prices.md'))
  .option('--accept-quarantined', 'apply prices that moved by more than five times')
  .action(update)
  .parseAsync()
  .catch((error: unknown) => {
    console.error((error as Error).message);
    process.exitCode = 1;
  });
