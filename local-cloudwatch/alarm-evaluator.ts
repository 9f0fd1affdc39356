import type { MetricAlarm, MetricDataQuery } from '@aws-sdk/client-cloudwatch';
import { type CalendarUnit, plus, startOf } from '../engine/calendar';
import { evaluateMath, type Series, UnsupportedMath } from './metric-math';

export type AlarmState = 'OK' | 'ALARM' | 'INSUFFICIENT_DATA';

/** What decides the state of an alarm, in the words of PutMetricAlarm. */
export type AlarmDefinition = Pick<
  MetricAlarm,
  | 'AlarmName'
  | 'Metrics'
  | 'Namespace'
  | 'MetricName'
  | 'Dimensions'
  | 'Statistic'
  | 'ExtendedStatistic'
  | 'Period'
  | 'EvaluationPeriods'
  | 'DatapointsToAlarm'
  | 'Threshold'
  | 'ThresholdMetricId'
  | 'ComparisonOperator'
  | 'TreatMissingData'
  | 'WarmUpConfiguration'
  | 'AlarmConfigurationUpdatedTimestamp'
> & { readonly EvaluationWindow?: { readonly WallClockWindow?: { readonly Timezone?: string } } };

/** A period from its start up to, and without, its end, in seconds since the epoch. */
export interface Period {
  readonly start: number;
  readonly end: number;
}

/** One plain metric to read, one value for each of the given periods. */
export interface MetricRead {
  readonly namespace: string;
  readonly metricName: string;
  readonly dimensions: Readonly<Record<string, string>>;
  readonly statistic: string;
  readonly periods: readonly Period[];
}

export interface MetricSource {
  read(read: MetricRead): Promise<readonly (number | undefined)[]>;
  /**
   * The upper and lower edge of the expected values. CloudWatch learns them with a model that is not published: without a
   * stand-in of one's own, alarms on a band stay unknown.
   */
  band?(read: MetricRead, standardDeviations: number): Promise<readonly ({ lower: number; upper: number } | undefined)[]>;
}

/** Periods that CloudWatch reads beyond the evaluated ones, to bridge data that are missing or late. */
const EXTRA_PERIODS = 2;

const BREACHES: Readonly<Record<string, (value: number, lower: number, upper: number) => boolean>> = {
  GreaterThanThreshold: (value, _, threshold) => value > threshold,
  GreaterThanOrEqualToThreshold: (value, _, threshold) => value >= threshold,
  LessThanThreshold: (value, threshold) => value < threshold,
  LessThanOrEqualToThreshold: (value, threshold) => value <= threshold,
  GreaterThanUpperThreshold: (value, _, upper) => value > upper,
  LessThanLowerThreshold: (value, lower) => value < lower,
  LessThanLowerOrGreaterThanUpperThreshold: (value, lower, upper) => value < lower || value > upper,
};

const UNITS: Readonly<Record<number, CalendarUnit>> = { 3600: 'hour', 86400: 'day', 604800: 'week' };

/**
 * The state of an alarm at a moment, by the rules that CloudWatch documents: M of N, missing data, metric math, sliding and
 * wall clock windows. Returns undefined where the definition is beyond this evaluator: unknown is never a guess.
 */
export async function evaluateAlarm(
  alarm: AlarmDefinition,
  at: Date,
  before: AlarmState,
  telemetry: MetricSource,
): Promise<AlarmState | undefined> {
  const breaches = BREACHES[alarm.ComparisonOperator ?? ''];
  if (!breaches) {
    return undefined;
  }
  if (warmsUp(alarm, at)) {
    return 'INSUFFICIENT_DATA';
  }
  const evaluated = alarm.EvaluationPeriods ?? 1;
  const periods = periodsBefore(alarm, at, evaluated + EXTRA_PERIODS);
  try {
    const values = await valuesOf(alarm, periods, telemetry);
    const edges = await edgesOf(alarm, periods, telemetry);
    const row = values.map((value, index) => {
      const edge = edges[index];
      return value === undefined || edge === undefined ? undefined : breaches(value, edge.lower, edge.upper);
    });
    return stateOf(row, {
      evaluated,
      toAlarm: alarm.DatapointsToAlarm ?? evaluated,
      missing: alarm.TreatMissingData ?? 'missing',
      before,
    });
  } catch (error) {
    if (error instanceof UnsupportedMath) {
      return undefined;
    }
    throw error;
  }
}

/** Whether the alarm waits for the end of its warm-up; only known where it is known since when it is configured. */
function warmsUp({ WarmUpConfiguration, AlarmConfigurationUpdatedTimestamp }: AlarmDefinition, at: Date): boolean {
  const { WarmUpPeriodDurationInMinutes: minutes = 0, OnlyStartEvaluatingAfterWarmUpPeriodEnds: waits } = WarmUpConfiguration ?? {};
  const since = AlarmConfigurationUpdatedTimestamp?.getTime();
  return waits === true && since !== undefined && at.getTime() < since + minutes * 60_000;
}

/**
 * The last periods that are over, oldest first. A sliding window ends with the current minute; a wall clock window ends with
 * the last complete hour, day or week of its time zone, so that a day is judged once it is over.
 */
export function periodsBefore(alarm: AlarmDefinition, at: Date, count: number): readonly Period[] {
  const seconds = Math.max(...queriesOf(alarm).map((query) => query.MetricStat?.Period ?? query.Period ?? 0));
  const wallClock = alarm.EvaluationWindow?.WallClockWindow;
  const unit = UNITS[seconds];
  if (!wallClock || !unit) {
    const size = wallClock ? seconds : 60;
    const end = Math.floor(at.getTime() / 1000 / size) * size;
    return Array.from({ length: count }, (_, index) => {
      const start = end - (count - index) * seconds;
      return { start, end: start + seconds };
    });
  }
  const zone = wallClock.Timezone ?? 'UTC';
  const current = startOf(unit, at.getTime(), zone);
  const edge = (back: number) => plus(-back, unit, current, zone) / 1000;
  return Array.from({ length: count }, (_, index) => ({ start: edge(count - index), end: edge(count - index - 1) }));
}

export interface StateRules {
  /** N of "M of N". */
  readonly evaluated: number;
  /** M of "M of N". */
  readonly toAlarm: number;
  readonly missing: string;
  /** The state before, kept where missing data are ignored. */
  readonly before: AlarmState;
}

/**
 * The state for a row of periods, oldest first: true breaches, false does not, undefined has no data. The row is longer
 * than the evaluated periods: where data are missing, older ones are used before anything is assumed.
 */
export function stateOf(row: readonly (boolean | undefined)[], rules: StateRules): AlarmState {
  const present = row.filter((breach) => breach !== undefined).slice(-rules.evaluated);
  const breaching = present.filter(Boolean).length;
  const filled = rules.evaluated - present.length;

  if (rules.missing === 'breaching') {
    return breaching + filled >= rules.toAlarm ? 'ALARM' : 'OK';
  }
  if (breaching >= rules.toAlarm) {
    return 'ALARM';
  }
  if (rules.missing === 'notBreaching') {
    return 'OK';
  }
  if (present.length === 0) {
    return rules.missing === 'ignore' ? rules.before : 'INSUFFICIENT_DATA';
  }
  if (filled > 0 && breaching === present.length) {
    // Nothing but breaches, and too few of them: an alarm once the oldest is M periods back, unless missing data are ignored.
    const age = row.length - row.indexOf(true);
    return rules.missing === 'ignore' ? rules.before : age >= rules.toAlarm ? 'ALARM' : 'OK';
  }
  return 'OK';
}

async function valuesOf(alarm: AlarmDefinition, periods: readonly Period[], telemetry: MetricSource): Promise<(number | undefined)[]> {
  const queries = queriesOf(alarm);
  const starts = periods.map(({ start }) => start);
  const plain = new Map<string, Series>();
  for (const { Id = '', MetricStat } of queries) {
    if (MetricStat) {
      const values = await telemetry.read(readOf(MetricStat, periods));
      const points = starts.map((start, index) => [start, values[index]] as const);
      plain.set(Id, { label: Id, values: new Map(points.filter((point): point is readonly [number, number] => point[1] !== undefined)) });
    }
  }
  const periodSeconds = Math.max(...queries.map((query) => query.MetricStat?.Period ?? query.Period ?? 0));
  const lookup = (id: string): Series | readonly Series[] => {
    const expression = queries.find((query) => query.Id === id)?.Expression;
    if (expression === undefined && !plain.has(id)) {
      throw new UnsupportedMath(`'${id}' is no metric of this alarm`);
    }
    const series = plain.get(id) ?? evaluateMath(expression ?? '', { starts, periodSeconds, lookup, metricIds: [...plain.keys()] });
    return 'length' in series && series.length === 1 ? series[0]! : series;
  };
  const watched = queries.filter(({ Id, ReturnData }) => Id !== alarm.ThresholdMetricId && ReturnData !== false);
  const result = [lookup(watched[0]?.Id ?? '')].flat();
  if (result.length !== 1) {
    throw new UnsupportedMath(`an alarm needs one series, got ${result.length}`);
  }
  return starts.map((start) => result[0]?.values.get(start));
}

async function edgesOf(
  alarm: AlarmDefinition,
  periods: readonly Period[],
  telemetry: MetricSource,
): Promise<readonly ({ lower: number; upper: number } | undefined)[]> {
  if (alarm.ThresholdMetricId === undefined) {
    const threshold = alarm.Threshold;
    return periods.map(() => (threshold === undefined ? undefined : { lower: threshold, upper: threshold }));
  }
  const queries = queriesOf(alarm);
  const band = queries.find(({ Id }) => Id === alarm.ThresholdMetricId)?.Expression ?? '';
  const [, id, deviations] = /^ANOMALY_DETECTION_BAND\((\w+),\s*([\d.]+)\)$/.exec(band) ?? [];
  const metric = queries.find(({ Id }) => Id === id)?.MetricStat;
  if (!telemetry.band || !metric) {
    throw new UnsupportedMath(`'${band}' is a model that only CloudWatch knows`);
  }
  return telemetry.band(readOf(metric, periods), Number(deviations));
}

function readOf({ Metric, Stat = 'Average' }: NonNullable<MetricDataQuery['MetricStat']>, periods: readonly Period[]): MetricRead {
  return {
    namespace: Metric?.Namespace ?? '',
    metricName: Metric?.MetricName ?? '',
    dimensions: Object.fromEntries((Metric?.Dimensions ?? []).map(({ Name = '', Value = '' }) => [Name, Value])),
    statistic: Stat,
    periods,
  };
}

function queriesOf(alarm: AlarmDefinition): readonly MetricDataQuery[] {
  if (alarm.Metrics?.length) {
    return alarm.Metrics;
  }
  const { Namespace, MetricName, Dimensions, Period, Statistic, ExtendedStatistic } = alarm;
  return [{ Id: 'm', MetricStat: { Metric: { Namespace, MetricName, Dimensions }, Period, Stat: ExtendedStatistic ?? Statistic } }];
}
