import { Duration } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { NamedModel, OTHER_MODELS } from './named-models';
import { searchText } from './search';

/** A metric that exists for each model, under one dimension. */
export interface ModelMetric {
  readonly namespace: string;
  readonly dimension: string;
  readonly metricName: string;
  readonly statistic: string;
  readonly period: Duration;
  /** Whether a sum is shown as the mean of the minutes of the period. */
  readonly perMinute?: boolean;
}

/**
 * One series for each named model, with its name and its colour, and one for all others. `total` is the same metric over all
 * models, of which the others are the rest.
 */
export function sumByModel(models: readonly NamedModel[], metric: ModelMetric, total: cloudwatch.IMetric): cloudwatch.IMetric[] {
  const named = models.map((model) => ofModel('SUM', model, metric));
  const ids = named.map((_, index) => `model${index}x`);
  const rest = `total - FILL(SUM([${ids.join(', ')}]), 0)`;
  const others = new cloudwatch.MathExpression({
    // Nothing where nothing is left but what floating-point numbers do not add up to.
    expression: `IF(${rest} > 0.000001, ${rest})`,
    usingMetrics: { total, ...Object.fromEntries(named.map((one, index) => [ids[index]!, one])) },
    period: metric.period,
    ...OTHER_MODELS,
  });
  // Others come first, so that they are drawn below what has a name.
  return [others, ...named];
}

/** One series for each named model, and the highest of all models, so that one without a name is seen too. */
export function highestByModel(models: readonly NamedModel[], metric: ModelMetric): cloudwatch.IMetric[] {
  const highest = new cloudwatch.MathExpression({
    expression: `MAX(${searchText(metric)})${perMinute(metric)}`,
    usingMetrics: {},
    label: 'Highest of all models',
    color: OTHER_MODELS.color,
    period: metric.period,
  });
  return [highest, ...models.map((model) => ofModel('MAX', model, metric))];
}

function ofModel(fold: 'SUM' | 'MAX', { name, color, terms }: NamedModel, metric: ModelMetric): cloudwatch.MathExpression {
  return new cloudwatch.MathExpression({
    expression: `${fold}(${searchText(metric, terms)})${perMinute(metric)}`,
    usingMetrics: {},
    label: name,
    color,
    period: metric.period,
  });
}

const perMinute = ({ perMinute: isPerMinute, period }: ModelMetric): string => (isPerMinute ? ` / ${period.toMinutes()}` : '');
