import { plus, startOf } from '../../engine/calendar';
import { type Points, sumOf } from '../shared/sources';
import type { SignalsConfig } from './config';
import { HOUR } from './signal';

/** Days of history that today is compared with, and how many of them there must be. */
export const BASELINE_DAYS = 7;
export const WARM_UP_DAYS = 3;

/**
 * The local days before today that are known as a whole, newest first: seven at most. The day of the first value is left
 * out, because the meter was installed in the middle of it.
 */
export function completeDays(points: Points, today: number, { timeZone }: SignalsConfig): readonly number[] {
  const first = Math.min(...[...points].filter(([, value]) => value > 0).map(([start]) => start));
  return Array.from({ length: BASELINE_DAYS }, (_, index) => plus(-(index + 1), 'day', today, timeZone)).filter((day) => first < day);
}

/**
 * A value as a multiple of its baseline; undefined while there are too few days. The floor stands in for a lower baseline:
 * where little is used, a multiple of little is no news.
 */
export function multipleOf(baseline: readonly number[], value: number, floor: number): number | undefined {
  return baseline.length < WARM_UP_DAYS ? undefined : value / Math.max(mean(baseline), floor);
}

/** The last complete hour as a multiple of the same hour of the days before. */
export async function hourAsMultiple(
  series: (from: number, to: number) => Promise<Points>,
  config: SignalsConfig,
  now: number,
  floor: number,
): Promise<number | undefined> {
  const end = startOf('hour', now, config.timeZone);
  const hour = end - HOUR;
  const points = await series(daysBefore(hour, BASELINE_DAYS + 1, config), end);
  const days = completeDays(points, startOf('day', now, config.timeZone), config);
  const sameHour = days.map((_, index) => daysBefore(hour, index + 1, config)).map((start) => sumOf(points, start, start + HOUR));
  return multipleOf(sameHour, sumOf(points, hour, end), floor);
}

export const daysBefore = (time: number, days: number, { timeZone }: SignalsConfig): number => plus(-days, 'day', time, timeZone);

export const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
