import { Duration } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as events from 'aws-cdk-lib/aws-events';
import * as targets from 'aws-cdk-lib/aws-events-targets';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as destinations from 'aws-cdk-lib/aws-logs-destinations';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { DEFAULT_NAMESPACE } from '../engine/telemetry/names';
import { AgentDimension } from './agent-dimension';
import { AgentMeterOptions } from './agent-meter-options';
import { IPriceCatalogue } from './price-catalogue-interface';
import { PriceOverrides } from './price-overrides';
import { agentMeterEnvironment, checkAgentMeterOptions, requireOnlyAgentMeter } from './private/agent-meter-checks';
import { newDeadLetterQueue } from './private/dead-letter-queue';
import { requireSameEnvironment, requireSameRegion, requireSubscribable } from './private/handed-in';
import { KEPT } from './private/kept';
import { allowLogGroups } from './private/log-group-key';
import { newHandler } from './private/new-handler';
import { warnOfSubscriptions } from './private/only-meter';
import { requireLedgerLines } from './private/require-ledger';
import { requireUsable } from './private/usable';
import { addInfo, whenComplete } from './private/warning';
import { withDefaults } from './private/with-defaults';

/** The log group that Transaction Search of CloudWatch creates in each account and Region. */
const SPANS = 'aws/spans';

/**
 * Properties for defining an AgentMeter.
 */
export interface AgentMeterProps extends AgentMeterOptions {
  /**
   * The log group of a cost meter that keeps a ledger there. With it, costs of agents are exact. A ledger in a table only is not joined.
   *
   * @default - all costs of agents are estimates
   */
  readonly ledgerLogGroup?: logs.ILogGroupRef;

  /**
   * The CloudWatch namespace of the metrics.
   *
   * @default 'BedrockObservability'
   */
  readonly metricNamespace?: string;

  /**
   * Where refreshed prices for estimates come from.
   *
   * @default - calls are priced with the catalogue of this version of the library
   */
  readonly prices?: IPriceCatalogue;

  /**
   * Prices and discounts of your own, for estimates.
   *
   * @default - calls are priced with published prices
   */
  readonly priceOverrides?: PriceOverrides;
}

/**
 * Turns spans into metrics of agents: runs, calls, tokens, tools, failures, loops and costs, each model call once however many spans
 * describe it.
 *
 * Costs are estimates at first. Every five minutes they are joined with the ledger of the cost meter, by request id, and are exact from
 * then on. They are never part of the cost of the account. No text of prompts, answers or tools is kept.
 */
export class AgentMeter extends Construct {
  /**
   * The function that meters spans.
   */
  public readonly meterFunction: lambda.Function;

  /**
   * The function that settles runs and joins calls with the ledger, every five minutes.
   */
  public readonly joinFunction: lambda.Function;

  /**
   * The log group of both functions. It holds the agent lines, which docs/agents.md describes, and the metrics in embedded metric format.
   */
  public readonly logGroup: logs.LogGroup;

  /**
   * The queue for batches of spans that could not be metered in three attempts. They are kept for 14 days.
   */
  public readonly deadLetterQueue: sqs.Queue;

  /**
   * Meters the batches in the dead-letter queue again while it is enabled. It is disabled until you enable it.
   */
  public readonly redriveMapping: lambda.IEventSourceMapping;

  /**
   * The CloudWatch namespace of the metrics.
   */
  public readonly metricNamespace: string;

  /**
   * Whether costs are joined with a ledger.
   *
   * @internal
   */
  public readonly _joinsLedger: boolean;

  /**
   * Whether metrics have operations as a dimension.
   *
   * @internal
   */
  public readonly _publishesOperations: boolean;

  constructor(scope: Construct, id: string, props: AgentMeterProps = {}) {
    super(scope, id);

    checkAgentMeterOptions(props);
    requireUsable(props);
    requireSameEnvironment(this, 'ledgerLogGroup', props.ledgerLogGroup);
    requireLedgerLines('ledgerLogGroup', props.ledgerLogGroup);
    requireSameRegion(this, 'prices', props.prices?.bucket);
    this.metricNamespace = props.metricNamespace ?? DEFAULT_NAMESPACE;
    const spanLogGroups = props.spanLogGroups ?? [logs.LogGroup.fromLogGroupName(this, 'Spans', SPANS)];
    const { usageLogGroups = [] } = props;
    this.requireReadable('spanLogGroups', spanLogGroups);
    this.requireReadable('usageLogGroups', usageLogGroups);
    requireOnlyAgentMeter(this, { spanLogGroups, usageLogGroups }, this.metricNamespace);
    this._joinsLedger = props.ledgerLogGroup !== undefined;
    if (!this._joinsLedger) {
      const wayOut = "give the 'ledgerLogGroup' of a cost meter with Ledger.perCall(), with a table or without";
      addInfo(this, 'AgentMeter.estimatesOnly', `costs of agents are estimates, because no ledger in a log group is joined: ${wayOut}`);
    }
    this._publishesOperations = props.dimensions?.some(({ _name }) => _name === AgentDimension.OPERATION._name) ?? true;
    this.logGroup = this.newLogGroup(props);
    this.deadLetterQueue = newDeadLetterQueue(this, props.encryptionKey);
    this.meterFunction = this.newMeterFunction(props);
    this.joinFunction = this.newJoinFunction(props);
    [...spanLogGroups, ...usageLogGroups].forEach((logGroup) => this.subscribe(logGroup));
    this.redriveMapping = new lambda.EventSourceMapping(this, 'Redrive', {
      target: this.meterFunction,
      eventSourceArn: this.deadLetterQueue.queueArn,
      batchSize: 1,
      enabled: false,
    });
  }

  /**
   * A metric of all agents.
   *
   * @param metricName the name of the metric, as docs/agents.md lists it
   * @param options period, statistic and the like
   */
  public metric(metricName: string, options: cloudwatch.MetricOptions = {}): cloudwatch.Metric {
    const defaults = { namespace: this.metricNamespace, metricName, statistic: cloudwatch.Stats.SUM };
    return new cloudwatch.Metric(withDefaults(defaults, options));
  }

  private requireReadable(prop: string, logGroups: readonly logs.ILogGroupRef[]): void {
    logGroups.forEach((logGroup) => {
      requireSameEnvironment(this, prop, logGroup);
      requireSubscribable(prop, logGroup);
    });
  }

  private newLogGroup({
    retention = logs.RetentionDays.THREE_MONTHS,
    encryptionKey,
    removalPolicy = KEPT,
  }: AgentMeterProps): logs.LogGroup {
    requireSameRegion(this, 'encryptionKey', encryptionKey);
    if (encryptionKey) {
      allowLogGroups(this, encryptionKey, 'agent lines');
    }
    return new logs.LogGroup(this, 'Lines', { retention, encryptionKey, removalPolicy });
  }

  /** Without tracing: its own spans would come back to it through `aws/spans`, without an end. */
  private newMeterFunction(props: AgentMeterProps): lambda.Function {
    const made = newHandler(this, 'Function', {
      handler: 'meter-agents',
      description: 'Meters spans of agents that call Amazon Bedrock',
      memorySize: 512,
      timeout: Duration.minutes(2),
      logGroup: this.logGroup,
      deadLetterQueue: this.deadLetterQueue,
      prices: props.prices,
      environment: agentMeterEnvironment(props),
      functions: props.functions,
    });
    // The function sends there by its role, which the CDK lets use the queue and not its key.
    props.encryptionKey?.grantEncryptDecrypt(made);
    props.priceOverrides?._readBy(made, made);
    return made;
  }

  private newJoinFunction(props: AgentMeterProps): lambda.Function {
    const { ledgerLogGroup, functions } = props;
    const made = newHandler(this, 'JoinFunction', {
      prefix: 'Join',
      handler: 'join-agents',
      description: 'Joins the calls of agents with the ledger of Amazon Bedrock calls',
      memorySize: 1024,
      timeout: Duration.minutes(4),
      logGroup: this.logGroup,
      environment: {
        ...agentMeterEnvironment(props),
        AGENT_LOG_GROUP: this.logGroup.logGroupName,
        ...(ledgerLogGroup && { LEDGER_LOG_GROUP: ledgerLogGroup.logGroupRef.logGroupName }),
      },
      prices: props.prices,
      functions,
    });
    props.priceOverrides?._readBy(made, made);
    made.addToRolePolicy(
      new iam.PolicyStatement({
        actions: ['logs:FilterLogEvents'],
        resources: [this.logGroup.logGroupArn, ...(ledgerLogGroup ? [ledgerLogGroup.logGroupRef.logGroupArn] : [])],
      }),
    );
    new events.Rule(this, 'FiveMinutes', {
      schedule: events.Schedule.rate(Duration.minutes(5)),
      // No retry: the next scheduled run makes up for what this one missed.
      targets: [new targets.LambdaFunction(made, { retryAttempts: 0 })],
    });
    return made;
  }

  /** The id is that of the log group, so that a further log group changes no other subscription. */
  private subscribe(logGroup: logs.ILogGroupRef): void {
    new logs.SubscriptionFilter(this, `Subscription${logGroup.node.addr.slice(0, 8)}`, {
      logGroup,
      destination: new destinations.LambdaDestination(this.meterFunction),
      filterPattern: logs.FilterPattern.allEvents(),
    });
    whenComplete(this, () => warnOfSubscriptions(this, logGroup));
  }
}
