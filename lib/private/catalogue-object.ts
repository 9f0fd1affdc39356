import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { DEFAULT_NAMESPACE } from '../../engine/telemetry/names';
import type { IPriceCatalogue, PriceCatalogueAttributes } from '../price-catalogue-interface';
import { requireSameRegion } from './handed-in';
import { withDefaults } from './with-defaults';

/** The key of the object that holds the prices. */
export const CATALOGUE_KEY = 'catalogue.ndjson';

/** Lets somebody read the prices in a bucket, and the key of the bucket be used for that. */
export function grantCatalogueRead(bucket: s3.IBucket, grantee: iam.IGrantable): iam.Grant {
  const object = iam.Grant.addToPrincipal({ grantee, actions: ['s3:GetObject'], resourceArns: [bucket.arnForObjects(CATALOGUE_KEY)] });
  // Without this permission S3 answers 403 instead of 404 for an object that does not exist yet. Source: S3 API, GetObject.
  const list = iam.Grant.addToPrincipal({ grantee, actions: ['s3:ListBucket'], resourceArns: [bucket.bucketArn] });
  const decrypt = bucket.encryptionKey?.grantDecrypt(grantee);
  return decrypt ? object.combine(list).combine(decrypt) : object.combine(list);
}

/** Lets a function read the prices, and names their place in its environment. */
export function readCatalogue(reader: lambda.Function, prices: IPriceCatalogue | undefined): void {
  if (prices) {
    reader.addEnvironment('CATALOGUE_BUCKET', prices.bucket.bucketName);
    reader.addEnvironment('CATALOGUE_KEY', CATALOGUE_KEY);
    prices.grantRead(reader);
  }
}

export function catalogueMetric(namespace: string, metricName: string, options: cloudwatch.MetricOptions): cloudwatch.Metric {
  return new cloudwatch.Metric(withDefaults({ namespace, metricName, statistic: cloudwatch.Stats.MAXIMUM }, options));
}

/** Prices that another stack refreshes. */
export class ImportedPriceCatalogue extends Construct implements IPriceCatalogue {
  public readonly bucket: s3.IBucket;

  private readonly namespace: string;

  constructor(scope: Construct, id: string, { bucket, metricNamespace = DEFAULT_NAMESPACE }: PriceCatalogueAttributes) {
    super(scope, id);

    requireSameRegion(this, 'bucket', bucket);
    this.bucket = bucket;
    this.namespace = metricNamespace;
  }

  public metric(metricName: string, options: cloudwatch.MetricOptions = {}): cloudwatch.Metric {
    return catalogueMetric(this.namespace, metricName, options);
  }

  public grantRead(grantee: iam.IGrantable): iam.Grant {
    return grantCatalogueRead(this.bucket, grantee);
  }
}
