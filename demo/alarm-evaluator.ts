import type { MetricAlarm, MetricDataQuery } from '@aws-sdk/client-cloudwatch';
import { MetricMath, type Series, UnsupportedMath } from './metric-math';

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
  | 'ComparisonOperator'
  | 'TreatMissingData'
>;

/** One plain metric to read, over the given periods. */
export interface MetricRead {
  readonly namespace: string;
  readonly metricName: string;
  readonly dimensions: Readonly<Record<string, string>>;
  readonly statistic: string;
  readonly periodSeconds: number;
  /** Start of each period, in seconds since the epoch, oldest first. */
  readonly starts: readonly number[];
}

export type ReadMetric = (read: MetricRead) => Promise<Series>;

/** Periods that CloudWatch reads beyond the evaluated ones, to bridge data that are missing or late. */
const EXTRA_PERIODS = 2;

const BREACHES: Readonly<Record<string, (value: number, threshold: number) => boolean>> = {
  GreaterThanThreshold: (value, threshold) => value > threshold,
  GreaterThanOrEqualToThreshold: (value, threshold) => value >= threshold,
  LessThanThreshold: (value, threshold) => value < threshold,
  LessThanOrEqualToThreshold: (value, threshold) => value <= threshold,
};

/**
 * The state of an alarm at a moment, by the rules that CloudWatch documents: dimensions, M of N, missing data, metric math.
 * The latest period is the one that contains the moment. Returns undefined when the definition is beyond this evaluator.
 */
export async function evaluateAlarm(
  alarm: AlarmDefinition,
  at: Date,
  before: AlarmState,
  read: ReadMetric,
): Promise<AlarmState | undefined> {
  const queries = queriesOf(alarm);
  const periodSeconds = Math.max(...queries.map((query) => query.MetricStat?.Period ?? query.Period ?? 0));
  const evaluated = alarm.EvaluationPeriods ?? 1;
  const latest = Math.floor(at.getTime() / 1000 / periodSeconds) * periodSeconds;
  const count = evaluated + EXTRA_PERIODS;
  const starts = Array.from({ length: count }, (_, index) => latest - (count - 1 - index) * periodSeconds);

  try {
    const datapoints = await seriesOf(queries, starts, periodSeconds, read);
    const breaches = BREACHES[alarm.ComparisonOperator ?? ''];
    if (!breaches || alarm.Threshold === undefined) {
      return undefined;
    }
    const threshold = alarm.Threshold;
    return stateOf(
      datapoints.map((value) => (value === undefined ? undefined : breaches(value, threshold))),
      { evaluated, toAlarm: alarm.DatapointsToAlarm ?? evaluated, missing: alarm.TreatMissingData ?? 'missing', before },
    );
  } catch (error) {
    if (error instanceof UnsupportedMath) {
      return undefined;
    }
    throw error;
  }
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

async function seriesOf(
  queries: readonly MetricDataQuery[],
  starts: readonly number[],
  periodSeconds: number,
  read: ReadMetric,
): Promise<Series> {
  const plain = new Map<string, Series>();
  for (const { Id, MetricStat } of queries) {
    if (Id && MetricStat) {
      plain.set(
        Id,
        await read({
          namespace: MetricStat.Metric?.Namespace ?? '',
          metricName: MetricStat.Metric?.MetricName ?? '',
          dimensions: Object.fromEntries((MetricStat.Metric?.Dimensions ?? []).map(({ Name, Value }) => [Name ?? '', Value ?? ''])),
          statistic: MetricStat.Stat ?? 'Average',
          periodSeconds,
          starts,
        }),
      );
    }
  }
  const lookup = (id: string): Series => {
    const expression = queries.find((query) => query.Id === id)?.Expression;
    return plain.get(id) ?? (expression === undefined ? unknown(id) : math.evaluate(expression));
  };
  const math = new MetricMath(starts.length, periodSeconds, lookup, [...plain.keys()]);
  const returned = queries.filter((query) => query.ReturnData !== false);
  return lookup(returned[0]?.Id ?? '');
}

function queriesOf(alarm: AlarmDefinition): readonly MetricDataQuery[] {
  if (alarm.Metrics?.length) {
    return alarm.Metrics;
  }
  const { Namespace, MetricName, Dimensions, Period, Statistic, ExtendedStatistic } = alarm;
  return [{ Id: 'm', MetricStat: { Metric: { Namespace, MetricName, Dimensions }, Period, Stat: ExtendedStatistic ?? Statistic } }];
}

function unknown(id: string): never {
  throw new UnsupportedMath(`'${id}' is no metric of this alarm`);
}
