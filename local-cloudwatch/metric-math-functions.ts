import { asArray, asSeries, describe, isArray, type MathContext, type MathValue, type Series, UnsupportedMath } from './metric-math-values';

type MathFunction = (args: readonly MathValue[], context: MathContext) => MathValue;
type Fold = (values: readonly number[]) => number;

const sum: Fold = (values) => values.reduce((total, value) => total + value, 0);
const mean: Fold = (values) => sum(values) / values.length;

/** Make one number of several: of a series over time, of an array in each period. */
const FOLDS = {
  SUM: sum,
  AVG: mean,
  MIN: (values: readonly number[]) => values.reduce((least, value) => Math.min(least, value), Infinity),
  MAX: (values: readonly number[]) => values.reduce((most, value) => Math.max(most, value), -Infinity),
  STDDEV: (values: readonly number[]) => Math.sqrt(mean(values.map((value) => (value - mean(values)) ** 2))),
} satisfies Record<string, Fold>;

/** What SORT can sort by. */
const SORTABLE = ['AVG', 'MIN', 'MAX', 'SUM'];

/** Of the moment of each period, in UTC. */
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

/** The functions of metric math by name; what is not here is refused. */
export const FUNCTIONS: Readonly<Record<string, MathFunction>> = {
  ...rename(FOLDS, foldFunction),
  ...rename(CALENDAR, (of, name) => ([value], context) => ({
    label: name,
    values: new Map(starts(name, value, context).map((start) => [start, of(new Date(start * 1000))])),
  })),
  ...rename(
    MAPS,
    (map, name) =>
      ([value]) =>
        each(value, name, (series) => mapValues(series, map)),
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
  FIRST: ([value]) => end(asArray(value, 'FIRST')[0]),
  LAST: ([value]) => end(asArray(value, 'LAST').at(-1)),
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
  FILL: ([value, filler], context) => each(value, 'FILL', (series) => fill(series, filler, context)),
  IF: ([condition, then, otherwise], context) => {
    const test = asSeries(condition, 'IF', context);
    const yes = asSeries(then, 'IF', context);
    const no = otherwise === undefined ? undefined : asSeries(otherwise, 'IF', context);
    return {
      label: yes.label,
      values: present(context.starts, (start) => {
        const truth = test.values.get(start);
        // Without an else branch, periods whose condition is false have no datapoint.
        return truth === undefined ? undefined : (truth === 0 ? no : yes)?.values.get(start);
      }),
    };
  },
  RUNNING_SUM: ([value]) => {
    return each(value, 'RUNNING_SUM', (series) => {
      let total = 0;
      return mapValues(series, (each) => (total += each));
    });
  },
  DIFF: ([value]) => each(value, 'DIFF', (series) => steps(series, (change) => change)),
  DIFF_TIME: ([value]) => each(value, 'DIFF_TIME', (series) => steps(series, (_, seconds) => seconds)),
  RATE: ([value]) => each(value, 'RATE', (series) => steps(series, (change, seconds) => change / seconds)),
};

function foldFunction(fold: Fold, name: string): MathFunction {
  return ([value], context) => {
    if (isArray(value)) {
      return perPeriod(value, name, context, fold);
    }
    const values = [...asSeries(value, name, context).values.values()];
    // Of a series without datapoints there is no number; an empty series stays empty through every operator.
    return values.length ? fold(values) : { label: name, values: new Map() };
  };
}

function perPeriod(array: readonly Series[], label: string, { starts }: MathContext, fold: Fold): Series {
  return {
    label,
    values: present(starts, (start) => {
      const values = array.map((series) => series.values.get(start)).filter((value) => value !== undefined);
      return values.length ? fold(values) : undefined;
    }),
  };
}

function fill(series: Series, filler: MathValue | undefined, context: MathContext): Series {
  const { starts } = context;
  if (filler === 'REPEAT') {
    let last: number | undefined;
    return { ...series, values: present(starts, (start) => (last = series.values.get(start) ?? last)) };
  }
  if (filler === 'LINEAR') {
    const known = starts.filter((start) => series.values.has(start));
    return { ...series, values: present(starts, (start) => series.values.get(start) ?? between(series, known, start)) };
  }
  if (typeof filler === 'string') {
    throw new UnsupportedMath(`FILL needs a number, a series, REPEAT or LINEAR, got '${filler}'`);
  }
  const other = asSeries(filler, 'FILL', context);
  return { ...series, values: present(starts, (start) => series.values.get(start) ?? other.values.get(start)) };
}

function between(series: Series, known: readonly number[], start: number): number | undefined {
  const before = known.filter((time) => time < start).at(-1);
  const after = known.find((time) => time > start);
  if (before === undefined || after === undefined) {
    return undefined;
  }
  const [low, high] = [series.values.get(before)!, series.values.get(after)!];
  return low + ((high - low) * (start - before)) / (after - before);
}

/** Each datapoint against the one before it. */
function steps(series: Series, of: (change: number, seconds: number) => number): Series {
  const points = [...series.values].sort(([a], [b]) => a - b);
  return {
    ...series,
    values: new Map(
      points.slice(1).map(([start, value], index) => {
        const [before, old] = points[index]!;
        return [start, of(value - old, start - before)];
      }),
    ),
  };
}

function each(value: MathValue | undefined, where: string, change: (series: Series) => Series): MathValue {
  const changed = asArray(value, where).map(change);
  return isArray(value) ? changed : changed[0]!;
}

function mapValues(series: Series, map: (value: number) => number): Series {
  const points = [...series.values].sort(([a], [b]) => a - b);
  return { ...series, values: new Map(points.map(([start, value]) => [start, map(value)])) };
}

function present(starts: readonly number[], at: (start: number) => number | undefined): Map<number, number> {
  const points = starts.map((start) => [start, at(start)] as const);
  return new Map(points.filter((point): point is readonly [number, number] => point[1] !== undefined));
}

function starts(name: string, value: MathValue | undefined, context: MathContext): readonly number[] {
  asSeries(value, name, context);
  return context.starts;
}

function end(series: Series | undefined): Series {
  return series ?? { label: '', values: new Map() };
}

function number(value: MathValue | undefined, where: string): number {
  if (typeof value !== 'number') {
    throw new UnsupportedMath(`${where} needs a number, got ${describe(value)}`);
  }
  return value;
}

const compare = (a: number, b: number) => (a === b ? 0 : a < b ? -1 : 1);

function rename<T, R>(table: Readonly<Record<string, T>>, make: (entry: T, name: string) => R): Record<string, R> {
  return Object.fromEntries(Object.entries(table).map(([name, entry]) => [name, make(entry, name)]));
}
