import { Duration } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { BedrockMetrics } from '../../bedrock-metrics';
import { CostMetrics, TokenType } from '../../cost-metrics';

const DAY = Duration.days(1);

export interface MathOptions {
  readonly label: string;
  readonly period: Duration;
  readonly color?: string;
}

type Metrics = Record<string, cloudwatch.IMetric>;

export function math(expression: string, usingMetrics: Metrics, options: MathOptions): cloudwatch.MathExpression {
  return new cloudwatch.MathExpression({ expression, usingMetrics, ...options });
}

/** An expression with so many digits after the point. Numbers of widgets have all digits that fit, and metric math has no ROUND. */
export function rounded(expression: string, digits: number): string {
  const factor = 10 ** digits;
  return digits === 0 ? `FLOOR(${expression} + 0.5)` : `FLOOR((${expression}) * ${factor} + 0.5) / ${factor}`;
}

/** A metric with so many digits after the point. */
export function roundedMetric(id: string, metric: cloudwatch.IMetric, digits: number, options: MathOptions): cloudwatch.MathExpression {
  return math(rounded(id, digits), { [id]: metric }, options);
}

/** A count that is 0 where nothing was published, for metrics that exist only where there is something to count. */
export function countOrZero(id: string, metric: cloudwatch.IMetric, options: MathOptions): cloudwatch.MathExpression {
  return math(`FILL(${id}, 0)`, { [id]: metric }, options);
}

/** One metric divided by another, times a factor. A period without a divisor has no value. */
export function ratio(
  factor: number,
  [dividendId, dividend]: [string, cloudwatch.IMetric],
  [divisorId, divisor]: [string, cloudwatch.IMetric],
  { digits, ...options }: MathOptions & { readonly digits: number },
): cloudwatch.MathExpression {
  const expression = `${factor} * FILL(${dividendId}, 0) / ${divisorId}`;
  return math(rounded(expression, digits), { [dividendId]: dividend, [divisorId]: divisor }, options);
}

/** Complete answers in percent of those whose stop reason is known. */
export function completionRate(cost: CostMetrics, options: MathOptions): cloudwatch.MathExpression {
  return share('completed', cost.metricCompleted(), { truncated: cost.metricTruncated() }, options);
}

/** Priced calls in percent of those that should have a price. */
export function priceCoverage(cost: CostMetrics, options: MathOptions): cloudwatch.MathExpression {
  return share('priced', cost.metricPriced(), { unpriced: cost.metricUnpriced() }, options);
}

/** Priced calls in percent of all records that should have a price, whether they could be read and delivered or not. */
export function completeness(cost: CostMetrics, bedrock: BedrockMetrics, options: MathOptions): cloudwatch.MathExpression {
  const missing = {
    unpriced: cost.metricUnpriced(),
    malformed: cost.metricMalformed(),
    undelivered: bedrock.metricModelInvocationLogsCloudWatchDeliveryFailure(),
  };
  return share('priced', cost.metricPriced(), missing, options);
}

/** Input tokens that were read from the cache, in percent of all input tokens. */
export function cacheShare(cost: CostMetrics, options: MathOptions): cloudwatch.MathExpression {
  const others = { written: cost.metricTokensOf(TokenType.CACHE_WRITE), input: cost.metricTokensOf(TokenType.INPUT) };
  return share('read', cost.metricTokensOf(TokenType.CACHE_READ), others, options);
}

/** Throttled calls in percent of all calls. `Invocations` does not count throttled calls. Source: Amazon Bedrock User Guide. */
export function throttleRate(bedrock: BedrockMetrics, options: MathOptions): cloudwatch.MathExpression {
  return share('throttles', bedrock.metricInvocationThrottles(), { invocations: bedrock.metricInvocations() }, options);
}

/** Failed calls in percent of all calls, with few digits. */
export function errorRate(bedrock: BedrockMetrics, options: MathOptions): cloudwatch.MathExpression {
  return roundedMetric('errorRate', bedrock.metricErrorRate(1, { period: options.period }), 1, options);
}

/** The values of complete days. The last day of a time range is left out, because it is not over. */
export function wholeDays(id: string, metric: cloudwatch.IMetric, { digits, label }: { readonly digits: number; readonly label: string }) {
  const days = `IF(EPOCH(${id}) < MAX(EPOCH(${id})), FILL(${id}, 0))`;
  return math(rounded(days, digits), { [id]: metric }, { label, period: DAY });
}

/** By how much the last complete day was more than the one before, in percent; 0 where it was less. `sign` -1 turns that round. */
export function dayOverDay(id: string, metric: cloudwatch.IMetric, sign: 1 | -1, style: Omit<MathOptions, 'period'>) {
  const days = math(`IF(EPOCH(${id}) < MAX(EPOCH(${id})), FILL(${id}, 0))`, { [id]: metric }, { label: '', period: DAY });
  const name = `${id}Days`;
  const change = `${sign * 100} * DIFF(${name}) / (${name} - DIFF(${name}))`;
  return math(rounded(`IF(${change} > 0, ${change}, 0)`, 1), { [name]: days }, { ...style, period: DAY });
}

/** The band of values that CloudWatch expects, two standard deviations wide to each side. */
export function expectedRange(metric: cloudwatch.IMetric, options: MathOptions): cloudwatch.MathExpression {
  return math('ANOMALY_DETECTION_BAND(spend, 2)', { spend: metric }, options);
}

/** A part in percent of itself and the other parts, of which each period must have one. */
function share(id: string, part: cloudwatch.IMetric, others: Metrics, options: MathOptions): cloudwatch.MathExpression {
  const all = [id, ...Object.keys(others)].map((name) => `FILL(${name}, 0)`).join(' + ');
  return math(rounded(`100 * FILL(${id}, 0) / (${all})`, 1), { [id]: part, ...others }, options);
}
