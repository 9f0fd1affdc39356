import { PriceList } from '../../engine/price-list/price-list';
import { refresh } from '../../engine/price-list/refresh';
import { Catalogue } from '../../engine/pricing/catalogue';
import { CatalogueStore, type StoredCatalogue } from './catalogue-store';
import { readRefreshConfig } from './config';
import { logLine, metricLines, metricsOf, metricsOfFailure } from './refresh-report';

/** Sent by hand to accept a refused price list or quarantined prices; the daily schedule sends neither member. */
interface RefreshEvent {
  readonly acceptShrunken?: boolean;
  readonly acceptQuarantined?: boolean;
}

const config = readRefreshConfig(process.env);
const store = new CatalogueStore(config.bucket, config.key);
const priceList = new PriceList(config.priceListUrl, fetch);

// In Lambda's text format, console.log puts a time and a request id before the line, which is then no metric line.
const write = (text: string): Promise<void> =>
  new Promise((resolve, reject) => process.stdout.write(`${text}\n`, (error) => (error ? reject(error) : resolve())));

/** Brings the prices in the bucket up to the AWS Price List. The bucket is written once, at the end: a failure leaves it as it was. */
export async function handler({ acceptShrunken, acceptQuarantined }: RefreshEvent = {}): Promise<void> {
  const now = Date.now();
  const metrics = (values: Record<string, number>): string => metricLines(config.namespace, now, values);
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
