import { Duration } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { BEDROCK_NAMESPACE } from './private/bedrock-namespace';
import { requireUsable } from './private/usable';
import { requireAboveZero } from './private/validation';
import { withDefaults } from './private/with-defaults';

/**
 * The metrics that Amazon Bedrock itself publishes for the `bedrock-runtime` endpoint.
 */
export class BedrockMetrics {
  /**
   * The metrics of all models of the account and Region together.
   *
   * Calls that failed before their model was known are counted in these only.
   */
  public static forAccount(): BedrockMetrics {
    return new BedrockMetrics({});
  }

  /**
   * The metrics of one model or inference profile.
   *
   * @param modelId the value of the `ModelId` dimension: a model id, a system profile id, or the opaque id of an application inference profile
   */
  public static forModel(modelId: string): BedrockMetrics {
    requireUsable({ modelId });
    return new BedrockMetrics({ ModelId: modelId });
  }

  private constructor(private readonly dimensionsMap: cloudwatch.DimensionsMap) {}

  /**
   * A metric of the namespace `AWS/Bedrock`.
   *
   * @param metricName the name of the metric
   * @param options period, statistic and the like
   */
  public metric(metricName: string, options: cloudwatch.MetricOptions = {}): cloudwatch.Metric {
    return new cloudwatch.Metric(
      withDefaults(
        {
          namespace: BEDROCK_NAMESPACE,
          metricName,
          dimensionsMap: this.dimensionsMap,
          statistic: cloudwatch.Stats.SUM,
        },
        options,
      ),
    );
  }

  /**
   * Calls that were accepted for processing. Older documentation says: calls that succeeded.
   */
  public metricInvocations(options: cloudwatch.MetricOptions = {}): cloudwatch.Metric {
    return this.metric('Invocations', options);
  }

  /**
   * Milliseconds from the request to the last token, by default the 95th percentile.
   */
  public metricInvocationLatency(options: cloudwatch.MetricOptions = {}): cloudwatch.Metric {
    return this.metric('InvocationLatency', withDefaults({ statistic: cloudwatch.Stats.percentile(95) }, options));
  }

  /**
   * Milliseconds from the request to the first token of streaming calls, by default the 95th percentile.
   */
  public metricTimeToFirstToken(options: cloudwatch.MetricOptions = {}): cloudwatch.Metric {
    return this.metric('TimeToFirstToken', withDefaults({ statistic: cloudwatch.Stats.percentile(95) }, options));
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
   * Log records that Bedrock could not deliver to CloudWatch Logs, and that the cost meter therefore misses.
   *
   * Published for the account only, not for single models.
   */
  public metricModelInvocationLogsCloudWatchDeliveryFailure(options: cloudwatch.MetricOptions = {}): cloudwatch.Metric {
    return this.metric('ModelInvocationLogsCloudWatchDeliveryFailure', options);
  }

  /**
   * Failed calls in percent of all calls.
   *
   * The percentage is exact if `Invocations` counts accepted calls, as the documentation says today. If it counts successful
   * calls, as older documentation says, the percentage is too high, and still at most 100. It is 0 in a period with fewer than
   * `minimumCalls` calls, because one failure of two calls is not an outage.
   *
   * @param minimumCalls the calls that a period must have for its percentage to count
   * @param options label, period and the like
   */
  public metricErrorRate(minimumCalls: number, options: cloudwatch.MathExpressionOptions = {}): cloudwatch.MathExpression {
    requireAboveZero('minimumCalls', minimumCalls);
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
    return new cloudwatch.MathExpression(
      withDefaults(
        {
          expression: `IF(calls >= ${minimumCalls}, 100 * errors / calls, 0)`,
          usingMetrics: { calls, errors },
          label: 'Error rate (%)',
          period,
        },
        options,
      ),
    );
  }
}
