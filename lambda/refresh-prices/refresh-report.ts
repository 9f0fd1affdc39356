import { PriceMetrics } from '../../engine/telemetry/names';
import type { Refreshed } from '../../engine/price-list/refresh';

const HOUR = 3_600_000;
/** A log line is at most 256 KB; whoever needs all of it runs `npm run prices:update`. */
const MOST = 50;

/** What a refresh publishes: one line of metrics in the embedded metric format. */
export function metricsLine(namespace: string, now: number, values: Readonly<Record<string, number>>): string {
  const directive = { Namespace: namespace, Dimensions: [[]], Metrics: Object.keys(values).map((Name) => ({ Name })) };
  return JSON.stringify({ _aws: { Timestamp: now, CloudWatchMetrics: [directive] }, ...values });
}

export function metricsOf({ offers, changed, quarantined, gaps, unplaced }: Refreshed): Record<string, number> {
  const unclassified = offers.unclassified;
  return {
    [PriceMetrics.AGE]: 0,
    [PriceMetrics.FAILED]: 0,
    [PriceMetrics.ROWS_PRICED]: offers.rates.length,
    [PriceMetrics.ROWS_EXCLUDED]: sum(offers.excluded),
    [PriceMetrics.ROWS_UNCLASSIFIED]: unclassified.length + unplaced.length,
    [PriceMetrics.ROWS_UNCLASSIFIED_TOKENS]: unclassified.filter(({ tokens }) => tokens).length + unplaced.length,
    [PriceMetrics.CHANGED]: changed.length,
    [PriceMetrics.QUARANTINED]: quarantined.length + offers.contradictions.length,
    [PriceMetrics.GAPS]: gaps.length,
  };
}

/** The age of the prices in use where a refresh has failed; unknown where there never was one. */
export function metricsOfFailure(now: number, since: Date | undefined): Record<string, number> {
  return { [PriceMetrics.FAILED]: 1, ...(since && { [PriceMetrics.AGE]: (now - since.getTime()) / HOUR }) };
}

/** What whoever is told by an alarm looks for: which rows, and what they say. */
export function logLine({ offers, changed, added, quarantined, gaps, unplaced }: Refreshed): string {
  const { published, excluded, contradictions, unclassified } = offers;
  return JSON.stringify({
    level: 'INFO',
    message: 'the prices were refreshed',
    published,
    excluded,
    changed: changed.slice(0, MOST),
    added: added.slice(0, MOST),
    quarantined: quarantined.slice(0, MOST),
    contradictions: contradictions.slice(0, MOST),
    unclassified: [...unplaced, ...unclassified.filter(({ tokens }) => tokens).map(({ reason }) => reason)].slice(0, MOST),
    gaps: gaps.slice(0, MOST),
  });
}

function sum(counts: Readonly<Record<string, number>>): number {
  return Object.values(counts).reduce((total, count) => total + count, 0);
}
