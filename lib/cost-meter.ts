import { Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { AdotLayer } from './adot-layer';
import { CostMeterAttributes, ICostMeter } from './cost-meter-interface';
import { CostMeterOptions } from './cost-meter-options';
import { CostMetrics } from './cost-metrics';
import { Ledger } from './ledger';
import type { LedgerTable } from './ledger-table';
import { OtlpSignal } from './otlp-signal';
import { checkCostMeterOptions, meterEnvironment, otlpEnvironment } from './private/cost-meter-options';
import { newDeadLetterQueue } from './private/dead-letter-queue';
import { requireSameRegion } from './private/handed-in';
import { KEPT } from './private/kept';
import { allowLogGroups } from './private/log-group-key';
import { ImportedCostMeter } from './private/imported-cost-meter';
import { newHandler } from './private/new-handler';
import { requireOnlyMeter } from './private/only-meter';
import { allowProfileRoles } from './private/profile-role';
import { grantLedgerRead } from './private/read-grants';
import { deliverRecords, newRedriveMapping, sourceOf } from './private/record-delivery';
import { requireUsable } from './private/usable';
import { RecordSource } from './record-source';

/**
 * Properties for defining a CostMeter.
 */
export interface CostMeterProps extends CostMeterOptions {
  /**
   * The log group to which Bedrock delivers model invocation records, in short for `RecordSource.logGroup`.
   *
   * @default - `source` is where the records come from
   */
  readonly logGroup?: logs.ILogGroupRef;

  /**
   * Where the records come from, if it is not a log group of the account: a Kinesis data stream takes the records of many accounts.
   *
   * @default - the records of `logGroup`
   */
  readonly source?: RecordSource;
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

  /** @internal */
  public readonly _readsStream: boolean;

  constructor(scope: Construct, id: string, props: CostMeterProps) {
    super(scope, id);

    checkCostMeterOptions(props);
    requireUsable(props);
    const source = sourceOf(this, props);
    requireRecords(source._logGroup);
    this._readsStream = source._stream !== undefined;
    requireSameRegion(this, 'prices', props.prices?.bucket);
    requireSameRegion(this, 'ledger.encryptionKey', props.ledger?._options.encryptionKey);
    requireSameRegion(this, 'ledger.promptHashSecret', props.ledger?._options.promptHashSecret);
    requireSameRegion(this, 'otlp.destination.headersSecret', props.otlp?.destination.headersSecret);
    requireSameRegion(this, 'encryptionKey', props.encryptionKey);
    requireTableHere(this, props.ledger?._options.table);
    requireOnlyMeter(this, source, props.metricNamespace);
    this.ledger = props.ledger ?? Ledger.perCall();
    this.ledgerLogGroup = this.newLedgerLogGroup(props);
    requireSameRegion(this, 'deadLetterEncryptionKey', props.deadLetterEncryptionKey);
    this.deadLetterQueue = newDeadLetterQueue(this, keyOfDeadLetters(props));
    this.meterFunction = this.newMeterFunction(props);
    const receiver = { meterFunction: this.meterFunction, deadLetterQueue: this.deadLetterQueue };
    deliverRecords(this, source, { ...receiver, keyOfFailedRecords: keyOfDeadLetters(props) });
    this.redriveMapping = newRedriveMapping(this, receiver);
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
      isTraced: true,
      deadLetterQueue: this.deadLetterQueue,
      prices: props.prices,
      environment: { ...meterEnvironment(props, this.ledger), ...otlpEnvironment(this, props.otlp) },
      // A record names an application inference profile by an opaque id, and GetInferenceProfile gives its model. Profiles are
      // created after the deployment and can be of other accounts, so their ARNs are not known.
      permissions: { Profiles: [new iam.PolicyStatement({ actions: ['bedrock:GetInferenceProfile'], resources: ['*'] })] },
      functions: props.functions,
    });
    if (props.profileRoleName !== undefined) {
      allowProfileRoles(meterFunction, props.profileRoleName);
    }
    this.ledger._options.promptHashSecret?.grantRead(meterFunction);
    props.otlp?.destination.headersSecret?.grantRead(meterFunction);
    props.otlp?.destination._grantSend(meterFunction, [OtlpSignal.METRICS]);
    this.ledger._options.table?._grantPut(meterFunction);
    // The function sends there by its role, which the CDK lets use the queue and not its key.
    keyOfDeadLetters(props)?.grantEncryptDecrypt(meterFunction);
    (props.adotLayer ?? AdotLayer.LATEST)._attachTo(meterFunction);
    props.priceOverrides?._readBy(this, meterFunction);
    props.profileMap?._readBy(this, meterFunction);
    return meterFunction;
  }
}

function keyOfDeadLetters({ deadLetterEncryptionKey, encryptionKey }: CostMeterProps): kms.IKey | undefined {
  return deadLetterEncryptionKey ?? encryptionKey;
}

/** A meter that reads the log group of a meter finds no calls there; one that reads its own would go round in a circle. */
function requireRecords(logGroup: logs.ILogGroupRef | undefined): void {
  const scope = logGroup?.node.scope;
  if (scope instanceof CostMeter) {
    throw new Error(
      `'logGroup' must be the log group to which Bedrock delivers its records, got the ledger of the cost meter '${scope.node.path}': use 'logGroup' of InvocationLogging`,
    );
  }
}

/** The permission to put rows would otherwise be in another stack than the stream. */
function requireTableHere(meter: CostMeter, table: LedgerTable | undefined): void {
  if (table && Stack.of(table) !== Stack.of(meter)) {
    throw new Error(
      `'ledger.table' must be in the stack of the cost meter, '${Stack.of(meter).node.path}', got '${table.node.path}': move it there`,
    );
  }
}
