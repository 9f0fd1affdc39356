import { Signals } from '../../engine/telemetry/names';
import { plus, startOf } from '../../engine/calendar';
import { sumOf } from '../shared/sources';
import { BASELINE_DAYS, completeDays, daysBefore, hourAsMultiple, multipleOf } from './baseline';
import { costSeries } from './meter-series';
import type { Signal } from './signal';

/** The cost of today, and what it is in percent of an average day. */
export const costToday: Signal = async (sources, config, now) => {
  const today = startOf('day', now, config.timeZone);
  const points = await costSeries(sources, config, daysBefore(today, BASELINE_DAYS + 1, config), now);
  const cost = sumOf(points, today, now);
  const days = completeDays(points, today, config);
  const baseline = days.map((day) => sumOf(points, day, plus(1, 'day', day, config.timeZone)));
  return [
    { metric: Signals.COST_TODAY, value: cost },
    { metric: Signals.COST_TODAY_PERCENT, value: multipleOf(baseline, 100 * cost, config.minimumDailyCostUsd) },
  ];
};

/** The cost of the last complete hour against the same hour of the days before. */
export const costOfHour: Signal = async (sources, config, now) => {
  const series = (from: number, to: number) => costSeries(sources, config, from, to);
  return [{ metric: Signals.COST_HOUR_RATIO, value: await hourAsMultiple(series, config, now, config.minimumDailyCostUsd / 10) }];
};
