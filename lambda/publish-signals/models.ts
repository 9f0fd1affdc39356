import { Signals } from '../../engine/telemetry/names';
import { startOf } from '../../engine/calendar';
import { type Points, type Sources, sumOf } from '../shared/sources';
import { BASELINE_DAYS, DAY, HOUR, mean, MINUTE, type Signal, WARM_UP_DAYS } from './signal';

const NAMESPACE = 'AWS/Bedrock';
const WINDOW = 10 * MINUTE;

const sum = (metricName: string, periodSeconds = 60) => ({ namespace: NAMESPACE, metricName, statistic: 'Sum', periodSeconds });

/**
 * The models that only failed in the last ten minutes. Models are looked up only when the account has failures at all: a
 * search costs one request for each model.
 */
export const unavailableModels: Signal = async (sources, { minimumCalls }, now) => {
  const from = now - WINDOW;
  const failures = await Promise.all(
    ['InvocationServerErrors', 'InvocationThrottles'].map((name) => sources.series(sum(name), from, now).then((points) => sumOf(points))),
  );
  const enough = Math.ceil(minimumCalls / 4);
  const down = failures.reduce((a, b) => a + b, 0) >= enough ? await modelsDown(sources, enough, from, now) : [];
  return [{ metric: Signals.MODELS_UNAVAILABLE, value: down.length, subject: down.join(', ') }];
};

async function modelsDown(sources: Sources, enough: number, from: number, now: number): Promise<string[]> {
  const byModel = async (name: string) => totals(await sources.seriesBy('ModelId', sum(name), from, now));
  const [server, client, throttles, accepted, tokens] = await Promise.all([
    byModel('InvocationServerErrors'),
    byModel('InvocationClientErrors'),
    byModel('InvocationThrottles'),
    byModel('Invocations'),
    byModel('InputTokenCount'),
  ]);
  const at = (map: ReadonlyMap<string, number>, id: string) => map.get(id) ?? 0;
  return [...new Set([...server.keys(), ...throttles.keys()])].filter((id) => {
    const failed = at(server, id) + at(throttles, id);
    // `Invocations` counts failed calls too, or it does not: only both readings together leave no success. Images have no tokens.
    const successes = at(accepted, id) - at(server, id) - at(client, id);
    return failed >= enough && successes <= 0 && at(tokens, id) === 0;
  });
}

/** p95 latency of yesterday, in UTC, against the average of the seven days before. */
export const latencyOfDays: Signal = async (sources, { minimumCalls }, now) => {
  const today = startOf('day', now, 'UTC');
  const query = { namespace: NAMESPACE, metricName: 'InvocationLatency', periodSeconds: DAY / 1000 };
  const from = today - (BASELINE_DAYS + 1) * DAY;
  const p95 = await sources.series({ ...query, statistic: 'p95' }, from, today);
  const calls = await sources.series({ ...query, statistic: 'SampleCount' }, from, today);
  const busy = (day: number) => (calls.get(day) ?? 0) >= minimumCalls;
  const before = [...p95].filter(([day]) => day < today - DAY && busy(day)).map(([, value]) => value);
  const yesterday = busy(today - DAY) ? p95.get(today - DAY) : undefined;
  const value = before.length < WARM_UP_DAYS ? undefined : yesterday === undefined ? 0 : yesterday / mean(before);
  return [{ metric: Signals.LATENCY_DAY_RATIO, value }];
};

/** The slowest profile among those that spread calls over Regions. */
export const crossRegionLatency: Signal = async (sources, { minimumCalls }, now) => {
  const query = { namespace: NAMESPACE, metricName: 'InvocationLatency', periodSeconds: HOUR / 1000 };
  const end = Math.floor(now / HOUR) * HOUR;
  const [p95, calls] = await Promise.all(
    ['p95', 'SampleCount'].map((statistic) => sources.seriesBy('ModelId', { ...query, statistic }, end - HOUR, end)),
  );
  const [slowest] = [...p95!]
    .filter(([id]) => isCrossRegion(id) && sumOf(calls!.get(id) ?? new Map<number, number>()) >= minimumCalls)
    .map(([id, points]) => ({ id, latency: Math.max(...points.values()) }))
    .sort((a, b) => b.latency - a.latency);
  return [{ metric: Signals.CROSS_REGION_LATENCY, value: slowest?.latency ?? 0, subject: slowest?.id }];
};

/** System profiles put a geography before the model: `us.`, `apac.`, `us-gov.`, `global.`. */
const isCrossRegion = (modelId: string): boolean => /^([a-z]{2}(-[a-z]+)?|apac|global)\./.test(modelId);

function totals(series: ReadonlyMap<string, Points>): ReadonlyMap<string, number> {
  return new Map([...series].map(([id, points]) => [id, sumOf(points)]));
}
