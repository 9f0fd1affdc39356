import { emfLines } from '../../engine/telemetry/emf';
import { PriceMetrics } from '../../engine/telemetry/names';
import type { Refreshed } from '../../engine/price-list/refresh';

const HOUR = 3_600_000;
/** Entries of one list in the log line, which CloudWatch cuts at 256 KB. `npm run prices:update` prints the whole lists. */
const MAX_ENTRIES = 50;

/** What a refresh publishes, in the embedded metric format. */
export function metricLines(namespace: string, now: number, values: Readonly<Record<string, number>>): string {
  const readings = Object.entries(values).map(([metric, value]) => ({ metric, value }));
  return emfLines(namespace, readings, now).join('\n');
}

export function metricsOf({ offers, changed, quarantined, gaps, unplaced, news, isFirst }: Refreshed): Record<string, number> {
  const { unclassified } = offers;
  return {
    [PriceMetrics.AGE]: 0,
    [PriceMetrics.FAILED]: 0,
    [PriceMetrics.ROWS_PRICED]: offers.rates.length,
    [PriceMetrics.ROWS_EXCLUDED]: sum(offers.excluded),
    [PriceMetrics.ROWS_UNCLASSIFIED]: unclassified.length + unplaced.length,
    [PriceMetrics.ROWS_UNCLASSIFIED_TOKENS]: unclassified.filter(({ tokens }) => tokens).length + unplaced.length,
    [PriceMetrics.ROWS_UNCLASSIFIED_NEW]: news.unclassified.length,
    [PriceMetrics.CHANGED]: isFirst ? 0 : changed.length,
    [PriceMetrics.QUARANTINED]: quarantined.length + offers.contradictions.length,
    [PriceMetrics.QUARANTINED_NEW]: news.quarantined.length,
    [PriceMetrics.GAPS]: gaps.length,
  };
}

/** The metrics of a failed refresh. The age of the prices in use is published if an earlier refresh stored some. */
export function metricsOfFailure(now: number, since: Date | undefined): Record<string, number> {
  return { [PriceMetrics.FAILED]: 1, ...(since && { [PriceMetrics.AGE]: (now - since.getTime()) / HOUR }) };
}

/** The log line to which the runbooks of the price alarms lead: which prices and rows, and what they say. */
export function logLine({ offers, changed, added, quarantined, gaps, unplaced, news, isFirst }: Refreshed): string {
  const { published, excluded, contradictions, unclassified } = offers;
  return JSON.stringify({
    level: 'INFO',
    message: isFirst ? 'the prices were refreshed for the first time' : 'the prices were refreshed',
    published,
    excluded,
    newUnclassified: news.unclassified.slice(0, MAX_ENTRIES),
    newQuarantined: news.quarantined.slice(0, MAX_ENTRIES),
    changed: changed.slice(0, MAX_ENTRIES),
    added: added.slice(0, MAX_ENTRIES),
    quarantined: quarantined.slice(0, MAX_ENTRIES),
    contradictions: contradictions.slice(0, MAX_ENTRIES),
    unclassified: [...unplaced, ...unclassified.filter(({ tokens }) => tokens).map(({ reason }) => reason)].slice(0, MAX_ENTRIES),
    gaps: gaps.slice(0, MAX_ENTRIES),
  });
}

function sum(counts: Readonly<Record<string, number>>): number {
  return Object.values(counts).reduce((total, count) => total + count, 0);
}
