import { Duration } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';

/** What a search finds: the metrics of one name with exactly these dimensions, so that roll-ups are not added. */
export interface SearchedMetrics {
  readonly namespace: string;
  readonly dimension: string | readonly string[];
  readonly metricName: string;
  readonly statistic: string;
  readonly period: Duration;
}

/** The text of a search, of what its terms find only, where it has some. */
export function searchText({ namespace, dimension, metricName, statistic, period }: SearchedMetrics, terms = ''): string {
  const dimensions = [dimension].flat().map((name) => (/^\w+$/.test(name) ? name : `"${name}"`));
  const place = /^[\w/-]+$/.test(namespace) ? namespace : `"${namespace}"`;
  const query = [`{${place},${dimensions.join(',')}} MetricName="${metricName}"`, terms].join(' ').trim();
  return `SEARCH('${query}', '${statistic}', ${period.toSeconds()})`;
}

/** One series for each metric that a search finds, under the values of its dimensions. */
export function searchBy(searched: SearchedMetrics): cloudwatch.MathExpression {
  return new cloudwatch.MathExpression({ expression: searchText(searched), usingMetrics: {}, label: '', period: searched.period });
}

/** Whether a metric is a search of its own, which has any number of series. */
export function isSearch(metric: cloudwatch.IMetric): metric is cloudwatch.MathExpression {
  return metric instanceof cloudwatch.MathExpression && /^SEARCH\(/.test(metric.expression);
}

/** Whether a metric is one series made of what a search finds. */
export function isFoldedSearch(metric: cloudwatch.IMetric): metric is cloudwatch.MathExpression {
  return metric instanceof cloudwatch.MathExpression && metric.expression.includes('SEARCH(') && !isSearch(metric);
}
