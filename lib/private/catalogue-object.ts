import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as iam from 'aws-cdk-lib/aws-iam';
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
  const reads = catalogueReads(bucket).map(({ actions, resourceArn }) =>
    iam.Grant.addToPrincipal({ grantee, actions, resourceArns: [resourceArn] }),
  );
  const decrypt = bucket.encryptionKey?.grantDecrypt(grantee);
  return [...reads, ...(decrypt ? [decrypt] : [])].reduce((all, grant) => all.combine(grant));
}

/** What is done to read the prices, but for their key. */
export function catalogueReads(bucket: s3.IBucket): { readonly actions: string[]; readonly resourceArn: string }[] {
  return [
    { actions: ['s3:GetObject'], resourceArn: bucket.arnForObjects(CATALOGUE_KEY) },
    // Without this permission S3 answers 403 instead of 404 for an object that does not exist yet. Source: S3 API, GetObject.
    { actions: ['s3:ListBucket'], resourceArn: bucket.bucketArn },
  ];
}

/** Where a function finds the prices. */
export function catalogueEnvironment(prices: IPriceCatalogue | undefined): Record<string, string> {
  return prices ? { CATALOGUE_BUCKET: prices.bucket.bucketName, CATALOGUE_KEY } : {};
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
