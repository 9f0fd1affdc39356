import { Attributes, Metrics, Signals, TokenTypes } from '../../engine/telemetry/names';
import { plus, startOf } from '../../engine/calendar';
import { type Points, type Sources, sumOf } from '../shared/sources';
import type { Budget, Setting } from './config';
import { BASELINE_DAYS, DAY, type Finding, HOUR, mean, type Signal, WARM_UP_DAYS } from './signal';

/** Five minutes: some time zones begin their days at the half hour. */
const PERIOD_SECONDS = 300;

const TOKENS = [TokenTypes.INPUT, TokenTypes.OUTPUT, TokenTypes.CACHE_READ, TokenTypes.CACHE_WRITE];

/** The cost of today, and what it is in percent of an average day. */
export const costToday: Signal = async (sources, setting, now) => {
  const today = startOf('day', now, setting.timeZone);
  const points = await costSeries(sources, setting, daysBefore(today, BASELINE_DAYS + 1, setting), now);
  const cost = sumOf(points, today, now);
  const days = completeDays(points, today, setting);
  const baseline = days.map((day) => sumOf(points, day, plus(1, 'day', day, setting.timeZone)));
  return [
    { metric: Signals.COST_TODAY, value: cost },
    { metric: Signals.COST_TODAY_PERCENT, value: ratio(cost, baseline, setting.minimumDailyCostUsd, 100) },
  ];
};

/** The last complete hour against the same hour of the days before. */
export const costOfHour: Signal = async (sources, setting, now) => [
  {
    metric: Signals.COST_HOUR_RATIO,
    value: await hourRatio((from, to) => costSeries(sources, setting, from, to), setting, now, setting.minimumDailyCostUsd / 10),
  },
];

export const tokensOfHour: Signal = async (sources, setting, now) => [
  {
    metric: Signals.TOKENS_HOUR_RATIO,
    value: await hourRatio((from, to) => tokenSeries(sources, setting, from, to), setting, now, setting.minimumHourlyTokens),
  },
];

export const tokensOfWeek: Signal = async (sources, setting, now) => {
  const points = await tokenSeries(sources, setting, now - 14 * DAY, now);
  const before = sumOf(points, now - 14 * DAY, now - 7 * DAY);
  const last = sumOf(points, now - 7 * DAY, now);
  const old = [...points.keys()].some((start) => start < now - 13 * DAY);
  const floor = setting.minimumHourlyTokens * 24;
  return [{ metric: Signals.TOKENS_WEEK_GROWTH, value: old ? (100 * (last - before)) / Math.max(before, floor) : undefined }];
};

export const cacheHits: Signal = async (sources, setting, now) => {
  const from = now - (BASELINE_DAYS + 1) * DAY;
  const of = (type: string) => tokenSeries(sources, setting, from, now, [type]);
  const [input, read, write] = [await of(TokenTypes.INPUT), await of(TokenTypes.CACHE_READ), await of(TokenTypes.CACHE_WRITE)];
  const rate = (start: number, end: number) => {
    const total = sumOf(input, start, end) + sumOf(read, start, end) + sumOf(write, start, end);
    return total >= setting.minimumHourlyTokens ? (100 * sumOf(read, start, end)) / total : undefined;
  };
  const before = rate(from, now - DAY);
  const last = rate(now - DAY, now);
  const days = completeDays(input, startOf('day', now, setting.timeZone), setting).length;
  const drop = before === undefined || last === undefined ? 0 : Math.max(0, before - last);
  return [{ metric: Signals.CACHE_HIT_DROP, value: days >= WARM_UP_DAYS ? drop : undefined }];
};

/** How much of each budget is spent, and what it comes to at the pace of the last seven days. */
export const budgets: Signal = async (sources, setting, now) => {
  const findings = await Promise.all(setting.budgets.map((budget) => budgetFindings(budget, sources, setting, now)));
  return findings.flat();
};

async function budgetFindings(budget: Budget, sources: Sources, setting: Setting, now: number): Promise<Finding[]> {
  const { name, period, dimension, value } = budget;
  const start = startOf(period, now, setting.timeZone);
  const end = plus(1, period, start, setting.timeZone);
  const points = await costSeries(sources, setting, Math.min(start, now - 7 * DAY), now, dimension && value ? { [dimension]: value } : {});
  const spent = sumOf(points, start, now);
  const since = Math.max(Math.min(...points.keys(), now), now - 7 * DAY);
  const pace = sumOf(points, since, now) / Math.max(now - since, HOUR);
  const dimensions = { [Attributes.BUDGET]: name };
  return [
    { metric: Signals.BUDGET_SPENT, value: spent, dimensions },
    { metric: Signals.BUDGET_FORECAST, value: spent + pace * (end - now), dimensions },
  ];
}

/**
 * The local days before today of which everything is known, newest first: seven at most. The day on which the meter was
 * installed is left out, because it is not whole.
 */
export function completeDays(points: Points, today: number, { timeZone }: Setting): readonly number[] {
  const first = Math.min(...[...points].filter(([, value]) => value > 0).map(([start]) => start));
  return Array.from({ length: BASELINE_DAYS }, (_, index) => plus(-(index + 1), 'day', today, timeZone)).filter((day) => first < day);
}

async function hourRatio(
  series: (from: number, to: number) => Promise<Points>,
  setting: Setting,
  now: number,
  floor: number,
): Promise<number | undefined> {
  const end = startOf('hour', now, setting.timeZone);
  const points = await series(daysBefore(end - HOUR, BASELINE_DAYS + 1, setting), end);
  const days = completeDays(points, startOf('day', now, setting.timeZone), setting);
  const sameHour = days.map((_, index) => daysBefore(end - HOUR, index + 1, setting)).map((start) => sumOf(points, start, start + HOUR));
  return ratio(sumOf(points, end - HOUR, end), sameHour, floor, 1);
}

/** The floor stands in for a lower baseline: where little is used, a multiple of little is no news. */
function ratio(value: number, baseline: readonly number[], floor: number, factor: number): number | undefined {
  return baseline.length < WARM_UP_DAYS ? undefined : (factor * value) / Math.max(mean(baseline), floor);
}

const daysBefore = (time: number, days: number, { timeZone }: Setting): number => plus(-days, 'day', time, timeZone);

function costSeries(sources: Sources, { namespace }: Setting, from: number, to: number, dimensions = {}): Promise<Points> {
  return sources.series({ namespace, metricName: Metrics.COST, dimensions, statistic: 'Sum', periodSeconds: PERIOD_SECONDS }, from, to);
}

async function tokenSeries(
  sources: Sources,
  { namespace }: Setting,
  from: number,
  to: number,
  types: readonly string[] = TOKENS,
): Promise<Points> {
  const total = new Map<number, number>();
  for (const type of types) {
    const dimensions = { [Attributes.TOKEN_TYPE]: type };
    const points = await sources.series(
      { namespace, metricName: Metrics.TOKENS, dimensions, statistic: 'Sum', periodSeconds: PERIOD_SECONDS },
      from,
      to,
    );
    points.forEach((value, start) => total.set(start, (total.get(start) ?? 0) + value));
  }
  return total;
}
