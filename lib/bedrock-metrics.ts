import { Duration } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';

const NAMESPACE = 'AWS/Bedrock';

/**
 * The metrics that Amazon Bedrock itself publishes for the `bedrock-runtime` endpoint.
 */
export class BedrockMetrics {
  /**
   * All models of the account and Region together.
   *
   * Only these series hold the calls that failed before their model was known.
   */
  public static forAccount(): BedrockMetrics {
    return new BedrockMetrics({});
  }

  /**
   * One model or inference profile.
   *
   * @param modelId the value of the `ModelId` dimension: a model id, a system profile id, or the opaque id of an application inference profile
   */
  public static forModel(modelId: string): BedrockMetrics {
    return new BedrockMetrics({ ModelId: modelId });
  }

  private constructor(private readonly dimensionsMap: cloudwatch.DimensionsMap) {}

  /**
   * A metric of the `AWS/Bedrock` namespace, by its own name.
   */
  public metric(metricName: string, options: cloudwatch.MetricOptions = {}): cloudwatch.Metric {
    return new cloudwatch.Metric({
      namespace: NAMESPACE,
      metricName,
      dimensionsMap: this.dimensionsMap,
      statistic: cloudwatch.Stats.SUM,
      ...options,
    });
  }

  /**
   * Calls accepted for processing; older documentation says successful calls.
   */
  public metricInvocations(options: cloudwatch.MetricOptions = {}): cloudwatch.Metric {
    return this.metric('Invocations', options);
  }

  /**
   * Milliseconds from request to last token.
   */
  public metricInvocationLatency(options: cloudwatch.MetricOptions = {}): cloudwatch.Metric {
    return this.metric('InvocationLatency', { statistic: cloudwatch.Stats.percentile(95), ...options });
  }

  /**
   * Milliseconds from request to first token, of streaming calls.
   */
  public metricTimeToFirstToken(options: cloudwatch.MetricOptions = {}): cloudwatch.Metric {
    return this.metric('TimeToFirstToken', { statistic: cloudwatch.Stats.percentile(95), ...options });
  }

  /**
   * Calls that failed for a reason on the caller's side.
   */
  public metricInvocationClientErrors(options: cloudwatch.MetricOptions = {}): cloudwatch.Metric {
    return this.metric('InvocationClientErrors', options);
  }

  /**
   * Calls that failed on the service's side.
   */
  public metricInvocationServerErrors(options: cloudwatch.MetricOptions = {}): cloudwatch.Metric {
    return this.metric('InvocationServerErrors', options);
  }

  /**
   * Calls that were throttled.
   */
  public metricInvocationThrottles(options: cloudwatch.MetricOptions = {}): cloudwatch.Metric {
    return this.metric('InvocationThrottles', options);
  }

  /**
   * Log records that Bedrock could not deliver to CloudWatch Logs: while it is above zero, the cost meter is blind.
   *
   * Published for the account only.
   */
  public metricModelInvocationLogsCloudWatchDeliveryFailure(options: cloudwatch.MetricOptions = {}): cloudwatch.Metric {
    return this.metric('ModelInvocationLogsCloudWatchDeliveryFailure', options);
  }

  /**
   * Failed calls as a percentage of all calls, from 0 to 100 under both published readings of `Invocations`.
   *
   * Read as accepted calls (today's documentation) the percentage is exact; read as successful calls (older documentation)
   * it is a little too high. Below `minimumCalls` in a period it is 0: one failure out of two is no outage.
   *
   * @param minimumCalls the calls a period must have for its percentage to count
   */
  public metricErrorRate(minimumCalls: number, options: cloudwatch.MathExpressionOptions = {}): cloudwatch.MathExpression {
    const period = options.period ?? Duration.minutes(5);
    const errors = new cloudwatch.MathExpression({
      expression: 'FILL(client, 0) + FILL(server, 0)',
      usingMetrics: {
        client: this.metricInvocationClientErrors({ period }),
        server: this.metricInvocationServerErrors({ period }),
      },
      period,
    });
    const calls = new cloudwatch.MathExpression({
      expression: 'MAX([FILL(invocations, 0), errors])',
      usingMetrics: { invocations: this.metricInvocations({ period }), errors },
      period,
    });
    return new cloudwatch.MathExpression({
      expression: `IF(calls >= ${minimumCalls}, 100 * errors / calls, 0)`,
      usingMetrics: { calls, errors },
      label: 'Error rate (%)',
      ...options,
      period,
    });
  }
}
