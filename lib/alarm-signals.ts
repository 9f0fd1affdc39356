import { Duration, Lazy } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as events from 'aws-cdk-lib/aws-events';
import * as targets from 'aws-cdk-lib/aws-events-targets';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as logs from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { CostMetrics } from './cost-metrics';
import { requireSameAccount, requireSameEnvironment } from './private/handed-in';
import { newQuotaSignals, newSignalHandler, requireSpanLogGroups } from './private/alarms/signal-functions';
import { minimums } from './private/alarms/signal-minimums';
import { allowLedgerReads, ledgerEnvironment } from './private/ledger-reading';
import { requireOnlyPublisher } from './private/only-publisher';
import { allowLoggingReads } from './private/read-grants';
import { requireLedgerLines } from './private/require-ledger';
import { requireUsable } from './private/usable';
import { requireTimeZone } from './private/validation';
import { withDefaults } from './private/with-defaults';
import { SignalSchedules } from '../engine/telemetry/names';
import { HandlerOptions } from './handler-options';
import type { LedgerTable } from './ledger-table';

/**
 * Floors below which signals compare nothing.
 */
export interface AlarmSignalsOptions {
  /**
   * The calls that a period must have for its ratios and percentiles to count.
   *
   * @default 20
   */
  readonly minimumCalls?: number;

  /**
   * The cost in USD that a day must reach to be compared with other days. An hour or a caller must reach a tenth of it.
   *
   * @default 10
   */
  readonly minimumDailyCostUsd?: number;

  /**
   * The tokens that an hour must have used to be compared with other hours.
   *
   * @default 100000
   */
  readonly minimumHourlyTokens?: number;
}

/**
 * Properties for defining AlarmSignals.
 */
export interface AlarmSignalsProps extends AlarmSignalsOptions, HandlerOptions {
  /**
   * The metrics of the cost meter. The signals are published in the same namespace.
   */
  readonly costMetrics: CostMetrics;

  /**
   * The log group of a cost meter that keeps a ledger.
   *
   * @default - signals about single calls and callers are not published
   */
  readonly ledgerLogGroup?: logs.ILogGroupRef;

  /**
   * The table of the ledger, which is then read in place of its log group. What was written in the last 15 minutes is left to the next run.
   *
   * @default - signals about single calls and callers are those of `ledgerLogGroup`
   */
  readonly ledgerTable?: LedgerTable;

  /**
   * The log groups with the spans of applications and agents, at most 50: `aws/spans`, and those of AgentCore runtimes that keep
   * their own.
   *
   * @default - signals about components are not published
   */
  readonly spanLogGroups?: logs.ILogGroupRef[];

  /**
   * The time zone whose days and hours are compared, for example `Europe/Berlin`.
   *
   * @default 'UTC'
   */
  readonly timeZone?: string;

  /**
   * The log group to which Bedrock should deliver invocation records. LoggingChanged then also fires while they go elsewhere, which
   * needs no CloudTrail trail.
   *
   * @default - changes of the invocation logging configuration are known from CloudTrail only, where a trail records management events
   */
  readonly invocationLogGroup?: logs.ILogGroupRef;

  /**
   * Roles that are expected to change the account's invocation logging configuration, for example the one that deploys it.
   *
   * @default - every change counts as unexpected
   */
  readonly loggingConfigurationRoles?: iam.IRoleRef[];
}

/**
 * Metrics for what a CloudWatch alarm cannot compute by itself, because it needs a week of history, a search over models, or
 * single calls.
 *
 * A function publishes them on a schedule: every five minutes those of critical alarms, every hour the rest, and every twelve hours
 * those that read a week of the ledger.
 */
export class AlarmSignals extends Construct {
  /**
   * Whether signals about single calls and callers are published.
   */
  public readonly publishesLedgerSignals: boolean;

  /**
   * Whether signals about components are published.
   */
  public readonly publishesSpanSignals: boolean;

  /**
   * The time zone whose days and hours are compared.
   */
  public readonly timeZone: string;

  /**
   * The function that publishes the signals. Its log names the model, caller or component behind each of them.
   */
  public readonly signalFunction: lambda.Function;

  /**
   * The additional dimensions of the cost metric, where the meter is known.
   *
   * @internal
   */
  public readonly _dimensionNames?: string[];

  private readonly namespace: string;

  private readonly budgets: Array<Record<string, string>> = [];

  constructor(scope: Construct, id: string, props: AlarmSignalsProps) {
    super(scope, id);

    const { ledgerLogGroup, ledgerTable, spanLogGroups = [], invocationLogGroup, functions, timeZone = 'UTC' } = props;
    const ledger = { logGroups: [ledgerLogGroup], table: ledgerTable };
    requireTimeZone(timeZone);
    requireSameEnvironment(this, 'ledgerLogGroup', ledgerLogGroup);
    requireLedgerLines('ledgerLogGroup', ledgerTable ? undefined : ledgerLogGroup);
    requireSameEnvironment(this, 'ledgerTable', ledgerTable?.bucket);
    requireSpanLogGroups(this, spanLogGroups);
    requireSameEnvironment(this, 'invocationLogGroup', invocationLogGroup);
    props.loggingConfigurationRoles?.forEach((role) => requireSameAccount(this, 'loggingConfigurationRoles', role));
    requireUsable(props);

    this.namespace = props.costMetrics.metricNamespace;
    requireOnlyPublisher(this, 'AlarmSignals', 'costMetrics', this.namespace);
    this._dimensionNames = props.costMetrics._dimensionNames;
    this.timeZone = timeZone;
    this.publishesLedgerSignals = (ledgerTable ?? ledgerLogGroup) !== undefined;
    this.publishesSpanSignals = spanLogGroups.length > 0;
    this.signalFunction = newSignalHandler(this, 'Function', {
      handler: 'publish-signals',
      description: 'Publishes what Amazon Bedrock alarms cannot compute themselves',
      functions,
      environment: {
        METRICS_NAMESPACE: this.namespace,
        TIME_ZONE: timeZone,
        ...minimums(props),
        ...ledgerEnvironment(ledger),
        ...(spanLogGroups.length > 0 && { SPAN_LOG_GROUPS: spanLogGroups.map(({ logGroupRef }) => logGroupRef.logGroupName).join(',') }),
        ...(invocationLogGroup && { INVOCATION_LOG_GROUP: invocationLogGroup.logGroupRef.logGroupName }),
        ...(props.loggingConfigurationRoles?.length && {
          LOGGING_ROLES: props.loggingConfigurationRoles.map(({ roleRef }) => roleRef.roleArn).join(','),
        }),
        // Budgets are added after this construct was made.
        BUDGETS: Lazy.string({ produce: () => JSON.stringify(this.budgets) }),
      },
    });
    allowLedgerReads(this.signalFunction, ledger, spanLogGroups);
    if (invocationLogGroup) {
      allowLoggingReads(this.signalFunction);
    }
    this.runEvery(SignalSchedules.FIVE_MINUTES, 5);
    this.runEvery(SignalSchedules.HOUR, 60);
    if (this.publishesLedgerSignals) {
      this.runEvery(SignalSchedules.HALF_DAY, 720);
    }
    this.runOnLoggingChanges();
    newQuotaSignals(this, this.namespace, functions);
  }

  /**
   * A signal as a metric.
   *
   * @param metricName the name of the signal, as docs/alarms.md lists it
   * @param options period, statistic and the like
   */
  public metric(metricName: string, options: cloudwatch.MetricOptions = {}): cloudwatch.Metric {
    const defaults = { namespace: this.namespace, metricName, statistic: cloudwatch.Stats.MAXIMUM };
    return new cloudwatch.Metric(withDefaults(defaults, options)).attachTo(this);
  }

  /**
   * Publishes the running total and the forecast of a budget, too.
   *
   * @internal
   */
  public _addBudget(budget: Record<string, string>): void {
    if (this.budgets.some(({ name }) => name === budget.name)) {
      throw new Error(
        `'budgets' must have names that are unique among all budgets of '${this.node.path}', because each is a dimension of one metric, ` +
          `got '${budget.name}' twice: choose another name`,
      );
    }
    this.budgets.push(budget);
  }

  private runEvery(schedule: string, minutes: number): void {
    const event = events.RuleTargetInput.fromObject({ schedule });
    new events.Rule(this, schedule, {
      schedule: events.Schedule.rate(Duration.minutes(minutes)),
      // No retry: the next scheduled run computes everything anew.
      targets: [new targets.LambdaFunction(this.signalFunction, { event, retryAttempts: 0 })],
    });
  }

  private runOnLoggingChanges(): void {
    new events.Rule(this, 'LoggingChange', {
      description: "Changes of the account's Amazon Bedrock invocation logging, as CloudTrail records them",
      eventPattern: {
        source: ['aws.bedrock'],
        detailType: ['AWS API Call via CloudTrail'],
        detail: { eventName: ['PutModelInvocationLoggingConfiguration', 'DeleteModelInvocationLoggingConfiguration'] },
      },
      targets: [new targets.LambdaFunction(this.signalFunction)],
    });
  }
}
