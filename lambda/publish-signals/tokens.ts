import { Signals, TokenTypes } from '../../engine/telemetry/names';
import { startOf } from '../../engine/calendar';
import { sumOf } from '../shared/sources';
import { BASELINE_DAYS, completeDays, hourAsMultiple, WARM_UP_DAYS } from './baseline';
import { tokenSeries } from './meter-series';
import { DAY, type Signal } from './signal';

/** The tokens of the last complete hour against the same hour of the days before. */
export const tokensOfHour: Signal = async (sources, config, now) => {
  const series = (from: number, to: number) => tokenSeries(sources, config, from, to);
  return [{ metric: Signals.TOKENS_HOUR_RATIO, value: await hourAsMultiple(series, config, now, config.minimumHourlyTokens) }];
};

/**
 * The tokens of the last seven days against the seven before, once there are nearly two weeks of them. The first day may have had
 * no calls, as weekends do, so the days before it show whether the meter was there.
 */
export const tokensOfWeek: Signal = async (sources, config, now) => {
  const points = await tokenSeries(sources, config, now - 18 * DAY, now);
  const before = sumOf(points, now - 14 * DAY, now - 7 * DAY);
  const last = sumOf(points, now - 7 * DAY, now);
  const twoWeeks = [...points.keys()].some((start) => start < now - 13 * DAY);
  const floor = config.minimumHourlyTokens * 24;
  return [{ metric: Signals.TOKENS_WEEK_GROWTH, value: twoWeeks ? (100 * (last - before)) / Math.max(before, floor) : undefined }];
};

/** Percentage points by which the share of input that came from the prompt cache fell against the seven days before. */
export const cacheHits: Signal = async (sources, config, now) => {
  const from = now - (BASELINE_DAYS + 1) * DAY;
  const seriesOf = (type: string) => tokenSeries(sources, config, from, now, [type]);
  const input = await seriesOf(TokenTypes.INPUT);
  const read = await seriesOf(TokenTypes.CACHE_READ);
  const written = await seriesOf(TokenTypes.CACHE_WRITE);
  const percentRead = (start: number, end: number): number | undefined => {
    const total = sumOf(input, start, end) + sumOf(read, start, end) + sumOf(written, start, end);
    return total >= config.minimumHourlyTokens ? (100 * sumOf(read, start, end)) / total : undefined;
  };
  const before = percentRead(from, now - DAY);
  const last = percentRead(now - DAY, now);
  const days = completeDays(input, startOf('day', now, config.timeZone), config).length;
  const drop = before === undefined || last === undefined ? undefined : Math.max(0, before - last);
  return [{ metric: Signals.CACHE_HIT_DROP, value: days >= WARM_UP_DAYS ? drop : undefined }];
};
