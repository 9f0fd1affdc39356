import { Duration } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { BedrockMetrics } from '../../bedrock-metrics';
import { CostMetrics, TokenType } from '../../cost-metrics';

const DAY = Duration.days(1);

interface MathOptions {
  readonly label: string;
  readonly period: Duration;
  readonly color?: string;
}

type Metrics = Record<string, cloudwatch.IMetric>;

function math(expression: string, usingMetrics: Metrics, options: MathOptions): cloudwatch.MathExpression {
  return new cloudwatch.MathExpression({ expression, usingMetrics, ...options });
}

/** One metric divided by another; without the second there is no datapoint, and so no value out of nothing. */
export function ratio(
  factor: number,
  [over, upper]: [string, cloudwatch.IMetric],
  [under, lower]: [string, cloudwatch.IMetric],
  options: MathOptions,
): cloudwatch.MathExpression {
  return math(`${factor} * FILL(${over}, 0) / ${under}`, { [over]: upper, [under]: lower }, options);
}

/** The share of answers that are whole among those of which it is known. */
export function completionRate(cost: CostMetrics, options: MathOptions): cloudwatch.MathExpression {
  return share('completed', cost.metricCompleted(), 'truncated', cost.metricTruncated(), options);
}

/** The share of calls with a price among those that should have one. */
export function priceCoverage(cost: CostMetrics, options: MathOptions): cloudwatch.MathExpression {
  return share('priced', cost.metricPriced(), 'unpriced', cost.metricUnpriced(), options);
}

/** The share of input tokens that were read from the cache. */
export function cacheShare(cost: CostMetrics, options: MathOptions): cloudwatch.MathExpression {
  const using = {
    read: cost.metricTokensOf(TokenType.CACHE_READ),
    written: cost.metricTokensOf(TokenType.CACHE_WRITE),
    input: cost.metricTokensOf(TokenType.INPUT),
  };
  return math('100 * FILL(read, 0) / (FILL(input, 0) + FILL(read, 0) + FILL(written, 0))', using, options);
}

/** Throttled calls in percent of all, within 0 and 100 whether `Invocations` holds the failed ones or not. */
export function throttleRate(bedrock: BedrockMetrics, options: MathOptions): cloudwatch.MathExpression {
  const using = { throttles: bedrock.metricInvocationThrottles(), invocations: bedrock.metricInvocations() };
  return math('100 * FILL(throttles, 0) / (FILL(invocations, 0) + FILL(throttles, 0))', using, options);
}

/** The days that are over: the last period of a range is still running. */
export function wholeDays(id: string, metric: cloudwatch.IMetric, label: string): cloudwatch.MathExpression {
  return math(`IF(EPOCH(${id}) < MAX(EPOCH(${id})), FILL(${id}, 0))`, { [id]: metric }, { label, period: DAY });
}

/** The change from the whole day before to the last whole day. */
export function dayOverDay(id: string, metric: cloudwatch.IMetric): cloudwatch.MathExpression {
  const days = wholeDays(id, metric, '');
  return math(`100 * DIFF(${id}Days) / (${id}Days - DIFF(${id}Days))`, { [`${id}Days`]: days }, { label: 'Change, %', period: DAY });
}

/** The periods since the first of the month, in UTC, of the last period of the range. */
const THIS_MONTH = 'EPOCH(cost) >= MAX(EPOCH(cost) - (DATE(cost) - 1) * 86400 - HOUR(cost) * 3600)';

const DAYS_OF_MONTH =
  'IF(MONTH(cost) == 2, IF(YEAR(cost) == 4 * FLOOR(YEAR(cost) / 4), 29, 28), IF(MONTH(cost) == 4 OR MONTH(cost) == 6 OR MONTH(cost) == 9 OR MONTH(cost) == 11, 30, 31))';

export function monthToDate(cost: CostMetrics, label: string): cloudwatch.MathExpression {
  return math(`RUNNING_SUM(IF(${THIS_MONTH}, FILL(cost, 0)))`, { cost: cost.metricCost() }, { label, period: DAY });
}

/** A straight line through the whole days of the month. On the first of a month there is none yet, and no forecast. */
export function monthForecast(cost: CostMetrics, label: string): cloudwatch.MathExpression {
  const using = { cost: cost.metricCost(), toDate: monthToDate(cost, '') };
  return math(`(toDate - FILL(cost, 0)) / (DATE(cost) - 1) * ${DAYS_OF_MONTH}`, using, { label, period: DAY });
}

/** What is spent, and between which values CloudWatch expects it. */
export function expectedRange(metric: cloudwatch.IMetric, label: string): cloudwatch.MathExpression {
  return math('ANOMALY_DETECTION_BAND(spend, 2)', { spend: metric }, { label, period: Duration.hours(1), color: cloudwatch.Color.GREY });
}

/** The series of one metric for each value of a dimension; the dimensions are the exact schema, so nothing is counted twice. */
export function searchBy(
  schema: { readonly namespace: string; readonly dimensions: readonly string[] },
  metricName: string,
  statistic: string,
  period: Duration,
): cloudwatch.MathExpression {
  const dimensions = schema.dimensions.map((name) => (/^\w+$/.test(name) ? name : `"${name}"`)).join(',');
  const namespace = /^[\w/-]+$/.test(schema.namespace) ? schema.namespace : `"${schema.namespace}"`;
  return new cloudwatch.MathExpression({
    expression: `SEARCH('{${namespace},${dimensions}} MetricName="${metricName}"', '${statistic}', ${period.toSeconds()})`,
    usingMetrics: {},
    label: '',
    period,
  });
}

/** The ten largest series of a search, largest first. */
export function topTen(search: cloudwatch.MathExpression, period: Duration): cloudwatch.MathExpression {
  return new cloudwatch.MathExpression({ expression: `SORT(${search.expression}, SUM, DESC, 10)`, usingMetrics: {}, label: '', period });
}

function share(
  id: string,
  part: cloudwatch.IMetric,
  otherId: string,
  other: cloudwatch.IMetric,
  options: MathOptions,
): cloudwatch.MathExpression {
  return math(`100 * FILL(${id}, 0) / (FILL(${id}, 0) + FILL(${otherId}, 0))`, { [id]: part, [otherId]: other }, options);
}
