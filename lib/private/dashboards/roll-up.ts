import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { MetricSource } from '../../dashboard-sources';
import { isSearch } from './dashboard-math';

/**
 * One metric over several Regions and accounts. Sums and counts are added up. Of other statistics, such as percentiles, the
 * highest is shown, because they cannot be added. A search gives one series per Region.
 */
export function rollUp(metric: cloudwatch.IMetric, sources: MetricSource[], id: string): cloudwatch.IMetric[] {
  if (isSearch(metric)) {
    return sources.map(({ region, accountId }) => {
      const label = accountId === undefined ? region : `${region} ${accountId}`;
      return copyExpression(metric, { label, searchRegion: region, searchAccount: accountId });
    });
  }
  return [combine(metric, sources, id)];
}

function combine(metric: cloudwatch.IMetric, sources: MetricSource[], id: string): cloudwatch.IMetric {
  if (metric instanceof cloudwatch.MathExpression) {
    const usingMetrics = Object.entries(metric.usingMetrics).map(([name, part]) => [name, combine(part, sources, name)] as const);
    return copyExpression(metric, { usingMetrics: Object.fromEntries(usingMetrics) });
  }
  if (!(metric instanceof cloudwatch.Metric)) {
    return metric;
  }
  const parts = sources.map(
    ({ region, accountId }, index) => [`${id}${index}`, metric.with({ region, account: accountId, label: '' })] as const,
  );
  const isAdditive = ['Sum', 'SampleCount'].includes(metric.statistic);
  return new cloudwatch.MathExpression({
    expression: `${isAdditive ? 'SUM' : 'MAX'}([${parts.map(([part]) => part).join(', ')}])`,
    usingMetrics: Object.fromEntries(parts),
    label: isAdditive ? metric.label : `${metric.label ?? metric.statistic}, worst Region`,
    color: metric.color,
    period: metric.period,
  });
}

/** A copy with changes, which `MathExpression.with` cannot make to the metrics, the Region and the account. */
function copyExpression(
  { expression, usingMetrics, label, color, period }: cloudwatch.MathExpression,
  changes: Partial<cloudwatch.MathExpressionProps>,
): cloudwatch.MathExpression {
  return new cloudwatch.MathExpression({ expression, usingMetrics, label, color, period, ...changes });
}
