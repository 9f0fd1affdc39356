import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { Attributes, DEFAULT_NAMESPACE, Metrics } from '../engine/telemetry/names';

/**
 * What a token was used for, as the cost meter distinguishes it. The kinds are disjoint: their sum is what was billed.
 */
export enum TokenType {
  /**
   * Input that was neither read from nor written to the prompt cache.
   */
  INPUT = 'input',

  /**
   * Output, reasoning included.
   */
  OUTPUT = 'output',

  /**
   * Input read from the prompt cache.
   */
  CACHE_READ = 'cache_read',

  /**
   * Input written to the prompt cache, whatever its lifetime.
   */
  CACHE_WRITE = 'cache_write',

  /**
   * Not tokens: images, seconds, search units. It has cost, and no token count.
   */
  UNITS = 'units',
}

/**
 * The metrics that a cost meter publishes.
 *
 * All counts and dollars are sums. They are stamped with the minute of the call, not of its delivery.
 */
export class CostMetrics {
  /**
   * The metrics of the cost meter that publishes in a namespace.
   *
   * @param metricNamespace the `metricNamespace` of the meter
   */
  public static inNamespace(metricNamespace: string = DEFAULT_NAMESPACE): CostMetrics {
    return new CostMetrics(metricNamespace);
  }

  private constructor(
    /**
     * The CloudWatch namespace of the metrics.
     */
    public readonly metricNamespace: string,
  ) {}

  /**
   * A metric of the meter, summed over all models and callers unless `dimensionsMap` says otherwise.
   *
   * @param metricName the name of the metric
   */
  public metric(metricName: string, options: cloudwatch.MetricOptions = {}): cloudwatch.Metric {
    return new cloudwatch.Metric({ namespace: this.metricNamespace, metricName, statistic: cloudwatch.Stats.SUM, ...options });
  }

  /**
   * The cost of all priced calls, in USD.
   */
  public metricCost(options: cloudwatch.MetricOptions = {}): cloudwatch.Metric {
    return this.metric(Metrics.COST, options);
  }

  /**
   * The cost of one kind of token, in USD.
   */
  public metricCostOf(tokenType: TokenType, options: cloudwatch.MetricOptions = {}): cloudwatch.Metric {
    return this.metric(Metrics.COST, { dimensionsMap: { [Attributes.TOKEN_TYPE]: tokenType }, ...options });
  }

  /**
   * The cost of the calls to one model or inference profile, in USD.
   *
   * @param modelId the id as CloudWatch shows it in the `ModelId` dimension, for example `us.anthropic.claude-sonnet-4-6`
   */
  public metricCostOfModel(modelId: string, options: cloudwatch.MetricOptions = {}): cloudwatch.Metric {
    return this.metric(Metrics.COST, { dimensionsMap: { [Attributes.REQUEST_MODEL]: modelId }, ...options });
  }

  /**
   * The cost of every model that was called in the last two weeks, in USD: models appear by themselves.
   *
   * For graphs only: an alarm cannot search.
   */
  public searchCostByModel(options: cloudwatch.MathExpressionOptions = {}): cloudwatch.MathExpression {
    const schema = `{"${this.metricNamespace}","${Attributes.REQUEST_MODEL}"}`;
    return new cloudwatch.MathExpression({
      expression: `SEARCH('${schema} MetricName="${Metrics.COST}"', 'Sum')`,
      label: '',
      usingMetrics: {},
      ...options,
    });
  }

  /**
   * How much higher the cost may be, in USD, because records did not tell which cache lifetime was written.
   */
  public metricCostUncertainty(options: cloudwatch.MetricOptions = {}): cloudwatch.Metric {
    return this.metric(Metrics.COST_UNCERTAINTY, options);
  }

  /**
   * Tokens of one kind.
   */
  public metricTokensOf(tokenType: TokenType, options: cloudwatch.MetricOptions = {}): cloudwatch.Metric {
    return this.metric(Metrics.TOKENS, { dimensionsMap: { [Attributes.TOKEN_TYPE]: tokenType }, ...options });
  }

  /**
   * Calls, failed ones included.
   */
  public metricCalls(options: cloudwatch.MetricOptions = {}): cloudwatch.Metric {
    return this.metric(Metrics.CALLS, options);
  }

  /**
   * Calls that ended with an error code.
   */
  public metricErrors(options: cloudwatch.MetricOptions = {}): cloudwatch.Metric {
    return this.metric(Metrics.ERRORS, options);
  }

  /**
   * Calls whose answer is whole. Needs logged bodies: metadata-only logging has no stop reason.
   */
  public metricCompleted(options: cloudwatch.MetricOptions = {}): cloudwatch.Metric {
    return this.metric(Metrics.COMPLETED, options);
  }

  /**
   * Calls cut off by the token limit. Needs logged bodies: metadata-only logging has no stop reason.
   */
  public metricTruncated(options: cloudwatch.MetricOptions = {}): cloudwatch.Metric {
    return this.metric(Metrics.TRUNCATED, options);
  }

  /**
   * Records with an exact or flagged price.
   */
  public metricPriced(options: cloudwatch.MetricOptions = {}): cloudwatch.Metric {
    return this.metric(Metrics.RECORDS_PRICED, options);
  }

  /**
   * Records of calls that have no price; their cost is unknown and counted nowhere.
   */
  public metricUnpriced(options: cloudwatch.MetricOptions = {}): cloudwatch.Metric {
    return this.metric(Metrics.RECORDS_UNPRICED, options);
  }

  /**
   * Records with nothing to price: duplicates, failed calls, records of another kind.
   */
  public metricIgnored(options: cloudwatch.MetricOptions = {}): cloudwatch.Metric {
    return this.metric(Metrics.RECORDS_IGNORED, options);
  }

  /**
   * Records that could not be read.
   */
  public metricMalformed(options: cloudwatch.MetricOptions = {}): cloudwatch.Metric {
    return this.metric(Metrics.RECORDS_MALFORMED, options);
  }
}
