import { Attributes, Signals } from '../../engine/telemetry/names';
import { plus, startOf } from '../../engine/calendar';
import { type Sources, sumOf } from '../shared/sources';
import type { Budget, SignalsConfig } from './config';
import { costSeries, costSeriesBy } from './meter-series';
import { DAY, type Finding, HOUR, type Signal } from './signal';

/** How much of each budget is spent, and what its day or month comes to at the pace of the last seven days. */
export const budgets: Signal = async (sources, config, now) => {
  const findings = await Promise.all(config.budgets.map((budget) => findingsOf(budget, sources, config, now)));
  return findings.flat();
};

/** Whether the meter publishes cost by a dimension. Where it does not, the budget would show nothing spent for ever. */
async function canBeKnown(dimension: string, sources: Sources, config: SignalsConfig, from: number, now: number): Promise<boolean> {
  const ofAll = await costSeries(sources, config, from, now);
  return ofAll.size === 0 || (await costSeriesBy(dimension, sources, config, from, now)).size > 0;
}

async function findingsOf(budget: Budget, sources: Sources, config: SignalsConfig, now: number): Promise<Finding[]> {
  const { name, period, dimension, value } = budget;
  const start = startOf(period, now, config.timeZone);
  const end = plus(1, period, start, config.timeZone);
  const weekAgo = now - 7 * DAY;
  const of = dimension && value ? { [dimension]: value } : {};
  const from = Math.min(start, weekAgo);
  const points = await costSeries(sources, config, from, now, of);
  const dimensions = { [Attributes.BUDGET]: name };
  if (dimension && points.size === 0 && !(await canBeKnown(dimension, sources, config, from, now))) {
    const failure = `no cost is published by ${dimension}: add the dimension to the meter, or take it from the budget '${name}'`;
    return [{ metric: Signals.BUDGET_SPENT, value: undefined, dimensions, failure }];
  }
  const spent = sumOf(points, start, now);
  const since = Math.max(Math.min(...points.keys(), now), weekAgo);
  // An hour at least: one call minutes after the installation says nothing about a month.
  const usdPerMs = sumOf(points, since, now) / Math.max(now - since, HOUR);
  return [
    { metric: Signals.BUDGET_SPENT, value: spent, dimensions },
    { metric: Signals.BUDGET_FORECAST, value: spent + usdPerMs * (end - now), dimensions },
  ];
}
