import { Duration, RemovalPolicy, Stack, Token } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as events from 'aws-cdk-lib/aws-events';
import * as targets from 'aws-cdk-lib/aws-events-targets';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { CATALOGUE_KEY, catalogueMetric, grantCatalogueRead, ImportedPriceCatalogue } from './private/catalogue-object';
import { requireSameRegion } from './private/handed-in';
import { KEPT } from './private/kept';
import { newHandler } from './private/new-handler';
import { requireUsable } from './private/usable';
import { DEFAULT_NAMESPACE } from '../engine/telemetry/names';
import { HandlerOptions } from './handler-options';
import { IPriceCatalogue, PriceCatalogueAttributes } from './price-catalogue-interface';

/**
 * Properties for defining a PriceCatalogue.
 */
export interface PriceCatalogueProps extends HandlerOptions {
  /**
   * The CloudWatch namespace of the metrics of the refresh. Use the one of the cost meter, so that all metrics are in one place.
   *
   * @default 'BedrockObservability'
   */
  readonly metricNamespace?: string;

  /**
   * How often the price list is read, besides after each deployment of the stack.
   *
   * @default - once a day
   */
  readonly schedule?: events.Schedule;

  /**
   * The address of a mirror of the price list, for functions without a way to the internet: `https://` and a host, without a path.
   *
   * @default - the public bulk files of the AWS Price List are read
   */
  readonly priceListUrl?: string;

  /**
   * The key that encrypts the bucket.
   *
   * @default - the bucket is encrypted with keys that Amazon S3 owns
   */
  readonly encryptionKey?: kms.IKey;

  /**
   * What happens to the bucket when the stack is deleted. With `RemovalPolicy.DESTROY` it is emptied first.
   *
   * @default - the bucket is kept, because past prices explain past costs
   */
  readonly removalPolicy?: RemovalPolicy;
}

/**
 * Prices that follow the AWS Price List. The list is read once a day and after each deployment of the stack, and the prices are
 * kept in a bucket with their former versions.
 *
 * A price list that cannot be read or looks wrong changes nothing: the meter goes on with the prices it has.
 */
export class PriceCatalogue extends Construct implements IPriceCatalogue {
  /**
   * Prices that another stack refreshes, for a cost meter and for alarms in this one.
   *
   * @param scope the scope
   * @param id the id
   * @param attributes where the prices are
   */
  public static fromPriceCatalogueAttributes(scope: Construct, id: string, attributes: PriceCatalogueAttributes): IPriceCatalogue {
    return new ImportedPriceCatalogue(scope, id, attributes);
  }

  /**
   * The bucket with the refreshed prices.
   */
  public readonly bucket: s3.IBucket;

  /**
   * The function that reads the price list.
   */
  public readonly refreshFunction: lambda.Function;

  /**
   * The log group of the function. It names the rows of the price list that the metrics only count.
   */
  public readonly logGroup: logs.ILogGroup;

  private readonly namespace: string;

  constructor(scope: Construct, id: string, props: PriceCatalogueProps = {}) {
    super(scope, id);

    const { priceListUrl, encryptionKey } = props;
    requireSameRegion(this, 'encryptionKey', encryptionKey);
    requireUsable(props);
    if (priceListUrl !== undefined && !Token.isUnresolved(priceListUrl) && !/^https?:\/\/[^/]+\/?$/.test(priceListUrl)) {
      throw new Error(`'priceListUrl' must be an address without a path, like 'https://prices.example.com', got '${priceListUrl}'`);
    }
    this.namespace = props.metricNamespace ?? DEFAULT_NAMESPACE;
    this.bucket = new s3.Bucket(this, 'Bucket', {
      versioned: true,
      encryption: encryptionKey ? s3.BucketEncryption.KMS : s3.BucketEncryption.S3_MANAGED,
      encryptionKey,
      bucketKeyEnabled: encryptionKey && true,
      blockPublicAccess: s3.BlockPublicAccess.BLOCK_ALL,
      enforceSSL: true,
      removalPolicy: props.removalPolicy ?? KEPT,
      autoDeleteObjects: props.removalPolicy === RemovalPolicy.DESTROY ? true : undefined,
      // The current version holds every price of its Region that was ever read, with dates. Former versions show when it was read.
      lifecycleRules: [{ noncurrentVersionExpiration: Duration.days(400), abortIncompleteMultipartUploadAfter: Duration.days(7) }],
    });
    const accesses = [
      new iam.PolicyStatement({ actions: ['s3:GetObject', 's3:PutObject'], resources: [this.bucket.arnForObjects(CATALOGUE_KEY)] }),
      // Without this permission S3 answers 403 instead of 404 for an object that does not exist yet. Source: S3 API, GetObject.
      new iam.PolicyStatement({ actions: ['s3:ListBucket'], resources: [this.bucket.bucketArn] }),
    ];
    this.refreshFunction = newHandler(this, 'Function', {
      handler: 'refresh-prices',
      description: 'Brings the prices of Amazon Bedrock up to the AWS Price List',
      memorySize: 512,
      timeout: Duration.minutes(10),
      logRetention: logs.RetentionDays.THREE_MONTHS,
      environment: {
        METRICS_NAMESPACE: this.namespace,
        CATALOGUE_BUCKET: this.bucket.bucketName,
        CATALOGUE_KEY,
        ...(priceListUrl !== undefined && { PRICE_LIST_URL: priceListUrl }),
      },
      // What names a bucket with a key is apart, because the policy of the key may name the role.
      permissions: encryptionKey ? {} : { Catalogue: accesses },
      functions: props.functions,
    });
    this.logGroup = this.refreshFunction.logGroup;
    if (encryptionKey) {
      accesses.forEach((statement) => this.refreshFunction.addToRolePolicy(statement));
      encryptionKey.grantEncryptDecrypt(this.refreshFunction);
    }
    new events.Rule(this, 'Schedule', {
      schedule: props.schedule ?? events.Schedule.rate(Duration.days(1)),
      // One rule may have both: a new version of the library refreshes what an older one has stored. CloudFormation sends the
      // event after the deployment, which a failed refresh therefore cannot fail. Source: Stack Status Change event detail,
      // CloudFormation User Guide.
      eventPattern: {
        source: ['aws.cloudformation'],
        detailType: ['CloudFormation Stack Status Change'],
        detail: {
          'stack-id': [Stack.of(this).stackId],
          'status-details': { status: ['CREATE_COMPLETE', 'UPDATE_COMPLETE', 'UPDATE_ROLLBACK_COMPLETE'] },
        },
      },
      targets: [new targets.LambdaFunction(this.refreshFunction, { event: events.RuleTargetInput.fromObject({}) })],
    });
  }

  /**
   * A metric of the refresh.
   *
   * @param metricName the name of the metric, as docs/price-refresh.md lists it
   * @param options period, statistic and the like
   */
  public metric(metricName: string, options: cloudwatch.MetricOptions = {}): cloudwatch.Metric {
    return catalogueMetric(this.namespace, metricName, options).attachTo(this);
  }

  /**
   * Lets somebody read the prices.
   *
   * @param grantee who may read them
   */
  public grantRead(grantee: iam.IGrantable): iam.Grant {
    return grantCatalogueRead(this.bucket, grantee);
  }
}
