import { Attributes, Signals } from '../../engine/telemetry/names';
import { plus, startOf } from '../../engine/calendar';
import { type Sources, sumOf } from '../shared/sources';
import type { Budget, SignalsConfig } from './config';
import { costSeries } from './meter-series';
import { DAY, type Finding, HOUR, type Signal } from './signal';

/** How much of each budget is spent, and what its day or month comes to at the pace of the last seven days. */
export const budgets: Signal = async (sources, config, now) => {
  const findings = await Promise.all(config.budgets.map((budget) => findingsOf(budget, sources, config, now)));
  return findings.flat();
};

async function findingsOf(budget: Budget, sources: Sources, config: SignalsConfig, now: number): Promise<Finding[]> {
  const { name, period, dimension, value } = budget;
  const start = startOf(period, now, config.timeZone);
  const end = plus(1, period, start, config.timeZone);
  const weekAgo = now - 7 * DAY;
  const of = dimension && value ? { [dimension]: value } : {};
  const points = await costSeries(sources, config, Math.min(start, weekAgo), now, of);
  const spent = sumOf(points, start, now);
  const since = Math.max(Math.min(...points.keys(), now), weekAgo);
  // An hour at least: one call minutes after the installation says nothing about a month.
  const usdPerMs = sumOf(points, since, now) / Math.max(now - since, HOUR);
  const dimensions = { [Attributes.BUDGET]: name };
  return [
    { metric: Signals.BUDGET_SPENT, value: spent, dimensions },
    { metric: Signals.BUDGET_FORECAST, value: spent + usdPerMs * (end - now), dimensions },
  ];
}
