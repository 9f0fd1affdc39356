import { Catalogue } from '../../engine/pricing/catalogue';
import { readRefreshConfig } from './config';
import { PriceList } from '../../engine/price-list/price-list';
import { refresh } from '../../engine/price-list/refresh';
import { logLine, metricsLine, metricsOf, metricsOfFailure } from './refresh-report';
import { CatalogueStore, type StoredCatalogue } from './catalogue-store';

/** What somebody who looked at a refused or quarantined price list may say; a schedule says nothing. */
interface RefreshEvent {
  readonly acceptShrunken?: boolean;
  readonly acceptQuarantined?: boolean;
}

const config = readRefreshConfig(process.env);
const store = new CatalogueStore(config.bucket, config.key);
const priceList = new PriceList(config.priceListUrl);

// Straight to the stream: console.log would put a prefix before metric lines.
const write = (text: string): Promise<void> =>
  new Promise((resolve, reject) => process.stdout.write(`${text}\n`, (error) => (error ? reject(error) : resolve())));

/** Brings the prices in the bucket up to the AWS Price List. Whatever goes wrong, the prices that are there stay. */
export async function handler({ acceptShrunken, acceptQuarantined }: RefreshEvent = {}): Promise<void> {
  const now = Date.now();
  const metrics = (values: Record<string, number>): string => metricsLine(config.namespace, now, values);
  let stored: StoredCatalogue | undefined;
  try {
    stored = await store.get();
    const refreshed = await refresh({
      priceList,
      region: config.region,
      today: new Date(now).toISOString().slice(0, 10),
      builtIn: Catalogue.builtIn(),
      stored: stored?.text,
      acceptShrunken: acceptShrunken === true,
      acceptQuarantined: acceptQuarantined === true,
    });
    await store.put(refreshed.text);
    await write(`${metrics(metricsOf(refreshed))}\n${logLine(refreshed)}`);
  } catch (error) {
    const message = `the prices were not refreshed and stay as they are: ${error instanceof Error ? error.message : 'unknown error'}`;
    await write(`${metrics(metricsOfFailure(now, stored?.since))}\n${JSON.stringify({ level: 'ERROR', message })}`);
    throw error;
  }
}
