import { Attributes, Metrics, Signals, TokenTypes } from '../../engine/telemetry/names';
import { plus, startOf } from '../../engine/calendar';
import { type Points, type Sources, sumOf } from '../shared/sources';
import type { Budget, SignalsConfig } from './config';
import { BASELINE_DAYS, DAY, type Finding, HOUR, mean, type Signal, WARM_UP_DAYS } from './signal';

/** Five minutes: some time zones begin their days at the half hour. */
const PERIOD_SECONDS = 300;

const TOKENS = [TokenTypes.INPUT, TokenTypes.OUTPUT, TokenTypes.CACHE_READ, TokenTypes.CACHE_WRITE];

/** The cost of today, and what it is in percent of an average day. */
export const costToday: Signal = async (sources, config, now) => {
  const today = startOf('day', now, config.timeZone);
  const points = await costSeries(sources, config, daysBefore(today, BASELINE_DAYS + 1, config), now);
  const cost = sumOf(points, today, now);
  const days = completeDays(points, today, config);
  const baseline = days.map((day) => sumOf(points, day, plus(1, 'day', day, config.timeZone)));
  return [
    { metric: Signals.COST_TODAY, value: cost },
    { metric: Signals.COST_TODAY_PERCENT, value: ratio(cost, baseline, config.minimumDailyCostUsd, 100) },
  ];
};

/** The last complete hour against the same hour of the days before. */
export const costOfHour: Signal = async (sources, config, now) => [
  {
    metric: Signals.COST_HOUR_RATIO,
    value: await hourRatio((from, to) => costSeries(sources, config, from, to), config, now, config.minimumDailyCostUsd / 10),
  },
];

export const tokensOfHour: Signal = async (sources, config, now) => [
  {
    metric: Signals.TOKENS_HOUR_RATIO,
    value: await hourRatio((from, to) => tokenSeries(sources, config, from, to), config, now, config.minimumHourlyTokens),
  },
];

export const tokensOfWeek: Signal = async (sources, config, now) => {
  const points = await tokenSeries(sources, config, now - 14 * DAY, now);
  const before = sumOf(points, now - 14 * DAY, now - 7 * DAY);
  const last = sumOf(points, now - 7 * DAY, now);
  const old = [...points.keys()].some((start) => start < now - 13 * DAY);
  const floor = config.minimumHourlyTokens * 24;
  return [{ metric: Signals.TOKENS_WEEK_GROWTH, value: old ? (100 * (last - before)) / Math.max(before, floor) : undefined }];
};

export const cacheHits: Signal = async (sources, config, now) => {
  const from = now - (BASELINE_DAYS + 1) * DAY;
  const of = (type: string) => tokenSeries(sources, config, from, now, [type]);
  const [input, read, write] = [await of(TokenTypes.INPUT), await of(TokenTypes.CACHE_READ), await of(TokenTypes.CACHE_WRITE)];
  const rate = (start: number, end: number) => {
    const total = sumOf(input, start, end) + sumOf(read, start, end) + sumOf(write, start, end);
    return total >= config.minimumHourlyTokens ? (100 * sumOf(read, start, end)) / total : undefined;
  };
  const before = rate(from, now - DAY);
  const last = rate(now - DAY, now);
  const days = completeDays(input, startOf('day', now, config.timeZone), config).length;
  const drop = before === undefined || last === undefined ? 0 : Math.max(0, before - last);
  return [{ metric: Signals.CACHE_HIT_DROP, value: days >= WARM_UP_DAYS ? drop : undefined }];
};

/** How much of each budget is spent, and what it comes to at the pace of the last seven days. */
export const budgets: Signal = async (sources, config, now) => {
  const findings = await Promise.all(config.budgets.map((budget) => budgetFindings(budget, sources, config, now)));
  return findings.flat();
};

async function budgetFindings(budget: Budget, sources: Sources, config: SignalsConfig, now: number): Promise<Finding[]> {
  const { name, period, dimension, value } = budget;
  const start = startOf(period, now, config.timeZone);
  const end = plus(1, period, start, config.timeZone);
  const points = await costSeries(sources, config, Math.min(start, now - 7 * DAY), now, dimension && value ? { [dimension]: value } : {});
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
export function completeDays(points: Points, today: number, { timeZone }: SignalsConfig): readonly number[] {
  const first = Math.min(...[...points].filter(([, value]) => value > 0).map(([start]) => start));
  return Array.from({ length: BASELINE_DAYS }, (_, index) => plus(-(index + 1), 'day', today, timeZone)).filter((day) => first < day);
}

async function hourRatio(
  series: (from: number, to: number) => Promise<Points>,
  config: SignalsConfig,
  now: number,
  floor: number,
): Promise<number | undefined> {
  const end = startOf('hour', now, config.timeZone);
  const points = await series(daysBefore(end - HOUR, BASELINE_DAYS + 1, config), end);
  const days = completeDays(points, startOf('day', now, config.timeZone), config);
  const sameHour = days.map((_, index) => daysBefore(end - HOUR, index + 1, config)).map((start) => sumOf(points, start, start + HOUR));
  return ratio(sumOf(points, end - HOUR, end), sameHour, floor, 1);
}

/** The floor stands in for a lower baseline: where little is used, a multiple of little is no news. */
function ratio(value: number, baseline: readonly number[], floor: number, factor: number): number | undefined {
  return baseline.length < WARM_UP_DAYS ? undefined : (factor * value) / Math.max(mean(baseline), floor);
}

const daysBefore = (time: number, days: number, { timeZone }: SignalsConfig): number => plus(-days, 'day', time, timeZone);

function costSeries(sources: Sources, { namespace }: SignalsConfig, from: number, to: number, dimensions = {}): Promise<Points> {
  return sources.series({ namespace, metricName: Metrics.COST, dimensions, statistic: 'Sum', periodSeconds: PERIOD_SECONDS }, from, to);
}

async function tokenSeries(
  sources: Sources,
  { namespace }: SignalsConfig,
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
