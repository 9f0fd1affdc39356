import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { MetricSource } from '../../dashboard-sources';
import { isFoldedSearch, isSearch } from './search';

/**
 * The metrics of a widget over several Regions and accounts. Sums and counts are added up. Of other statistics, such as percentiles, the
 * highest is shown, because they cannot be added. A search gives one series per Region.
 */
export function rollUp(metrics: cloudwatch.IMetric[], sources: MetricSource[], id: string): cloudwatch.IMetric[] {
  const known: Combined = new Map();
  return metrics.flatMap((metric, index) => {
    if (!isSearch(metric)) {
      return [combineOnce(metric, sources, `${id}${index}x`, known)];
    }
    return sources.map(({ region, accountId }) => {
      const label = accountId === undefined ? region : `${region} ${accountId}`;
      return copyExpression(metric, { label, searchRegion: region, searchAccount: accountId });
    });
  });
}

/** What was made of a metric, which several expressions of a widget may use. */
type Combined = Map<cloudwatch.IMetric, cloudwatch.IMetric>;

function combineOnce(metric: cloudwatch.IMetric, sources: MetricSource[], id: string, known: Combined): cloudwatch.IMetric {
  const combined = known.get(metric) ?? combine(metric, sources, id, known);
  known.set(metric, combined);
  return combined;
}

function combine(metric: cloudwatch.IMetric, sources: MetricSource[], id: string, known: Combined): cloudwatch.IMetric {
  if (isFoldedSearch(metric)) {
    // What sums, or takes the highest of, one Region does the same with several.
    const fold = /^SUM\(/.test(metric.expression) ? 'SUM' : 'MAX';
    const parts = sources.map(({ region, accountId }) =>
      copyExpression(metric, { label: '', searchRegion: region, searchAccount: accountId }),
    );
    return foldOf(fold, parts, id, metric.label, metric);
  }
  if (metric instanceof cloudwatch.MathExpression) {
    const usingMetrics = Object.entries(metric.usingMetrics).map(
      ([name, part]) => [name, combineOnce(part, sources, name, known)] as const,
    );
    return copyExpression(metric, { usingMetrics: Object.fromEntries(usingMetrics) });
  }
  if (!(metric instanceof cloudwatch.Metric)) {
    return metric;
  }
  const parts = sources.map(({ region, accountId }) => metric.with({ region, account: accountId, label: '' }));
  const isAdditive = ['Sum', 'SampleCount'].includes(metric.statistic);
  const label = isAdditive ? metric.label : `${metric.label ?? metric.statistic}, worst Region`;
  return foldOf(isAdditive ? 'SUM' : 'MAX', parts, id, label, metric);
}

function foldOf(
  fold: 'SUM' | 'MAX',
  parts: cloudwatch.IMetric[],
  id: string,
  label: string | undefined,
  { color, period }: { readonly color?: string; readonly period: cloudwatch.MathExpression['period'] },
): cloudwatch.MathExpression {
  const named = parts.map((part, index) => [`${id}${index}`, part] as const);
  return new cloudwatch.MathExpression({
    expression: `${fold}([${named.map(([name]) => name).join(', ')}])`,
    usingMetrics: Object.fromEntries(named),
    label,
    color,
    period,
  });
}

/** A copy with changes, which `MathExpression.with` cannot make to the metrics, the Region and the account. */
function copyExpression(
  { expression, usingMetrics, label, color, period }: cloudwatch.MathExpression,
  changes: Partial<cloudwatch.MathExpressionProps>,
): cloudwatch.MathExpression {
  return new cloudwatch.MathExpression({ expression, usingMetrics, label, color, period, ...changes });
}
