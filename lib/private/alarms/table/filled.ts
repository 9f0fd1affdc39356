import { Duration } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';

/**
 * A metric with a value for each period, for an alarm. Where periods have no data, an alarm judges older ones that have: it would
 * fire and end hours late.
 */
export function filled(metric: cloudwatch.IMetric, value: number, label: string, period: Duration): cloudwatch.IMetric {
  return new cloudwatch.MathExpression({ expression: `FILL(sparse, ${value})`, usingMetrics: { sparse: metric }, label, period });
}
