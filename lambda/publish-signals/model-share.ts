import { splitGeography } from '../../engine/pricing/geographies';
import { Attributes, OTHER, Signals } from '../../engine/telemetry/names';
import { sumOf } from '../shared/sources';
import { costSeries, costSeriesBy } from './meter-series';
import { DAY, type Signal } from './signal';

/**
 * The most expensive model's share of 24 hours, all its profiles together, from the cost that the meter publishes by model: the
 * ledger has the same, and reading it costs by the gigabyte. With one model, or below the floor of a day, there is no share.
 */
export const modelShare: Signal = async (sources, config, now) => {
  const total = sumOf(await costSeries(sources, config, now - DAY, now));
  const byModel = new Map<string, number>();
  for (const [id, points] of await costSeriesBy(Attributes.REQUEST_MODEL, sources, config, now - DAY, now)) {
    const { model } = splitGeography(id);
    byModel.set(model, (byModel.get(model) ?? 0) + sumOf(points));
  }
  const models = [...byModel].filter(([, usd]) => usd > 0);
  const [first] = models.filter(([model]) => model !== OTHER).sort(([, a], [, b]) => b - a);
  const isKnown = first !== undefined && models.length > 1 && total >= config.minimumDailyCostUsd;
  return [{ metric: Signals.MODEL_SHARE, value: isKnown ? (100 * first[1]) / total : undefined, subject: first?.[0] }];
};
