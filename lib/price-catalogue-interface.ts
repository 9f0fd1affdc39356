import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { IConstruct } from 'constructs';

/**
 * Refreshed prices, of this stack or of another one in the Region.
 */
export interface IPriceCatalogue extends IConstruct {
  /**
   * The bucket with the refreshed prices.
   */
  readonly bucket: s3.IBucket;

  /**
   * A metric of the refresh.
   *
   * @param metricName the name of the metric, as docs/price-refresh.md lists it
   * @param options period, statistic and the like
   */
  metric(metricName: string, options?: cloudwatch.MetricOptions): cloudwatch.Metric;

  /**
   * Lets somebody read the prices.
   *
   * @param grantee who may read them
   */
  grantRead(grantee: iam.IGrantable): iam.Grant;
}

/**
 * Refreshed prices of another stack.
 */
export interface PriceCatalogueAttributes {
  /**
   * The bucket with the refreshed prices, in the Region of the stack.
   */
  readonly bucket: s3.IBucket;

  /**
   * The CloudWatch namespace of the metrics of the refresh.
   *
   * @default 'BedrockObservability'
   */
  readonly metricNamespace?: string;
}
