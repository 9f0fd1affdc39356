import { emfLines } from '../../engine/telemetry/emf';
import { Signals } from '../../engine/telemetry/names';
import type { Points } from '../shared/sources';
import type { Quotas } from './quotas';

/** Models that are named in the log: enough to see where it is tight, and a short line. */
const NAMED = 20;

/** The metrics, and a line that names the models: those closest to their quota first, and those whose quota is unknown. */
export function usageLines(namespace: string, quotas: Quotas, usage: ReadonlyMap<string, Points>, now: number): string[] {
  const models = [...usage].map(([modelId, points]) => quotas.useOf(modelId, Math.max(0, ...points.values())));
  const known = models
    .flatMap(({ modelId, percent }) => (percent === undefined ? [] : [{ modelId, percent }]))
    .sort((a, b) => b.percent - a.percent);
  const unknown = models.filter(({ percent }) => percent === undefined).map(({ modelId }) => modelId);
  const readings = [
    { metric: Signals.QUOTA_USAGE, value: known[0]?.percent ?? 0 },
    { metric: Signals.QUOTA_UNKNOWN, value: unknown.length },
  ];
  return [...emfLines(namespace, readings, now), JSON.stringify({ signal: Signals.QUOTA_USAGE, models: known.slice(0, NAMED), unknown })];
}
