import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { Attributes, DEFAULT_NAMESPACE, Metrics } from '../engine/telemetry/names';
import { requireUsable } from './private/usable';
import { requireMember } from './private/validation';
import { withDefaults } from './private/with-defaults';

/**
 * The kinds of consumption that the cost meter tells apart. They are disjoint, so that their sum is what was billed.
 */
export enum TokenType {
  /**
   * Input tokens that were neither read from nor written to the prompt cache.
   */
  INPUT = 'input',

  /**
   * Output tokens, reasoning included.
   */
  OUTPUT = 'output',

  /**
   * Input tokens read from the prompt cache.
   */
  CACHE_READ = 'cache_read',

  /**
   * Input tokens written to the prompt cache, for any lifetime.
   */
  CACHE_WRITE = 'cache_write',

  /**
   * Images, seconds, search units and the like, which are not tokens. There is a cost for them and no token count.
   */
  UNITS = 'units',
}

/**
 * The metrics that a cost meter publishes.
 *
 * Costs and counts are sums by default. Their time is the minute of the call, not of the delivery of its record.
 */
export class CostMetrics {
  /**
   * The metrics of the cost meter that publishes in a namespace.
   *
   * @param metricNamespace the `metricNamespace` of the meter
   */
  public static inNamespace(metricNamespace: string = DEFAULT_NAMESPACE): CostMetrics {
    requireUsable({ metricNamespace });
    return new CostMetrics(metricNamespace);
  }

  /**
   * The metrics of a meter that is known.
   *
   * @internal
   */
  public static _ofMeter(metricNamespace: string | undefined, dimensionNames: string[]): CostMetrics {
    return new CostMetrics(metricNamespace ?? DEFAULT_NAMESPACE, dimensionNames);
  }

  private constructor(
    /**
     * The CloudWatch namespace of the metrics.
     */
    public readonly metricNamespace: string,
    /**
     * The additional dimensions that the meter publishes, where the meter is known.
     *
     * @internal
     */
    public readonly _dimensionNames?: string[],
  ) {}

  /**
   * A metric of the meter, summed over all models and callers unless `dimensionsMap` says otherwise.
   *
   * @param metricName the name of the metric
   * @param options period, statistic and the like
   */
  public metric(metricName: string, options: cloudwatch.MetricOptions = {}): cloudwatch.Metric {
    return new cloudwatch.Metric(withDefaults({ namespace: this.metricNamespace, metricName, statistic: cloudwatch.Stats.SUM }, options));
  }

  /**
   * The cost of all priced calls, in USD.
   */
  public metricCost(options: cloudwatch.MetricOptions = {}): cloudwatch.Metric {
    return this.metric(Metrics.COST, options);
  }

  /**
   * The cost of one kind of consumption, in USD.
   *
   * @param tokenType the kind
   * @param options period, statistic and the like
   */
  public metricCostOf(tokenType: TokenType, options: cloudwatch.MetricOptions = {}): cloudwatch.Metric {
    requireMember('tokenType', tokenType, TokenType);
    return this.metric(Metrics.COST, withDefaults({ dimensionsMap: { [Attributes.TOKEN_TYPE]: tokenType } }, options));
  }

  /**
   * The cost of the calls to one model or inference profile, in USD.
   *
   * @param modelId the id as the dimension `ModelId` of the namespace `AWS/Bedrock` has it, for example `us.anthropic.claude-sonnet-4-6`
   * @param options period, statistic and the like
   */
  public metricCostOfModel(modelId: string, options: cloudwatch.MetricOptions = {}): cloudwatch.Metric {
    requireUsable({ modelId });
    return this.metric(Metrics.COST, withDefaults({ dimensionsMap: { [Attributes.REQUEST_MODEL]: modelId } }, options));
  }

  /**
   * The cost of each model that was called in the last two weeks, in USD.
   *
   * It is a search, which graphs can show and alarms cannot watch.
   *
   * @param options label, period and the like
   */
  public searchCostByModel(options: cloudwatch.MathExpressionOptions = {}): cloudwatch.MathExpression {
    const schema = `{"${this.metricNamespace}","${Attributes.REQUEST_MODEL}"}`;
    return new cloudwatch.MathExpression(
      withDefaults(
        {
          expression: `SEARCH('${schema} MetricName="${Metrics.COST}"', 'Sum')`,
          label: '',
          usingMetrics: {},
        },
        options,
      ),
    );
  }

  /**
   * By how much the cost may be higher, in USD, because records do not say for which lifetime tokens were written to the cache.
   */
  public metricCostUncertainty(options: cloudwatch.MetricOptions = {}): cloudwatch.Metric {
    return this.metric(Metrics.COST_UNCERTAINTY, options);
  }

  /**
   * Tokens of one kind.
   *
   * @param tokenType the kind
   * @param options period, statistic and the like
   */
  public metricTokensOf(tokenType: TokenType, options: cloudwatch.MetricOptions = {}): cloudwatch.Metric {
    requireMember('tokenType', tokenType, TokenType);
    return this.metric(Metrics.TOKENS, withDefaults({ dimensionsMap: { [Attributes.TOKEN_TYPE]: tokenType } }, options));
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
   * Calls whose answer is complete. They are known only where text is logged, because the stop reason is part of the answer.
   */
  public metricCompleted(options: cloudwatch.MetricOptions = {}): cloudwatch.Metric {
    return this.metric(Metrics.COMPLETED, options);
  }

  /**
   * Calls whose answer was cut off by the token limit. They are known only where text is logged.
   */
  public metricTruncated(options: cloudwatch.MetricOptions = {}): cloudwatch.Metric {
    return this.metric(Metrics.TRUNCATED, options);
  }

  /**
   * Records of calls that were priced.
   */
  public metricPriced(options: cloudwatch.MetricOptions = {}): cloudwatch.Metric {
    return this.metric(Metrics.RECORDS_PRICED, options);
  }

  /**
   * Records of calls without a known price. Their cost is in no metric.
   */
  public metricUnpriced(options: cloudwatch.MetricOptions = {}): cloudwatch.Metric {
    return this.metric(Metrics.RECORDS_UNPRICED, options);
  }

  /**
   * Records without anything to price: duplicates, failed calls, and records of another kind.
   */
  public metricIgnored(options: cloudwatch.MetricOptions = {}): cloudwatch.Metric {
    return this.metric(Metrics.RECORDS_IGNORED, options);
  }

  /**
   * Values of additional dimensions that had no metric of their own, because there were more than `dimensionCap`. Their cost is
   * part of the value `other`. There is no data as long as there are none.
   */
  public metricFoldedValues(options: cloudwatch.MetricOptions = {}): cloudwatch.Metric {
    return this.metric(Metrics.VALUES_FOLDED, options);
  }

  /**
   * Look-ups that failed and without which batches were metered: of application inference profiles, of refreshed prices, and of
   * the secret of the prompt hash. There is no data as long as none fails.
   */
  public metricFailedLookUps(options: cloudwatch.MetricOptions = {}): cloudwatch.Metric {
    return this.metric(Metrics.LOOK_UPS_FAILED, options);
  }

  /**
   * Records that could not be read.
   */
  public metricMalformed(options: cloudwatch.MetricOptions = {}): cloudwatch.Metric {
    return this.metric(Metrics.RECORDS_MALFORMED, options);
  }
}
