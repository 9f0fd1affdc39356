import { startOf } from '../../engine/calendar';
import { splitGeography } from '../../engine/pricing/geographies';
import { Signals } from '../../engine/telemetry/names';
import { type Points, type Sources, sumOf } from '../shared/sources';
import { BASELINE_DAYS, mean, WARM_UP_DAYS } from './baseline';
import { DAY, HOUR, MINUTE, type Signal } from './signal';

const NAMESPACE = 'AWS/Bedrock';
const WINDOW = 10 * MINUTE;
const LATENCY = { namespace: NAMESPACE, metricName: 'InvocationLatency' };

const sumByMinute = (metricName: string) => ({ namespace: NAMESPACE, metricName, statistic: 'Sum', periodSeconds: 60 });

/**
 * The models that only failed in the last ten minutes. Models are looked up only where the account has failures at all: a
 * search costs one request for each model.
 */
export const unavailableModels: Signal = async (sources, { minimumCalls }, now) => {
  const from = now - WINDOW;
  const failures = await Promise.all(
    ['InvocationServerErrors', 'InvocationThrottles'].map(async (name) => sumOf(await sources.series(sumByMinute(name), from, now))),
  );
  const enough = Math.ceil(minimumCalls / 4);
  const down = failures.reduce((a, b) => a + b, 0) >= enough ? await modelsDown(sources, enough, from, now) : [];
  return [{ metric: Signals.MODELS_UNAVAILABLE, value: down.length, subject: down.join(', ') }];
};

async function modelsDown(sources: Sources, enough: number, from: number, now: number): Promise<string[]> {
  const byModel = async (name: string) => totals(await sources.seriesBy('ModelId', sumByMinute(name), from, now));
  const [serverErrors, clientErrors, throttles, invocations, inputTokens] = await Promise.all([
    byModel('InvocationServerErrors'),
    byModel('InvocationClientErrors'),
    byModel('InvocationThrottles'),
    byModel('Invocations'),
    byModel('InputTokenCount'),
  ]);
  const of = (totalsByModel: ReadonlyMap<string, number>, model: string) => totalsByModel.get(model) ?? 0;
  return [...new Set([...serverErrors.keys(), ...throttles.keys()])].filter((model) => {
    const failed = of(serverErrors, model) + of(throttles, model);
    // The user guide has said both that `Invocations` counts failed calls and that it does not. If it does, there is no success
    // where it equals the errors; if it does not, none where no tokens were read. Calls for images never read any.
    const successes = of(invocations, model) - of(serverErrors, model) - of(clientErrors, model);
    return failed >= enough && successes <= 0 && of(inputTokens, model) === 0;
  });
}

/** p95 latency of yesterday, in UTC, against the average of the seven days before. */
export const latencyOfDays: Signal = async (sources, { minimumCalls }, now) => {
  const today = startOf('day', now, 'UTC');
  const yesterday = today - DAY;
  const from = today - (BASELINE_DAYS + 1) * DAY;
  const p95 = await sources.series({ ...LATENCY, periodSeconds: DAY / 1000, statistic: 'p95' }, from, today);
  const calls = await sources.series({ ...LATENCY, periodSeconds: DAY / 1000, statistic: 'SampleCount' }, from, today);
  const busy = (day: number) => (calls.get(day) ?? 0) >= minimumCalls;
  const before = [...p95].filter(([day]) => day < yesterday && busy(day)).map(([, value]) => value);
  const latency = busy(yesterday) ? p95.get(yesterday) : undefined;
  const isKnown = latency !== undefined && before.length >= WARM_UP_DAYS;
  return [{ metric: Signals.LATENCY_DAY_RATIO, value: isKnown ? latency / mean(before) : undefined }];
};

/** The slowest profile among those that spread calls over Regions, in the last complete hour. */
export const crossRegionLatency: Signal = async (sources, { minimumCalls }, now) => {
  const end = Math.floor(now / HOUR) * HOUR;
  const byModel = (statistic: string) =>
    sources.seriesBy('ModelId', { ...LATENCY, periodSeconds: HOUR / 1000, statistic }, end - HOUR, end);
  const [p95, calls] = await Promise.all([byModel('p95'), byModel('SampleCount')]);
  const callsOf = (model: string) => sumOf(calls.get(model) ?? new Map<number, number>());
  const [slowest] = [...p95]
    .filter(([model, points]) => splitGeography(model).geography !== undefined && callsOf(model) >= minimumCalls && points.size > 0)
    .map(([model, points]) => ({ model, latency: Math.max(...points.values()) }))
    .sort((a, b) => b.latency - a.latency);
  return [{ metric: Signals.CROSS_REGION_LATENCY, value: slowest?.latency, subject: slowest?.model }];
};

function totals(series: ReadonlyMap<string, Points>): ReadonlyMap<string, number> {
  return new Map([...series].map(([model, points]) => [model, sumOf(points)]));
}
