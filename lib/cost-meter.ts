import { Duration, RemovalPolicy, Token } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as destinations from 'aws-cdk-lib/aws-logs-destinations';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { AdotLayer } from './adot-layer';
import { CostMetrics } from './cost-metrics';
import { Ledger } from './ledger';
import { MeterDimension } from './meter-dimension';
import { handlerCode } from './private/handler-code';
import { allowLogGroups } from './private/logging/log-group-key';
import { DEFAULT_NAMESPACE, DIMENSION_CAP } from '../engine/telemetry/names';
import { PriceCatalogue } from './price-catalogue';
import { PriceOverrides } from './price-overrides';

/**
 * Choices about metering that hold wherever the log records come from.
 */
export interface CostMeterOptions {
  /**
   * The CloudWatch namespace of the metrics.
   *
   * @default 'BedrockObservability'
   */
  readonly metricNamespace?: string;

  /**
   * Whether single calls are recorded beside the metrics, without their content, and for how long.
   *
   * @default - one line per call, kept for three months
   */
  readonly ledger?: Ledger;

  /**
   * Dimensions by which cost is published, beside the model.
   *
   * @default - cost is published in total, by token type and by model
   */
  readonly dimensions?: MeterDimension[];

  /**
   * How many values each extra dimension may take; the rest is folded into `other`.
   *
   * @default 50
   */
  readonly dimensionCap?: number;

  /**
   * Where refreshed prices come from.
   *
   * @default - the prices that this version of the library was shipped with
   */
  readonly prices?: PriceCatalogue;

  /**
   * Prices and discounts of your own.
   *
   * @default - published prices
   */
  readonly priceOverrides?: PriceOverrides;

  /**
   * The OpenTelemetry layer that traces the meter.
   *
   * @default AdotLayer.LATEST
   */
  readonly adotLayer?: AdotLayer;
}

/**
 * Properties for defining a CostMeter.
 */
export interface CostMeterProps extends CostMeterOptions {
  /**
   * The log group to which Bedrock delivers model invocation records.
   */
  readonly logGroup: logs.ILogGroup;
}

/**
 * Turns model invocation records into cost, token and error metrics, and into a ledger of calls without their content.
 */
export class CostMeter extends Construct {
  /**
   * The metrics that the meter publishes.
   */
  public readonly metrics: CostMetrics;

  /**
   * The function that meters the records.
   */
  public readonly meterFunction: lambda.Function;

  /**
   * What is recorded of single calls.
   */
  public readonly ledger: Ledger;

  /**
   * The log group of the function: the ledger, and the metrics in embedded metric format.
   */
  public readonly ledgerLogGroup: logs.LogGroup;

  /**
   * Where a batch of records goes that could not be metered after three tries.
   */
  public readonly deadLetterQueue: sqs.Queue;

  /**
   * The switch, off by default, that meters the batches in the dead-letter queue again.
   */
  public readonly redriveMapping: lambda.IEventSourceMapping;

  constructor(scope: Construct, id: string, props: CostMeterProps) {
    super(scope, id);

    const metricNamespace = props.metricNamespace ?? DEFAULT_NAMESPACE;
    const cap = props.dimensionCap ?? DIMENSION_CAP.DEFAULT;
    if (!Token.isUnresolved(metricNamespace) && !/^(?!AWS\/)[A-Za-z0-9._/#: -]{1,255}$/.test(metricNamespace)) {
      throw new Error(
        `'metricNamespace' must be 1 to 255 letters, digits or ._/#:- and must not start with AWS/, got '${metricNamespace}'`,
      );
    }
    if (!Token.isUnresolved(cap) && (!Number.isInteger(cap) || cap < 1 || cap > DIMENSION_CAP.MAX)) {
      throw new Error(`'dimensionCap' must be a whole number from 1 to ${DIMENSION_CAP.MAX}, got ${cap}`);
    }
    if (props.dimensionCap !== undefined && !props.dimensions?.length) {
      throw new Error("'dimensionCap' has nothing to cap: set 'dimensions' too, or leave it out");
    }

    const ledger = (this.ledger = props.ledger ?? Ledger.perCall());
    const { retention, encryptionKey, requestMetadataKeys, promptHashSecret } = ledger._options;
    if (encryptionKey) {
      allowLogGroups(this, encryptionKey, 'ledger');
    }
    this.ledgerLogGroup = new logs.LogGroup(this, 'Ledger', {
      retention: retention ?? logs.RetentionDays.THREE_MONTHS,
      encryptionKey,
      removalPolicy: ledger._perCall ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
    });

    this.deadLetterQueue = new sqs.Queue(this, 'DeadLetterQueue', {
      encryption: sqs.QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      retentionPeriod: Duration.days(14),
      // Six times the function's timeout, as Lambda asks of a queue it reads from.
      visibilityTimeout: Duration.minutes(12),
    });

    const role = new iam.Role(this, 'Role', { assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com') });
    this.ledgerLogGroup.grantWrite(role);
    // Application inference profiles hide the model behind an opaque id; only this call reveals it. They may live in any
    // account that shares them, so the account is left open.
    role.addToPolicy(
      new iam.PolicyStatement({ actions: ['bedrock:GetInferenceProfile', 'bedrock:ListTagsForResource'], resources: ['*'] }),
    );
    promptHashSecret?.grantRead(role);

    this.meterFunction = new lambda.Function(this, 'Function', {
      description: 'Prices Amazon Bedrock model invocations',
      code: handlerCode('meter-calls'),
      handler: 'index.handler',
      runtime: lambda.Runtime.NODEJS_24_X,
      architecture: lambda.Architecture.ARM_64,
      memorySize: 512,
      timeout: Duration.minutes(2),
      role,
      logGroup: this.ledgerLogGroup,
      tracing: lambda.Tracing.ACTIVE,
      deadLetterQueue: this.deadLetterQueue,
      environment: {
        METRICS_NAMESPACE: metricNamespace,
        LEDGER: ledger._perCall ? 'perCall' : 'none',
        ...(requestMetadataKeys?.length && { METADATA_KEYS: requestMetadataKeys.join(',') }),
        ...(props.dimensions?.length && {
          DIMENSIONS: props.dimensions.map((dimension) => dimension._name).join(','),
          DIMENSION_CAP: `${cap}`,
        }),
        ...(promptHashSecret && { PROMPT_HASH_SECRET_ARN: promptHashSecret.secretArn }),
      },
    });
    (props.adotLayer ?? AdotLayer.LATEST)._attachTo(this.meterFunction);
    props.prices?._readBy(this.meterFunction);
    props.priceOverrides?._readBy(this, this.meterFunction);

    new logs.SubscriptionFilter(this, 'Subscription', {
      logGroup: props.logGroup,
      destination: new destinations.LambdaDestination(this.meterFunction),
      filterPattern: logs.FilterPattern.allEvents(),
    });

    this.redriveMapping = new lambda.EventSourceMapping(this, 'Redrive', {
      target: this.meterFunction,
      eventSourceArn: this.deadLetterQueue.queueArn,
      batchSize: 1,
      enabled: false,
    });
    this.deadLetterQueue.grantConsumeMessages(role);

    this.metrics = CostMetrics.inNamespace(metricNamespace);
  }
}
