import { Duration, RemovalPolicy, Token } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as events from 'aws-cdk-lib/aws-events';
import * as targets from 'aws-cdk-lib/aws-events-targets';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { handlerCode } from './private/handler-code';
import { DEFAULT_NAMESPACE } from '../engine/telemetry/names';

/**
 * Properties for defining a PriceCatalogue.
 */
export interface PriceCatalogueProps {
  /**
   * The CloudWatch namespace of the metrics; the one of the cost meter, so that they are found together.
   *
   * @default 'BedrockObservability'
   */
  readonly metricNamespace?: string;

  /**
   * When the price list is read.
   *
   * @default - once a day
   */
  readonly schedule?: events.Schedule;

  /**
   * Where the price list is read, for example from a mirror where functions have no way to the internet.
   *
   * @default - the public bulk files of the AWS Price List
   */
  readonly priceListUrl?: string;
}

/**
 * Prices that follow the AWS Price List: read once a day, and kept in a bucket with all their versions.
 *
 * A price list that cannot be read, or looks wrong, changes nothing: the meter keeps the prices it has.
 */
export class PriceCatalogue extends Construct {
  /**
   * The bucket with the refreshed prices. It stays when the stack is deleted: past prices explain past costs.
   */
  public readonly bucket: s3.Bucket;

  /**
   * The function that reads the price list.
   */
  public readonly refreshFunction: lambda.Function;

  /**
   * The log group of the function, which names the rows that its metrics only count.
   */
  public readonly logGroup: logs.LogGroup;

  private readonly namespace: string;

  constructor(scope: Construct, id: string, props: PriceCatalogueProps = {}) {
    super(scope, id);

    const { priceListUrl } = props;
    if (priceListUrl !== undefined && !Token.isUnresolved(priceListUrl) && !/^https?:\/\/[^/]+\/?$/.test(priceListUrl)) {
      throw new Error(`'priceListUrl' must be an address without a path, like 'https://prices.example.com', got '${priceListUrl}'`);
    }
    this.namespace = props.metricNamespace ?? DEFAULT_NAMESPACE;
    this.bucket = new s3.Bucket(this, 'Bucket', {
      versioned: true,
      encryption: s3.BucketEncryption.S3_MANAGED,
      blockPublicAccess: s3.BlockPublicAccess.BLOCK_ALL,
      enforceSSL: true,
      removalPolicy: RemovalPolicy.RETAIN,
      // The newest version holds every price of its Region that was ever read; older ones only tell when it was read.
      lifecycleRules: [{ noncurrentVersionExpiration: Duration.days(400), abortIncompleteMultipartUploadAfter: Duration.days(7) }],
    });
    this.logGroup = new logs.LogGroup(this, 'Logs', {
      retention: logs.RetentionDays.THREE_MONTHS,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    const role = new iam.Role(this, 'Role', { assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com') });
    this.logGroup.grantWrite(role);
    role.addToPolicy(new iam.PolicyStatement({ actions: ['s3:GetObject', 's3:PutObject'], resources: [this.bucket.arnForObjects(KEY)] }));
    // Without it S3 answers that access is denied where it means that there is no object yet.
    role.addToPolicy(new iam.PolicyStatement({ actions: ['s3:ListBucket'], resources: [this.bucket.bucketArn] }));

    this.refreshFunction = new lambda.Function(this, 'Function', {
      description: 'Brings the prices of Amazon Bedrock up to the AWS Price List',
      code: handlerCode('refresh-prices'),
      handler: 'index.handler',
      runtime: lambda.Runtime.NODEJS_24_X,
      architecture: lambda.Architecture.ARM_64,
      memorySize: 512,
      timeout: Duration.minutes(10),
      role,
      logGroup: this.logGroup,
      environment: {
        METRICS_NAMESPACE: this.namespace,
        CATALOGUE_BUCKET: this.bucket.bucketName,
        CATALOGUE_KEY: KEY,
        ...(priceListUrl !== undefined && { PRICE_LIST_URL: priceListUrl }),
      },
    });
    new events.Rule(this, 'Schedule', {
      schedule: props.schedule ?? events.Schedule.rate(Duration.days(1)),
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
    return new cloudwatch.Metric({ namespace: this.namespace, metricName, statistic: cloudwatch.Stats.MAXIMUM, ...options });
  }

  /**
   * Lets a function read the prices.
   *
   * @internal
   */
  public _readBy(reader: lambda.Function): void {
    reader.addEnvironment('CATALOGUE_BUCKET', this.bucket.bucketName);
    reader.addEnvironment('CATALOGUE_KEY', KEY);
    reader.addToRolePolicy(new iam.PolicyStatement({ actions: ['s3:GetObject'], resources: [this.bucket.arnForObjects(KEY)] }));
    reader.addToRolePolicy(new iam.PolicyStatement({ actions: ['s3:ListBucket'], resources: [this.bucket.bucketArn] }));
  }
}

const KEY = 'catalogue.ndjson';
