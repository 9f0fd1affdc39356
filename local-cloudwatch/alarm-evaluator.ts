import type { MetricDataQuery } from '@aws-sdk/client-cloudwatch';
import { type AlarmDefinition, type AlarmState, periodSecondsOf, queriesOf } from './alarm-definition';
import { periodsBefore } from './evaluation-periods';
import { evaluateMath, type Series, UnsupportedMath } from './metric-math';
import { stateOf } from './missing-data';
import type { MetricName, Period } from './stored-metric';

export type { AlarmDefinition, AlarmState } from './alarm-definition';
export type { Period } from './stored-metric';

/** One metric to read: a value for each of the given periods. */
export interface MetricRead extends MetricName {
  readonly statistic: string;
  readonly periods: readonly Period[];
}

/** The edges between which a value is expected. */
interface Band {
  readonly lower: number;
  readonly upper: number;
}

/** Where an alarm reads its metrics. */
export interface MetricSource {
  read(read: MetricRead): Promise<readonly (number | undefined)[]>;
  /**
   * The band of expected values. CloudWatch learns it with a model that is not published, so alarms on a band have no known
   * state where the source has no model of its own.
   */
  band?(read: MetricRead, standardDeviations: number): Promise<readonly (Band | undefined)[]>;
}

/** CloudWatch reads more periods than it evaluates, for data that are missing or late. How many more is not documented. */
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

/**
 * The state of an alarm at a moment, by the rules that CloudWatch documents: M of N, missing data, metric math, sliding and
 * wall clock windows. Undefined where the definition has a part that this evaluator does not know.
 * Source: CloudWatch User Guide, "Alarm evaluation" and "Configuring how CloudWatch alarms treat missing data".
 */
export async function evaluateAlarm(
  alarm: AlarmDefinition,
  at: Date,
  before: AlarmState,
  source: MetricSource,
): Promise<AlarmState | undefined> {
  const breaches = BREACHES[alarm.ComparisonOperator ?? ''];
  if (!breaches) {
    return undefined;
  }
  if (isWarmingUp(alarm, at)) {
    return 'INSUFFICIENT_DATA';
  }
  const evaluated = alarm.EvaluationPeriods ?? 1;
  const periods = periodsBefore(alarm, at, evaluated + EXTRA_PERIODS);
  try {
    const values = await valuesOf(alarm, periods, source);
    const band = await bandOf(alarm, periods, source);
    const breaching = values.map((value, index) => {
      const expected = band[index];
      return value === undefined || expected === undefined ? undefined : breaches(value, expected.lower, expected.upper);
    });
    return stateOf(breaching, {
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

/** Whether the alarm waits for the end of its warm-up, which begins when it is configured. */
function isWarmingUp({ WarmUpConfiguration, AlarmConfigurationUpdatedTimestamp }: AlarmDefinition, at: Date): boolean {
  const { WarmUpPeriodDurationInMinutes: minutes = 0, OnlyStartEvaluatingAfterWarmUpPeriodEnds: waits } = WarmUpConfiguration ?? {};
  const since = AlarmConfigurationUpdatedTimestamp?.getTime();
  return waits === true && since !== undefined && at.getTime() < since + minutes * 60_000;
}

/** The series that the alarm watches. */
async function valuesOf(alarm: AlarmDefinition, periods: readonly Period[], source: MetricSource): Promise<(number | undefined)[]> {
  const queries = queriesOf(alarm);
  const starts = periods.map(({ start }) => start);
  const metrics = new Map<string, Series>();
  for (const { Id = '', MetricStat } of queries) {
    if (MetricStat) {
      const values = await source.read(readOf(MetricStat, periods));
      const points = starts.map((start, index) => [start, values[index]] as const);
      metrics.set(Id, { label: Id, values: new Map(points.filter((point): point is readonly [number, number] => point[1] !== undefined)) });
    }
  }
  const periodSeconds = periodSecondsOf(alarm);
  const lookup = (id: string): Series | readonly Series[] => {
    const expression = queries.find((query) => query.Id === id)?.Expression;
    if (expression === undefined && !metrics.has(id)) {
      throw new UnsupportedMath(`'${id}' is no metric of this alarm`);
    }
    const series = metrics.get(id) ?? evaluateMath(expression ?? '', { starts, periodSeconds, lookup, metricIds: [...metrics.keys()] });
    return 'length' in series && series.length === 1 ? series[0]! : series;
  };
  const watched = queries.filter(({ Id, ReturnData }) => Id !== alarm.ThresholdMetricId && ReturnData !== false);
  const result = [lookup(watched[0]?.Id ?? '')].flat();
  if (result.length !== 1) {
    throw new UnsupportedMath(`an alarm needs one series, got ${result.length}`);
  }
  return starts.map((start) => result[0]?.values.get(start));
}

/** What each value is compared with: the threshold on both edges, or a band. */
async function bandOf(alarm: AlarmDefinition, periods: readonly Period[], source: MetricSource): Promise<readonly (Band | undefined)[]> {
  if (alarm.ThresholdMetricId === undefined) {
    const threshold = alarm.Threshold;
    return periods.map(() => (threshold === undefined ? undefined : { lower: threshold, upper: threshold }));
  }
  const queries = queriesOf(alarm);
  const expression = queries.find(({ Id }) => Id === alarm.ThresholdMetricId)?.Expression ?? '';
  const [, id, deviations] = /^ANOMALY_DETECTION_BAND\((\w+),\s*([\d.]+)\)$/.exec(expression) ?? [];
  const metric = queries.find(({ Id }) => Id === id)?.MetricStat;
  if (!source.band || !metric) {
    throw new UnsupportedMath(`'${expression}' is a model that only CloudWatch knows`);
  }
  return source.band(readOf(metric, periods), Number(deviations));
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
