import { emfLines } from '../../engine/telemetry/emf';
import { Attributes, SignalSchedules, Signals } from '../../engine/telemetry/names';
import type { Points } from '../shared/sources';
import type { Quotas } from './quotas';

/** Models that are named in the log: enough to see where it is tight, and a short line. */
const NAMED = 20;

/** The metrics, and a line that names the models: those closest to their quota first, and those whose quota is unknown. */
export function usageLines(namespace: string, quotas: Quotas, usage: ReadonlyMap<string, Points>, now: number): string[] {
  const used = [...usage].filter(([, points]) => points.size > 0);
  const models = used.map(([modelId, points]) => quotas.useOf(modelId, Math.max(...points.values())));
  const known = models
    .flatMap(({ modelId, percent }) => (percent === undefined ? [] : [{ modelId, percent }]))
    .sort((a, b) => b.percent - a.percent);
  const unknown = models.filter(({ percent }) => percent === undefined).map(({ modelId }) => modelId);
  // Where models are in use and none has a known quota, nothing is known of the one closest to it.
  const closest = models.length === 0 ? 0 : known[0]?.percent;
  const readings = [
    ...(closest === undefined ? [] : [{ metric: Signals.QUOTA_USAGE, value: closest }]),
    { metric: Signals.QUOTA_UNKNOWN, value: unknown.length },
    { metric: Signals.RUNS, value: 1, dimensions: { [Attributes.SCHEDULE]: SignalSchedules.QUARTER } },
  ];
  return [...emfLines(namespace, readings, now), JSON.stringify({ signal: Signals.QUOTA_USAGE, models: known.slice(0, NAMED), unknown })];
}
