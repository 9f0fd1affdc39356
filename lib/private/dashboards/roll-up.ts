import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { MetricSource } from '../../dashboard-sources';

/**
 * The same metric over several Regions and accounts. Sums are added up; of percentiles, which cannot be added, the worst is
 * shown; searches stay apart by Region.
 */
export function rollUp(metric: cloudwatch.IMetric, sources: MetricSource[], id: string): cloudwatch.IMetric[] {
  if (metric instanceof cloudwatch.MathExpression && metric.expression.includes('SEARCH(')) {
    return sources.map(({ region, accountId }) => {
      const label = accountId === undefined ? region : `${region} ${accountId}`;
      return rebuilt(metric, { label, searchRegion: region, searchAccount: accountId });
    });
  }
  return [over(metric, sources, id)];
}

function over(metric: cloudwatch.IMetric, sources: MetricSource[], id: string): cloudwatch.IMetric {
  if (metric instanceof cloudwatch.MathExpression) {
    const using = Object.entries(metric.usingMetrics).map(([name, part]) => [name, over(part, sources, name)]);
    return rebuilt(metric, { usingMetrics: Object.fromEntries(using) as Record<string, cloudwatch.IMetric> });
  }
  if (!(metric instanceof cloudwatch.Metric)) {
    return metric;
  }
  const parts = sources.map(
    ({ region, accountId }, index) => [`${id}${index}`, metric.with({ region, account: accountId, label: '' })] as const,
  );
  const sum = ['Sum', 'SampleCount'].includes(metric.statistic);
  return new cloudwatch.MathExpression({
    expression: `${sum ? 'SUM' : 'MAX'}([${parts.map(([part]) => part).join(', ')}])`,
    usingMetrics: Object.fromEntries(parts),
    label: sum ? metric.label : `${metric.label ?? metric.statistic}, worst Region`,
    color: metric.color,
    period: metric.period,
  });
}

function rebuilt(
  { expression, usingMetrics, label, color, period }: cloudwatch.MathExpression,
  changes: Partial<cloudwatch.MathExpressionProps>,
): cloudwatch.MathExpression {
  return new cloudwatch.MathExpression({ expression, usingMetrics, label, color, period, ...changes });
}
