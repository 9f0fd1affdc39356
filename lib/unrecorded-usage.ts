import { Duration, Stack } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as events from 'aws-cdk-lib/aws-events';
import * as targets from 'aws-cdk-lib/aws-events-targets';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as logs from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { Attributes, DEFAULT_NAMESPACE, UnrecordedMetrics } from '../engine/telemetry/names';
import { AlarmRule } from './alarm-rule';
import { IPriceCatalogue } from './price-catalogue-interface';
import { PriceOverrides } from './price-overrides';
import { UNRECORDED_ROW } from './private/alarms/table/unrecorded';
import { requireMetricNamespace } from './private/cost-meter-options';
import { requireSameEnvironment, requireSameRegion } from './private/handed-in';
import { KEPT } from './private/kept';
import { allowLogGroups } from './private/log-group-key';
import { newHandler } from './private/new-handler';
import { requireOnlyPublisher } from './private/only-publisher';
import { allowMetricReads } from './private/read-grants';
import { reservedCapacityText } from './private/reserved-capacity-text';
import { requireUsable } from './private/usable';
import { withDefaults } from './private/with-defaults';
import { TieredAlarms } from './tiered-alarms';
import { UnrecordedUsageOptions } from './unrecorded-usage-options';

/**
 * Properties for defining an UnrecordedUsage.
 */
export interface UnrecordedUsageProps extends UnrecordedUsageOptions {
  /**
   * The CloudWatch namespace of the metrics.
   *
   * @default 'BedrockObservability'
   */
  readonly metricNamespace?: string;

  /**
   * Where refreshed prices come from.
   *
   * @default - prices of this version of the library
   */
  readonly prices?: IPriceCatalogue;

  /**
   * Prices and discounts of your own.
   *
   * @default - published prices apply
   */
  readonly priceOverrides?: PriceOverrides;
}

/**
 * What is on the bill of this account and Region and writes no invocation record: batch inference jobs, provisioned throughput, reserved
 * capacity, storage of custom models, units of guardrails and tokens of `bedrock-mantle`.
 *
 * Each is a line in the format of the ledger with a `source`, and is in metrics of its own: none of it is in a metric of the cost meter.
 */
export class UnrecordedUsage extends Construct {
  /**
   * The function that asks what was used, every hour and when a batch job ends.
   */
  public readonly meterFunction: lambda.Function;

  /**
   * The log group with the lines, in the format of the ledger.
   */
  public readonly logGroup: logs.ILogGroup;

  /**
   * The CloudWatch namespace of the metrics.
   */
  public readonly metricNamespace: string;

  /**
   * The alarm UnrecordedUsageIncomplete, which is on while something could not be asked for three hours.
   */
  public readonly tieredAlarms: TieredAlarms;

  constructor(scope: Construct, id: string, props: UnrecordedUsageProps = {}) {
    super(scope, id);

    requireMetricNamespace(props.metricNamespace);
    requireUsable(props);
    requireSameRegion(this, 'prices', props.prices?.bucket);
    requireSameEnvironment(this, 'ledgerTable', props.ledgerTable?.bucket);
    this.metricNamespace = props.metricNamespace ?? DEFAULT_NAMESPACE;
    requireOnlyPublisher(this, 'UnrecordedUsage', 'metricNamespace', this.metricNamespace);
    this.logGroup = this.newLogGroup(props);
    this.meterFunction = this.newFunction(props);
    const target = new targets.LambdaFunction(this.meterFunction);
    new events.Rule(this, 'Hour', {
      description: 'Counts usage of Amazon Bedrock that no invocation record describes',
      schedule: events.Schedule.rate(Duration.hours(1)),
      targets: [target],
    });
    new events.Rule(this, 'BatchJob', {
      description: 'Counts batch inference jobs of Amazon Bedrock',
      eventPattern: { source: ['aws.bedrock'], detailType: ['Batch Inference Job State Change'] },
      targets: [target],
    });
    this.tieredAlarms = new TieredAlarms(this, 'Alarms', {
      rules: [new AlarmRule({ ...UNRECORDED_ROW, metric: this.metricFailed(), summary: UNRECORDED_ROW.summary(0) })],
      routing: props.routing,
      alarmNamePrefix: props.alarmNamePrefix,
      runbooksUrl: props.runbooksUrl,
    });
  }

  /**
   * USD of what no record describes, in total or of one source. At the lowest where only bounds are known; what has no price adds nothing.
   *
   * @param source a source of the ledger, for example `batch`; all without one
   * @param options period, statistic and the like
   */
  public metricCost(source?: string, options: cloudwatch.MetricOptions = {}): cloudwatch.Metric {
    requireUsable({ source });
    const dimensionsMap = source === undefined ? undefined : { [Attributes.SOURCE]: source };
    return this.metric(UnrecordedMetrics.COST, withDefaults({ dimensionsMap }, options));
  }

  /**
   * Lines without a price: what they cost is unknown, and not 0.
   *
   * @param options period, statistic and the like
   */
  public metricUnpriced(options: cloudwatch.MetricOptions = {}): cloudwatch.Metric {
    return this.metric(UnrecordedMetrics.UNPRICED, options);
  }

  /**
   * Questions to AWS that failed in an hour: what they are about is in no figure of it. It has a value in every hour.
   *
   * @param options period, statistic and the like
   */
  public metricFailed(options: cloudwatch.MetricOptions = {}): cloudwatch.Metric {
    return this.metric(UnrecordedMetrics.FAILED, options);
  }

  private metric(metricName: string, options: cloudwatch.MetricOptions): cloudwatch.Metric {
    const defaults = { namespace: this.metricNamespace, metricName, statistic: cloudwatch.Stats.SUM, period: Duration.hours(1) };
    return new cloudwatch.Metric(withDefaults(defaults, options));
  }

  private newLogGroup(props: UnrecordedUsageProps): logs.LogGroup {
    const { retention = logs.RetentionDays.THREE_MONTHS, encryptionKey, removalPolicy = KEPT } = props;
    requireSameRegion(this, 'encryptionKey', encryptionKey);
    if (encryptionKey) {
      allowLogGroups(this, encryptionKey, 'lines of unrecorded usage');
    }
    return new logs.LogGroup(this, 'Lines', { retention, encryptionKey, removalPolicy });
  }

  private newFunction(props: UnrecordedUsageProps): lambda.Function {
    const { batchOutputBuckets = [], reservedCapacity = [], ledgerTable, prices, priceOverrides, functions } = props;
    const made = newHandler(this, 'Function', {
      handler: 'meter-unrecorded',
      description: 'Prices usage of Amazon Bedrock that no invocation record describes',
      memorySize: 512,
      timeout: Duration.minutes(3),
      logGroup: this.logGroup,
      environment: {
        METRICS_NAMESPACE: this.metricNamespace,
        LOG_GROUP: this.logGroup.logGroupName,
        ...(ledgerTable && { LEDGER_STREAM: ledgerTable.deliveryStream.ref }),
        ...(reservedCapacity.length > 0 && { RESERVED_CAPACITY: Stack.of(this).toJsonString(reservedCapacityText(reservedCapacity)) }),
      },
      prices,
      functions,
    });
    const actions = ['GetModelInvocationJob', 'ListModelInvocationJobs', 'ListProvisionedModelThroughputs', 'ListCustomModels'];
    // Jobs, capacity and models are made after the deployment, and lists have no ARNs.
    made.addToRolePolicy(new iam.PolicyStatement({ actions: actions.map((action) => `bedrock:${action}`), resources: ['*'] }));
    made.addToRolePolicy(new iam.PolicyStatement({ actions: ['logs:FilterLogEvents'], resources: [this.logGroup.logGroupArn] }));
    allowMetricReads(made);
    for (const bucket of batchOutputBuckets) {
      const resources = [bucket.arnForObjects('*manifest.json.out')];
      made.addToRolePolicy(new iam.PolicyStatement({ actions: ['s3:GetObject'], resources }));
      bucket.encryptionKey?.grantDecrypt(made);
    }
    ledgerTable?._grantPut(made);
    priceOverrides?._readBy(this, made);
    return made;
  }
}
