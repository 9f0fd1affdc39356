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

/** One metric divided by another, times a factor. A period without a divisor has no value. */
export function ratio(
  factor: number,
  [dividendId, dividend]: [string, cloudwatch.IMetric],
  [divisorId, divisor]: [string, cloudwatch.IMetric],
  options: MathOptions,
): cloudwatch.MathExpression {
  return math(`${factor} * FILL(${dividendId}, 0) / ${divisorId}`, { [dividendId]: dividend, [divisorId]: divisor }, options);
}

/** Complete answers in percent of those whose stop reason is known. */
export function completionRate(cost: CostMetrics, options: MathOptions): cloudwatch.MathExpression {
  return share('completed', cost.metricCompleted(), 'truncated', cost.metricTruncated(), options);
}

/** Priced calls in percent of those that should have a price. */
export function priceCoverage(cost: CostMetrics, options: MathOptions): cloudwatch.MathExpression {
  return share('priced', cost.metricPriced(), 'unpriced', cost.metricUnpriced(), options);
}

/** Input tokens that were read from the cache, in percent of all input tokens. */
export function cacheShare(cost: CostMetrics, options: MathOptions): cloudwatch.MathExpression {
  const using = {
    read: cost.metricTokensOf(TokenType.CACHE_READ),
    written: cost.metricTokensOf(TokenType.CACHE_WRITE),
    input: cost.metricTokensOf(TokenType.INPUT),
  };
  return math('100 * FILL(read, 0) / (FILL(input, 0) + FILL(read, 0) + FILL(written, 0))', using, options);
}

/** Throttled calls in percent of all calls. `Invocations` does not count throttled calls. Source: Amazon Bedrock User Guide. */
export function throttleRate(bedrock: BedrockMetrics, options: MathOptions): cloudwatch.MathExpression {
  const using = { throttles: bedrock.metricInvocationThrottles(), invocations: bedrock.metricInvocations() };
  return math('100 * FILL(throttles, 0) / (FILL(invocations, 0) + FILL(throttles, 0))', using, options);
}

/** The values of complete days. The last day of a time range is left out, because it is not over. */
export function wholeDays(id: string, metric: cloudwatch.IMetric, label: string): cloudwatch.MathExpression {
  return math(`IF(EPOCH(${id}) < MAX(EPOCH(${id})), FILL(${id}, 0))`, { [id]: metric }, { label, period: DAY });
}

/** The change from the last complete day but one to the last complete day, in percent. */
export function dayOverDay(id: string, metric: cloudwatch.IMetric): cloudwatch.MathExpression {
  const days = wholeDays(id, metric, '');
  return math(`100 * DIFF(${id}Days) / (${id}Days - DIFF(${id}Days))`, { [`${id}Days`]: days }, { label: 'Change, %', period: DAY });
}

/** A condition: the period is in the month, in UTC, of the last period of the time range. */
const THIS_MONTH = 'EPOCH(cost) >= MAX(EPOCH(cost) - (DATE(cost) - 1) * 86400 - HOUR(cost) * 3600)';

/** Metric math has no function for it. Years that are divisible by 4 are leap years until 2099. */
const DAYS_OF_MONTH =
  'IF(MONTH(cost) == 2, IF(YEAR(cost) == 4 * FLOOR(YEAR(cost) / 4), 29, 28), IF(MONTH(cost) == 4 OR MONTH(cost) == 6 OR MONTH(cost) == 9 OR MONTH(cost) == 11, 30, 31))';

/** The running total since the first of the month. */
export function monthToDate(cost: CostMetrics, label: string): cloudwatch.MathExpression {
  return math(`RUNNING_SUM(IF(${THIS_MONTH}, FILL(cost, 0)))`, { cost: cost.metricCost() }, { label, period: DAY });
}

/** The mean of the complete days of the month times its days. There is no forecast on the first of a month. */
export function monthForecast(cost: CostMetrics, label: string): cloudwatch.MathExpression {
  const using = { cost: cost.metricCost(), toDate: monthToDate(cost, '') };
  return math(`(toDate - FILL(cost, 0)) / (DATE(cost) - 1) * ${DAYS_OF_MONTH}`, using, { label, period: DAY });
}

/** The band of values that CloudWatch expects, two standard deviations wide to each side. */
export function expectedRange(metric: cloudwatch.IMetric, label: string): cloudwatch.MathExpression {
  return math('ANOMALY_DETECTION_BAND(spend, 2)', { spend: metric }, { label, period: Duration.hours(1), color: cloudwatch.Color.GREY });
}

/** One series of a metric for each value of its dimensions. SEARCH matches this exact set of dimensions, so that roll-ups are not added. */
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

/** Whether a metric is a search, which has any number of series. */
export function isSearch(metric: cloudwatch.IMetric): metric is cloudwatch.MathExpression {
  return metric instanceof cloudwatch.MathExpression && metric.expression.includes('SEARCH(');
}

/** The ten series of a search with the largest sums, largest first. */
export function topTen(search: cloudwatch.MathExpression, period: Duration): cloudwatch.MathExpression {
  return new cloudwatch.MathExpression({ expression: `SORT(${search.expression}, SUM, DESC, 10)`, usingMetrics: {}, label: '', period });
}

/** A part in percent of itself and the other part. */
function share(
  id: string,
  part: cloudwatch.IMetric,
  otherId: string,
  other: cloudwatch.IMetric,
  options: MathOptions,
): cloudwatch.MathExpression {
  return math(`100 * FILL(${id}, 0) / (FILL(${id}, 0) + FILL(${otherId}, 0))`, { [id]: part, [otherId]: other }, options);
}
