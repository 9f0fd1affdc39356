import { compareValues, type LogRow, UnsupportedQuery, type Value } from './insights-values';
import { maximum, mean, minimum, percentile, standardDeviation, sum } from './statistics';

/** A function of one row, over the values of its arguments. */
type RowFunction = (args: readonly Value[], row: LogRow) => Value;

/** The rows of a group, and what an aggregate function is asked of them. */
interface Group {
  readonly rows: readonly LogRow[];
  /** The first argument in each row; absent in `count(*)`. */
  readonly values?: readonly Value[];
  /** The second argument. */
  readonly argument?: Value;
}

type AggregateFunction = (group: Group) => Value;

/**
 * The functions that are known, one row each; every other is refused.
 * Source: CloudWatch Logs User Guide, "Supported operations and functions".
 */
export const ROW_FUNCTIONS: Readonly<Record<string, RowFunction>> = {
  /** Not of Logs Insights: the parser writes a field in backticks this way. */
  field: ([name], row) => row.get(String(name)),
  ispresent: ([value]) => value !== undefined,
  coalesce: (values) => values.find((value) => value !== undefined),
  substr: ([text, start, length]) =>
    text !== undefined
      ? String(text)
          .slice(Number(start))
          .slice(0, Number(length ?? Infinity))
      : undefined,
  concat: (values) => values.map((value) => value ?? '').join(''),
  floor: ([value]) => (value === undefined || !Number.isFinite(Number(value)) ? undefined : Math.floor(Number(value))),
  /** 1 or 0, so that it can be a factor. */
  strcontains: ([text, part]) => Number(String(text ?? '').includes(String(part))),
  bin: ([duration], row) => startOfPeriod(row.get('@timestamp'), duration),
  datefloor: ([time, duration]) => startOfPeriod(time, duration),
};

/** The functions of `stats` that are known, one row each. */
export const AGGREGATE_FUNCTIONS: Readonly<Record<string, AggregateFunction>> = {
  count: ({ rows, values }) => (values ? present(values).length : rows.length),
  count_distinct: ({ values = [] }) => new Set(present(values)).size,
  sortsFirst: ({ values = [] }) => inOrder(values, 1),
  sortsLast: ({ values = [] }) => inOrder(values, -1),
  latest: ({ rows, values = [] }) => firstByTime(rows, values, -1),
  earliest: ({ rows, values = [] }) => firstByTime(rows, values, 1),
  sum: ofNumbers(sum),
  avg: ofNumbers(mean),
  min: ofNumbers(minimum),
  max: ofNumbers(maximum),
  stddev: ofNumbers(standardDeviation),
  pct: ofNumbers(percentile),
};

const PERIOD_MS: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000 };

function startOfPeriod(time: Value, duration: Value): Value {
  const [, count, unit] = /^(\d+)(\w+)$/.exec(String(duration)) ?? [];
  const period = Number(count) * (PERIOD_MS[unit ?? ''] ?? NaN);
  if (Number.isNaN(period)) {
    throw new UnsupportedQuery(`'${String(duration)}' is no period such as 5m, 1h or 1d`);
  }
  return typeof time === 'number' ? time - (time % period) : undefined;
}

const present = (values: readonly Value[]): Value[] => values.filter((value) => value !== undefined);

/** The value of the first row that has one, oldest or newest first. */
function firstByTime(rows: readonly LogRow[], values: readonly Value[], direction: 1 | -1): Value {
  const known = rows.flatMap((row, index) => (values[index] === undefined ? [] : [{ time: row.get('@timestamp'), value: values[index] }]));
  return known.sort((a, b) => compareValues(a.time, b.time, direction))[0]?.value;
}

/** The value that sorts first, or last. */
function inOrder(values: readonly Value[], direction: 1 | -1): Value {
  return present(values).sort((a, b) => compareValues(a, b, direction))[0];
}

/** An aggregate over the numbers among the values. Without a number it has no value: an unknown sum is not zero. */
function ofNumbers(fold: (values: readonly number[], argument: number) => number): AggregateFunction {
  return ({ values = [], argument }) => {
    const numbers = present(values).map(Number).filter(Number.isFinite);
    return numbers.length > 0 ? fold(numbers, Number(argument)) : undefined;
  };
}
