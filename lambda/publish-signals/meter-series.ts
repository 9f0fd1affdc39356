import { Attributes, Metrics, TokenTypes } from '../../engine/telemetry/names';
import type { Points, Sources } from '../shared/sources';
import type { SignalsConfig } from './config';

/** Five minutes: some time zones begin their days at the half or quarter of an hour. */
const PERIOD_SECONDS = 300;

const ALL_TYPES = [TokenTypes.INPUT, TokenTypes.OUTPUT, TokenTypes.CACHE_READ, TokenTypes.CACHE_WRITE];

/** The cost that the meter published, as a whole or for one value of a dimension. */
export function costSeries(
  sources: Sources,
  { namespace }: SignalsConfig,
  from: number,
  to: number,
  dimensions: Readonly<Record<string, string>> = {},
): Promise<Points> {
  return sources.series({ namespace, metricName: Metrics.COST, dimensions, statistic: 'Sum', periodSeconds: PERIOD_SECONDS }, from, to);
}

/** The cost that the meter published by each value of a dimension. */
export function costSeriesBy(
  dimension: string,
  sources: Sources,
  { namespace }: SignalsConfig,
  from: number,
  to: number,
): Promise<ReadonlyMap<string, Points>> {
  return sources.seriesBy(dimension, { namespace, metricName: Metrics.COST, statistic: 'Sum', periodSeconds: 3600 }, from, to);
}

/** The tokens that the meter published, of all types together or of some. */
export async function tokenSeries(
  sources: Sources,
  { namespace }: SignalsConfig,
  from: number,
  to: number,
  types: readonly string[] = ALL_TYPES,
): Promise<Points> {
  const query = { namespace, metricName: Metrics.TOKENS, statistic: 'Sum', periodSeconds: PERIOD_SECONDS };
  const total = new Map<number, number>();
  for (const type of types) {
    const points = await sources.series({ ...query, dimensions: { [Attributes.TOKEN_TYPE]: type } }, from, to);
    points.forEach((value, start) => total.set(start, (total.get(start) ?? 0) + value));
  }
  return total;
}
