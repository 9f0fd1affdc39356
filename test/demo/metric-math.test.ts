import { MetricMath, type Series } from '../../demo/metric-math';

const SERIES: Record<string, Series> = { m1: [1, 2, undefined, 4], m2: [10, undefined, 30, 0], flag: [0, 1, 1, 0] };
const math = new MetricMath(4, 60, (id) => SERIES[id] ?? [], ['m1', 'm2']);

test.each<[expression: string, result: Series]>([
  ['m1 + m2', [11, undefined, undefined, 4]],
  ['m1 - 1', [0, 1, undefined, 3]],
  ['-m1', [-1, -2, undefined, -4]],
  ['m1 / m2', [0.1, undefined, undefined, undefined]],
  ['100 * m1 / 4', [25, 50, undefined, 100]],
  ['m1 + 2 * 3 ^ 2', [19, 20, undefined, 22]],
  ['m1 > 1', [0, 1, undefined, 1]],
  ['m1 > 1 AND m2 >= 0', [0, undefined, undefined, 1]],
  ['m1 == 1 || m1 == 4', [1, 0, undefined, 1]],
  ['FILL(m1, 0) + FILL(m2, 0)', [11, 2, 30, 4]],
  ['FILL(m1, REPEAT)', [1, 2, 2, 4]],
  ['IF(flag, m1, 9)', [9, 2, undefined, 9]],
  ['IF(flag, m1)', [undefined, 2, undefined, undefined]],
  ['MAX([m1, m2])', [10, 2, 30, 4]],
  ['MIN([m1, m2])', [1, 2, 30, 0]],
  ['SUM(METRICS())', [11, 2, 30, 4]],
  ['AVG([m1, m2])', [5.5, 2, 30, 2]],
  ['SUM(m1)', [7, 7, 7, 7]],
  ['MAX(m1) - MIN(m1)', [3, 3, 3, 3]],
  ['STDDEV([m1, m2])', [4.5, 0, 0, 2]],
  ['m1 / PERIOD(m1)', [1 / 60, 2 / 60, undefined, 4 / 60]],
  ['DIFF(m1)', [undefined, 1, undefined, undefined]],
  ['RATE(m1)', [undefined, 1 / 60, undefined, undefined]],
  ['RUNNING_SUM(m1)', [1, 3, undefined, 7]],
  ['ABS(0 - m1)', [1, 2, undefined, 4]],
  ['CEIL(m1 / 3) * FLOOR(5 / 2)', [2, 2, undefined, 4]],
  ['TIME_SERIES(5)', [5, 5, 5, 5]],
])('%s', (expression, result) => {
  expect(math.evaluate(expression)).toEqual(result);
});

test.each([
  ['SEARCH("x", "Sum", 60)', "'SEARCH' is not among the functions"],
  ['FILL(m1, LINEAR)', "FILL with 'LINEAR'"],
  ['m1 % 2', "'%' is no operator"],
  ['[m1, m2]', 'gives several series'],
  ['m1 ? 1 : 2', "'ConditionalExpression' is no metric math"],
])('fails on %s', (expression, message) => {
  expect(() => math.evaluate(expression)).toThrow(message);
});
