import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as destinations from 'aws-cdk-lib/aws-logs-destinations';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { AdotLayer } from './adot-layer';
import { CostMeterAttributes, ICostMeter } from './cost-meter-interface';
import { CostMetrics } from './cost-metrics';
import { FunctionOptions } from './function-options';
import { Ledger } from './ledger';
import { MeterDimension } from './meter-dimension';
import { IPriceCatalogue } from './price-catalogue-interface';
import { PriceOverrides } from './price-overrides';
import { readCatalogue } from './private/catalogue-object';
import { checkCostMeterOptions, meterEnvironment } from './private/cost-meter-options';
import { newDeadLetterQueue } from './private/dead-letter-queue';
import { requireSameEnvironment, requireSameRegion, requireSubscribable } from './private/handed-in';
import { KEPT } from './private/kept';
import { allowLogGroups } from './private/log-group-key';
import { ImportedCostMeter } from './private/imported-cost-meter';
import { newHandler } from './private/new-handler';
import { requireOnlyMeter, warnOfSubscriptions } from './private/only-meter';
import { grantLedgerRead } from './private/read-grants';
import { whenComplete } from './private/warning';

/**
 * Choices about metering that do not depend on where the log records come from.
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
   * Whether tokens, and what they cost, are published by their type: input, output, cache reads and cache writes. These are two
   * custom metrics for each type. The ledger has the tokens of each call in any case.
   *
   * @default true
   */
  readonly tokenTypes?: boolean;

  /**
   * Dimensions by which cost is published, in addition to the model. Each value of a dimension is a custom metric that CloudWatch bills.
   *
   * @default - cost is published in total, by token type and by model
   */
  readonly dimensions?: MeterDimension[];

  /**
   * How many values of each additional dimension, and of the model, are published at a time: those that cost most. Further values
   * are added up under `other`.
   *
   * @default 50
   */
  readonly dimensionCap?: number;

  /**
   * Where refreshed prices come from.
   *
   * @default - calls are priced with the catalogue of this version of the library
   */
  readonly prices?: IPriceCatalogue;

  /**
   * Prices and discounts of your own.
   *
   * @default - calls are priced with published prices
   */
  readonly priceOverrides?: PriceOverrides;

  /**
   * The OpenTelemetry layer that traces the function of the meter.
   *
   * @default AdotLayer.LATEST
   */
  readonly adotLayer?: AdotLayer;

  /**
   * What happens to the ledger when the stack is deleted.
   *
   * @default RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE
   */
  readonly removalPolicy?: RemovalPolicy;

  /**
   * The key that encrypts the ledger and the dead-letter queue, where these have none of their own.
   *
   * @default - they are encrypted with keys that AWS owns
   */
  readonly encryptionKey?: kms.IKey;

  /**
   * The key that encrypts the dead-letter queue. Its batches are invocation records, with prompts and answers where these are logged.
   *
   * @default - `encryptionKey`, or a key that Amazon SQS owns
   */
  readonly deadLetterEncryptionKey?: kms.IKey;

  /**
   * How the functions run, for example in which VPC.
   *
   * @default - they run outside of any VPC of the account, and share its unreserved concurrency
   */
  readonly functions?: FunctionOptions;
}

/**
 * Properties for defining a CostMeter.
 */
export interface CostMeterProps extends CostMeterOptions {
  /**
   * The log group to which Bedrock delivers model invocation records.
   */
  readonly logGroup: logs.ILogGroupRef;
}

/**
 * Turns model invocation records into cost, token and error metrics, and into a ledger of calls without their content.
 */
export class CostMeter extends Construct implements ICostMeter {
  /**
   * A meter that another stack has made in this account and Region, for alarms, dashboards and a digest in this one.
   *
   * @param scope the scope
   * @param id the id
   * @param attributes the names of what it is made of
   */
  public static fromCostMeterAttributes(scope: Construct, id: string, attributes: CostMeterAttributes): ICostMeter {
    return new ImportedCostMeter(scope, id, attributes);
  }

  /**
   * The metrics that the meter publishes.
   */
  public readonly metrics: CostMetrics;

  /**
   * The function that meters the records.
   */
  public readonly meterFunction: lambda.IFunction;

  /**
   * What is recorded of single calls.
   */
  public readonly ledger: Ledger;

  /**
   * The log group of the function. It holds the ledger, and the metrics in embedded metric format.
   */
  public readonly ledgerLogGroup: logs.ILogGroup;

  /**
   * The queue for batches of records that could not be metered in three attempts. They are kept for 14 days.
   */
  public readonly deadLetterQueue: sqs.IQueue;

  /**
   * Meters the batches in the dead-letter queue again while it is enabled. It is disabled until you enable it.
   */
  public readonly redriveMapping: lambda.IEventSourceMapping;

  constructor(scope: Construct, id: string, props: CostMeterProps) {
    super(scope, id);

    checkCostMeterOptions(props);
    requireSameEnvironment(this, 'logGroup', props.logGroup);
    requireSubscribable('logGroup', props.logGroup);
    requireRecords(props.logGroup);
    requireSameRegion(this, 'prices', props.prices?.bucket);
    requireSameRegion(this, 'ledger.encryptionKey', props.ledger?._options.encryptionKey);
    requireSameRegion(this, 'ledger.promptHashSecret', props.ledger?._options.promptHashSecret);
    requireSameRegion(this, 'encryptionKey', props.encryptionKey);
    requireOnlyMeter(this, props);
    this.ledger = props.ledger ?? Ledger.perCall();
    this.ledgerLogGroup = this.newLedgerLogGroup(props);
    requireSameRegion(this, 'deadLetterEncryptionKey', props.deadLetterEncryptionKey);
    this.deadLetterQueue = newDeadLetterQueue(this, keyOfDeadLetters(props));
    this.meterFunction = this.newMeterFunction(props);
    new logs.SubscriptionFilter(this, 'Subscription', {
      logGroup: props.logGroup,
      destination: new destinations.LambdaDestination(this.meterFunction),
      filterPattern: logs.FilterPattern.allEvents(),
    });
    whenComplete(this, () => warnOfSubscriptions(this, props.logGroup));
    this.redriveMapping = this.newRedriveMapping();
    this.metrics = CostMetrics._ofMeter(
      props.metricNamespace,
      (props.dimensions ?? []).map(({ _name }) => _name),
    );
  }

  /**
   * Lets somebody read the ledger, also with queries of Logs Insights. The ledger holds callers and costs, and no prompts.
   *
   * @param grantee who may read it
   */
  public grantReadLedger(grantee: iam.IGrantable): iam.Grant {
    return grantLedgerRead(this.ledgerLogGroup, grantee);
  }

  private newLedgerLogGroup({ removalPolicy = KEPT, ...props }: CostMeterProps): logs.LogGroup {
    const { retention = logs.RetentionDays.THREE_MONTHS, encryptionKey = props.encryptionKey } = this.ledger._options;
    if (encryptionKey) {
      allowLogGroups(this, encryptionKey, 'ledger');
    }
    return new logs.LogGroup(this, 'Ledger', {
      retention,
      encryptionKey,
      removalPolicy: this.ledger._perCall ? removalPolicy : RemovalPolicy.DESTROY,
    });
  }

  private newMeterFunction(props: CostMeterProps): lambda.Function {
    const meterFunction = newHandler(this, 'Function', {
      handler: 'meter-calls',
      description: 'Prices Amazon Bedrock model invocations',
      memorySize: 512,
      timeout: Duration.minutes(2),
      logGroup: this.ledgerLogGroup,
      tracing: lambda.Tracing.ACTIVE,
      deadLetterQueue: this.deadLetterQueue,
      environment: meterEnvironment(props, this.ledger),
      functions: props.functions,
    });
    // A record names an application inference profile by an opaque id, and GetInferenceProfile gives its model. Profiles are
    // created after the deployment and can be of other accounts, so their ARNs are not known.
    meterFunction.addToRolePolicy(new iam.PolicyStatement({ actions: ['bedrock:GetInferenceProfile'], resources: ['*'] }));
    this.ledger._options.promptHashSecret?.grantRead(meterFunction);
    // The function sends there by its role, which the CDK lets use the queue and not its key.
    keyOfDeadLetters(props)?.grantEncryptDecrypt(meterFunction);
    (props.adotLayer ?? AdotLayer.LATEST)._attachTo(meterFunction);
    readCatalogue(meterFunction, props.prices);
    props.priceOverrides?._readBy(this, meterFunction);
    return meterFunction;
  }

  private newRedriveMapping(): lambda.EventSourceMapping {
    this.deadLetterQueue.grantConsumeMessages(this.meterFunction);
    return new lambda.EventSourceMapping(this, 'Redrive', {
      target: this.meterFunction,
      eventSourceArn: this.deadLetterQueue.queueArn,
      batchSize: 1,
      enabled: false,
    });
  }
}

function keyOfDeadLetters({ deadLetterEncryptionKey, encryptionKey }: CostMeterProps): kms.IKey | undefined {
  return deadLetterEncryptionKey ?? encryptionKey;
}

/** A meter that reads the log group of a meter finds no calls there; one that reads its own would go round in a circle. */
function requireRecords(logGroup: logs.ILogGroupRef): void {
  const { scope } = logGroup.node;
  if (scope instanceof CostMeter) {
    throw new Error(
      `'logGroup' must be the log group to which Bedrock delivers its records, got the ledger of the cost meter '${scope.node.path}': use 'logGroup' of InvocationLogging`,
    );
  }
}
