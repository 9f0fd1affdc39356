import fc from 'fast-check';
import { evaluateMath, type MathContext, type Series, UnsupportedMath } from '../../local-cloudwatch/metric-math';

const START = Date.UTC(2026, 10, 29, 22) / 1000;
const HOUR = 3600;
const starts = [0, 1, 2, 3].map((index) => START + index * HOUR);

type Row = readonly (number | undefined)[];

/** A row reads like a graph: one value a period, undefined where there is none. */
function series(label: string, row: Row): Series {
  const points = row.map((value, index) => [starts[index]!, value] as const);
  return { label, values: new Map(points.filter((point): point is readonly [number, number] => point[1] !== undefined)) };
}

function context(metrics: Record<string, Row>): MathContext {
  return {
    starts,
    periodSeconds: HOUR,
    metricIds: Object.keys(metrics),
    lookup: (id) => {
      const row = metrics[id];
      if (!row) {
        throw new UnsupportedMath(`'${id}' is no metric`);
      }
      return series(id, row);
    },
  };
}

function rows(expression: string, metrics: Record<string, Row> = {}): Row[] {
  return evaluateMath(expression, context(metrics)).map(({ values }) => starts.map((start) => values.get(start)));
}

const row = (expression: string, metrics: Record<string, Row> = {}): Row | undefined => rows(expression, metrics)[0];

const _ = undefined;

test.each<[string, Record<string, Row>, Row]>([
  // Operators: a datapoint needs both sides; a division by zero has none.
  ['m1 + m2', { m1: [1, 2, _, 4], m2: [10, _, 30, 40] }, [11, _, _, 44]],
  ['100 * errors / calls', { errors: [1, 0, 0, 5], calls: [10, 0, 4, 5] }, [10, _, 0, 100]],
  ['-m1', { m1: [1, 2, _, 4] }, [-1, -2, _, -4]],
  ['2 * m1 ^ 2', { m1: [1, 2, 3, 4] }, [2, 8, 18, 32]],
  ['m1 + m2 * 2', { m1: [1, 1, 1, 1], m2: [1, 2, 3, 4] }, [3, 5, 7, 9]],
  ['m1 >= 2 AND m1 < 4', { m1: [1, 2, 3, 4] }, [0, 1, 1, 0]],
  ['m1 == 1 || m1 == 4', { m1: [1, 2, 3, 4] }, [1, 0, 0, 1]],
  // Aggregates: of one series a number, of an array a series.
  ['m1 - AVG(m1)', { m1: [1, 2, 3, 6] }, [-2, -1, 0, 3]],
  ['m1 / MAX(m1)', { m1: [1, 2, _, 4] }, [0.25, 0.5, _, 1]],
  ['TIME_SERIES(SUM(m1))', { m1: [1, 2, _, 4] }, [7, 7, 7, 7]],
  ['SUM([m1, m2])', { m1: [1, _, _, 4], m2: [1, 2, _, 4] }, [2, 2, _, 8]],
  ['MAX([m1, m2])', { m1: [1, _, 9, 4], m2: [2, 2, 3, 4] }, [2, 2, 9, 4]],
  ['AVG(METRICS("err"))', { err1: [1, 2, 3, 4], err2: [3, 4, 5, 6], calls: [9, 9, 9, 9] }, [2, 3, 4, 5]],
  ['SUM(METRICS())', { m1: [1, 2, 3, 4], m2: [1, 1, 1, 1] }, [2, 3, 4, 5]],
  ['TIME_SERIES(STDDEV(m1))', { m1: [2, 4, 4, 6] }, [Math.SQRT2, Math.SQRT2, Math.SQRT2, Math.SQRT2]],
  // Missing data.
  ['FILL(m1, 0)', { m1: [_, 2, _, 4] }, [0, 2, 0, 4]],
  ['FILL(m1, REPEAT)', { m1: [_, 2, _, 4] }, [_, 2, 2, 4]],
  ['FILL(m1, LINEAR)', { m1: [1, _, _, 4] }, [1, 2, 3, 4]],
  ['FILL(m1, m2)', { m1: [1, _, _, 4], m2: [9, 8, _, 6] }, [1, 8, _, 4]],
  ['FILL(m1, 0) + FILL(m2, 0)', { m1: [], m2: [1, _, _, _] }, [1, 0, 0, 0]],
  // Conditions.
  ['IF(m1 > 2, m1, 0)', { m1: [1, 2, 3, _] }, [0, 0, 3, _]],
  ['IF(m1 > 2, m1)', { m1: [1, 2, 3, 4] }, [_, _, 3, 4]],
  ['IF(calls >= 20, 100 * errors / calls, 0)', { calls: [10, 20, 40, 100], errors: [9, 1, 4, 25] }, [0, 5, 10, 25]],
  // Over time. A change is measured against the datapoint before, however long ago.
  ['RUNNING_SUM(m1)', { m1: [1, 2, _, 4] }, [1, 3, _, 7]],
  ['DIFF(m1)', { m1: [1, 2, _, 4] }, [_, 1, _, 2]],
  ['RATE(m1)', { m1: [0, 3600, _, 3600] }, [_, 1, _, 0]],
  ['DIFF_TIME(m1)', { m1: [1, 2, _, 4] }, [_, 3600, _, 7200]],
  ['m1 / PERIOD(m1)', { m1: [3600, 7200, 0, _] }, [1, 2, 0, _]],
  ['TIME_SERIES(DATAPOINT_COUNT(m1))', { m1: [1, _, _, 1] }, [2, 2, 2, 2]],
  ['TIME_SERIES(METRIC_COUNT(METRICS()))', { m1: [1], m2: [] }, [2, 2, 2, 2]],
  // The calendar, in UTC, of every period with or without data.
  ['HOUR(m1)', { m1: [] }, [22, 23, 0, 1]],
  ['DATE(m1)', { m1: [] }, [29, 29, 30, 30]],
  ['DAY(m1)', { m1: [] }, [7, 7, 1, 1]],
  ['MONTH(m1) + YEAR(m1)', { m1: [] }, [2037, 2037, 2037, 2037]],
  ['EPOCH(m1) - MIN(EPOCH(m1))', { m1: [] }, [0, 3600, 7200, 10800]],
  ['ABS(CEIL(m1 / 2))', { m1: [-3, 3, 4, _] }, [1, 2, 2, _]],
])('%s', (expression, metrics, expected) => {
  expect(row(expression, metrics)).toEqual(expected);
});

test('an array is sorted, cut and thinned as a whole', () => {
  const metrics = { a: [1, 1, 1, 1], b: [5, 5, 5, 5], c: [3, 3, 3, 3], d: [] };
  const labels = (expression: string) => evaluateMath(expression, context(metrics)).map(({ label }) => label);

  expect(labels('SORT(METRICS(), AVG, DESC)')).toEqual(['b', 'c', 'a', 'd']);
  expect(labels('SORT(METRICS(), SUM, DESC, 2)')).toEqual(['b', 'c']);
  expect(labels('SLICE(SORT(METRICS(), MAX, ASC), 1, 3)')).toEqual(['a', 'c']);
  expect(labels('LAST(SORT(REMOVE_EMPTY(METRICS()), AVG, ASC))')).toEqual(['b']);
  expect(labels('METRICS() * 2')).toEqual(['a', 'b', 'c', 'd']);
});

test('a search is answered by the holder of the metrics', () => {
  const search = jest.fn().mockReturnValue([series('x', [1, 2, 3, 4]), series('y', [1, 1, 1, 1])]);
  const [total] = evaluateMath(`SUM(SEARCH('{AWS/Bedrock,ModelId} MetricName="Invocations"', 'Sum', 300))`, { ...context({}), search });

  expect(total?.values.get(starts[3]!)).toBe(5);
  expect(search).toHaveBeenCalledWith('{AWS/Bedrock,ModelId} MetricName="Invocations"', 'Sum', 300);
});

test('the start of the month can be worked out from EPOCH and DATE', () => {
  const monthToDate = 'RUNNING_SUM(IF(EPOCH(f) >= MAX(EPOCH(f) - (DATE(f) - 1) * 86400 - HOUR(f) * 3600), f, 0))'.replaceAll(
    'f',
    'FILL(cost, 0)',
  );
  const days = [0, 1, 2, 3].map((index) => Date.UTC(2026, 10, 29) / 1000 + index * 86400);
  const cost: Series = { label: 'cost', values: new Map(days.map((day, index) => [day, index + 1])) };
  const [result] = evaluateMath(monthToDate, { starts: days, periodSeconds: 86400, lookup: () => cost });

  expect(days.map((day) => result?.values.get(day))).toEqual([0, 0, 3, 7]);
});

test.each([
  ['ANOMALY_DETECTION_BAND(m1, 2)', "'ANOMALY_DETECTION_BAND' is not among the functions known here: SUM, AVG"],
  ['toString(m1)', "'toString' is not among the functions known here"],
  ['m1 % 2', `'m1 % 2' is no metric math: Unexpected "%" at character 3`],
  ['!m1', `'!m1' is no metric math: Unexpected "!" at character 0`],
  ['m1 ? 1 : 2', "'ConditionalExpression' is no part of metric math"],
  ['m1.length', "'MemberExpression' is no part of metric math"],
  ['m1 +', "'m1 +' is no metric math: Expected expression after + at character 4"],
  ['m1 m2', "'m1 m2' is no metric math: it is not exactly one expression"],
  ['true', "'true' is no value of metric math"],
  ['nothing + 1', "'nothing' is no metric"],
  ['SUM(m1)', "'SUM(m1)' gives a single value where CloudWatch needs a series: wrap it in TIME_SERIES()"],
  ['METRICS() + METRICS()', "'+' cannot combine two arrays of series"],
  ['IF(METRICS(), 1, 0)', 'IF needs one series, got an array'],
  ['FILL(m1, AVERAGE)', "FILL needs a number, a series, REPEAT or LINEAR, got 'AVERAGE'"],
  ['SORT(METRICS(), STDDEV, DESC)', "SORT needs one of AVG, MIN, MAX, SUM and ASC or DESC, got 'STDDEV' and 'DESC'"],
  ['TIME_SERIES(m1)', 'TIME_SERIES needs a number, got a series'],
  [`SEARCH('{A,b} MetricName="C"', 'Sum')`, 'SEARCH is not allowed here: CloudWatch takes it in graphs, not in alarms'],
])('fails on %s', (expression, message) => {
  expect(() => evaluateMath(expression, context({ m1: [1, 2, 3, 4] }))).toThrow(message);
});

test('an error rate stays within 0 and 100 % under both readings of the calls', () => {
  const value = fc.option(fc.nat(1000), { nil: undefined });
  const rate = '100 * (FILL(c, 0) + FILL(s, 0)) / MAX([FILL(n, 0), FILL(c, 0) + FILL(s, 0)])';
  fc.assert(
    fc.property(fc.array(value, { maxLength: 4 }), fc.array(value, { maxLength: 4 }), fc.array(value, { maxLength: 4 }), (c, s, n) => {
      for (const percent of row(rate, { c, s, n }) ?? []) {
        expect(percent ?? 0).toBeGreaterThanOrEqual(0);
        expect(percent ?? 0).toBeLessThanOrEqual(100);
      }
    }),
  );
});
