import { changes, datapointsAt, fill, mapDatapoints, mapSeries, perPeriod } from './metric-math-series';
import { maximum, mean, minimum, standardDeviation, sum } from './statistics';
import { asArray, asSeries, describe, isArray, type MathContext, type MathValue, type Series, UnsupportedMath } from './metric-math-values';

type MathFunction = (args: readonly MathValue[], context: MathContext) => MathValue;
type Fold = (values: readonly number[]) => number;

/** Over a series they give one number; over an array, one number for each period. */
const FOLDS = { SUM: sum, AVG: mean, MIN: minimum, MAX: maximum, STDDEV: standardDeviation } satisfies Record<string, Fold>;

/** What SORT can sort by. */
const SORTABLE = ['AVG', 'MIN', 'MAX', 'SUM'];

/** Parts of the start of each period, in UTC. */
const CALENDAR: Readonly<Record<string, (time: Date) => number>> = {
  MINUTE: (time) => time.getUTCMinutes(),
  HOUR: (time) => time.getUTCHours(),
  /** 1 is Monday, 7 is Sunday. */
  DAY: (time) => time.getUTCDay() || 7,
  DATE: (time) => time.getUTCDate(),
  MONTH: (time) => time.getUTCMonth() + 1,
  YEAR: (time) => time.getUTCFullYear(),
  EPOCH: (time) => time.getTime() / 1000,
};

const MAPS: Readonly<Record<string, (value: number) => number>> = {
  ABS: Math.abs,
  CEIL: Math.ceil,
  FLOOR: Math.floor,
  LOG: Math.log,
  LOG10: Math.log10,
};

/**
 * The functions of metric math by name; every other is refused.
 * Source: CloudWatch User Guide, "Using math expressions with CloudWatch metrics".
 */
export const FUNCTIONS: Readonly<Record<string, MathFunction>> = {
  ...mapTable(FOLDS, foldFunction),
  ...mapTable(CALENDAR, (of, name) => ([value], context) => ({
    label: name,
    values: new Map(starts(name, value, context).map((start) => [start, of(new Date(start * 1000))])),
  })),
  ...mapTable(
    MAPS,
    (map, name) =>
      ([value]) =>
        mapSeries(value, name, (series) => mapDatapoints(series, map)),
  ),

  METRICS: ([part], { metricIds = [], lookup }) =>
    metricIds.filter((id) => typeof part !== 'string' || id.includes(part)).flatMap((id) => lookup(id)),
  SEARCH: ([query, statistic, period], { search, periodSeconds }) => {
    if (!search) {
      throw new UnsupportedMath('SEARCH is not allowed here: CloudWatch takes it in graphs, not in alarms');
    }
    if (typeof query !== 'string' || typeof statistic !== 'string') {
      throw new UnsupportedMath(`SEARCH needs a query and a statistic, got ${describe(query)} and ${describe(statistic)}`);
    }
    return search(query, statistic, typeof period === 'number' ? period : periodSeconds);
  },
  TIME_SERIES: ([value], context) => {
    if (typeof value !== 'number') {
      throw new UnsupportedMath(`TIME_SERIES needs a number, got ${describe(value)}`);
    }
    return asSeries(value, 'TIME_SERIES', context);
  },
  PERIOD: ([value], { periodSeconds }) => (asArray(value, 'PERIOD'), periodSeconds),
  DATAPOINT_COUNT: ([value], context) =>
    isArray(value)
      ? perPeriod(value, 'DATAPOINT_COUNT', context, (values) => values.length)
      : asSeries(value, 'DATAPOINT_COUNT', context).values.size,
  METRIC_COUNT: ([value]) => asArray(value, 'METRIC_COUNT').length,
  FIRST: ([value]) => orEmpty(asArray(value, 'FIRST')[0]),
  LAST: ([value]) => orEmpty(asArray(value, 'LAST').at(-1)),
  REMOVE_EMPTY: ([value]) => asArray(value, 'REMOVE_EMPTY').filter(({ values }) => values.size > 0),
  SLICE: ([value, from, to]) => asArray(value, 'SLICE').slice(number(from, 'SLICE'), to === undefined ? undefined : number(to, 'SLICE')),
  SORT: ([value, by, order, count]) => {
    if (typeof by !== 'string' || !SORTABLE.includes(by) || (order !== 'ASC' && order !== 'DESC')) {
      throw new UnsupportedMath(`SORT needs one of ${SORTABLE.join(', ')} and ASC or DESC, got ${describe(by)} and ${describe(order)}`);
    }
    const weigh = (series: Series) => (series.values.size ? FOLDS[by as keyof typeof FOLDS]([...series.values.values()]) : -Infinity);
    const sign = order === 'ASC' ? 1 : -1;
    const sorted = [...asArray(value, 'SORT')].sort((a, b) => sign * compare(weigh(a), weigh(b)));
    return count === undefined ? sorted : sorted.slice(0, number(count, 'SORT'));
  },
  FILL: ([value, filler], context) => mapSeries(value, 'FILL', (series) => fill(series, filler, context)),
  IF: ([condition, then, elseValue], context) => {
    const test = asSeries(condition, 'IF', context);
    const yes = asSeries(then, 'IF', context);
    const no = elseValue === undefined ? undefined : asSeries(elseValue, 'IF', context);
    return {
      label: yes.label,
      values: datapointsAt(context.starts, (start) => {
        const truth = test.values.get(start);
        // Without an else branch, periods whose condition is false have no datapoint.
        return truth === undefined ? undefined : (truth === 0 ? no : yes)?.values.get(start);
      }),
    };
  },
  RUNNING_SUM: ([value]) =>
    mapSeries(value, 'RUNNING_SUM', (series) => {
      let total = 0;
      return mapDatapoints(series, (datapoint) => (total += datapoint));
    }),
  DIFF: ([value]) => mapSeries(value, 'DIFF', (series) => changes(series, (change) => change)),
  DIFF_TIME: ([value]) => mapSeries(value, 'DIFF_TIME', (series) => changes(series, (_, seconds) => seconds)),
  RATE: ([value]) => mapSeries(value, 'RATE', (series) => changes(series, (change, seconds) => change / seconds)),
};

function foldFunction(fold: Fold, name: string): MathFunction {
  return ([value], context) => {
    if (isArray(value)) {
      return perPeriod(value, name, context, fold);
    }
    const values = [...asSeries(value, name, context).values.values()];
    // An empty series has no sum or average. An empty result stays empty through every operator.
    return values.length ? fold(values) : { label: name, values: new Map() };
  };
}

function starts(name: string, value: MathValue | undefined, context: MathContext): readonly number[] {
  asSeries(value, name, context);
  return context.starts;
}

function orEmpty(series: Series | undefined): Series {
  return series ?? { label: '', values: new Map() };
}

function number(value: MathValue | undefined, where: string): number {
  if (typeof value !== 'number') {
    throw new UnsupportedMath(`${where} needs a number, got ${describe(value)}`);
  }
  return value;
}

const compare = (a: number, b: number) => (a === b ? 0 : a < b ? -1 : 1);

function mapTable<T, R>(table: Readonly<Record<string, T>>, make: (entry: T, name: string) => R): Record<string, R> {
  return Object.fromEntries(Object.entries(table).map(([name, entry]) => [name, make(entry, name)]));
}
