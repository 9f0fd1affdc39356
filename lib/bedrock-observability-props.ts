import { RemovalPolicy } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as logs from 'aws-cdk-lib/aws-logs';
import { AgentMeterOptions } from './agent-meter-options';
import { AlarmActivation } from './alarm-activation';
import { AlarmMuteWindow } from './alarm-mute-window';
import { AlarmRouting } from './alarm-routing';
import { AlarmRule } from './alarm-rule';
import { AlarmSignalsOptions } from './alarm-signals';
import { BillReconciliationOptions } from './bill-reconciliation-options';
import { CostBudget } from './cost-budget';
import { CostMeterOptions } from './cost-meter-options';
import { MetricSource } from './dashboard-sources';
import { DashboardsOptions } from './dashboards';
import { DefaultAlarmRulesOptions } from './default-alarm-rules';
import { FunctionOptions } from './function-options';
import { InvocationLoggingProps } from './invocation-logging';
import { ObservabilityLevel } from './observability-level';
import { UnrecordedUsageOptions } from './unrecorded-usage-options';
import { UsageDigestOptions } from './usage-digest';

/**
 * Properties for defining BedrockObservability.
 */
export interface BedrockObservabilityProps {
  /**
   * How much is made. What each level costs stands in docs/cost.md.
   *
   * @default ObservabilityLevel.BASIC
   */
  readonly level?: ObservabilityLevel;

  /**
   * What Bedrock logs, where, and what happens to a logging configuration that exists already.
   *
   * @default - text is logged to a new log group for one month, with data protection; if another configuration exists, the deployment fails and does not change it
   */
  readonly invocationLogging?: InvocationLoggingProps;

  /**
   * How calls are metered.
   *
   * @default - cost is published in total, by model and, with signals, by token type, and a ledger with one line per call is kept for three months
   */
  readonly costMeter?: CostMeterOptions;

  /**
   * How agents are metered from their spans. Give an empty object to meter them with all defaults.
   *
   * @default - agents are not metered
   */
  readonly agents?: AgentMeterOptions;

  /**
   * Whether prices follow the AWS Price List, which is then read once a day. It has no effect if `costMeter` has `prices`.
   *
   * @default true
   */
  readonly refreshPrices?: boolean;

  /**
   * Thresholds of the default alarms, and alarms to leave out.
   *
   * @default - every default alarm of the level whose metric is available, with the thresholds in docs/alarms.md
   */
  readonly defaultAlarms?: DefaultAlarmRulesOptions;

  /**
   * Rules of your own, whose alarms are beside the default ones: in the incident of their tier, with its actions, on the dashboards.
   *
   * @default - there are the default alarms only
   */
  readonly alarmRules?: AlarmRule[];

  /**
   * The actions of the alarms by tier.
   *
   * @default - the alarms change state and notify nobody
   */
  readonly alarmRouting?: AlarmRouting;

  /**
   * From when on the alarms carry out their actions.
   *
   * @default AlarmActivation.IMMEDIATE
   */
  readonly alarmActivation?: AlarmActivation;

  /**
   * The signals for alarms that need a week of history or single calls, and floors below which nothing is compared. With it there
   * are signals at every level.
   *
   * @default - signals with the floors in docs/alarms.md, from ObservabilityLevel.COMPREHENSIVE on and with `budgets`, as long as an alarm uses them
   */
  readonly alarmSignals?: AlarmSignalsOptions;

  /**
   * Recurring times in which no alarm notifies anybody.
   *
   * @default - alarms notify at any time
   */
  readonly alarmMuteWindows?: AlarmMuteWindow[];

  /**
   * What the names of all alarms begin with: `PREFIX-ErrorRate`. Alarms are replaced when it is changed.
   *
   * @default - the name of the stack
   */
  readonly alarmNamePrefix?: string;

  /**
   * Where the runbooks of the alarms are, for example a copy in a wiki of your own.
   *
   * @default - the runbooks of this version in the repository of this library; the package has them too
   */
  readonly alarmRunbooksUrl?: string;

  /**
   * An alarm that is on during a maintenance. Symptoms of an outage notify nobody while it is on.
   *
   * @default - a new alarm, which is on for an hour after a message to `tieredAlarms.maintenanceTopic`
   */
  readonly maintenanceAlarm?: cloudwatch.IAlarmRef;

  /**
   * Budgets for model calls, with alarms. They have signals at every level.
   *
   * @default - there are no budgets
   */
  readonly budgets?: CostBudget[];

  /**
   * A summary of usage, every day and every week. With it there is one at every level.
   *
   * @default - from ObservabilityLevel.ADVANCED on, if there is a ledger, digests are kept in a new bucket, and not sent
   */
  readonly digest?: UsageDigestOptions;

  /**
   * How what writes no invocation record is counted: batch jobs, capacity, units of guardrails. Give an empty object to count it with all
   * defaults.
   *
   * @default - recorded calls are counted only
   */
  readonly unrecordedUsage?: UnrecordedUsageOptions;

  /**
   * How the ledger is compared with the bill, every day. Give an empty object to compare it with AWS Cost Explorer, which must be switched
   * on in the account, and whose requests are charged.
   *
   * @default - it is not compared
   */
  readonly billReconciliation?: BillReconciliationOptions;

  /**
   * The audiences that get a dashboard, and its contents.
   *
   * @default - dashboards for FinOps and DevOps; from ObservabilityLevel.COMPREHENSIVE on for executives, developers and security, too
   */
  readonly dashboards?: DashboardsOptions;

  /**
   * Regions and accounts whose metrics are added up on the dashboards. Tables and alarms show the Region and account of the stack only.
   *
   * @default - the metrics of the Region and account of the stack are shown
   */
  readonly rollUp?: MetricSource[];

  /**
   * The log groups with the spans of applications and agents: `aws/spans`, and those of AgentCore runtimes that keep their own. With
   * them there are alarms about components, where there are signals, and a dashboard for agents, which reads the first of them.
   *
   * @default - spans are not read
   */
  readonly spanLogGroups?: logs.ILogGroupRef[];

  /**
   * The log group of a CloudTrail trail. The security dashboard lists changes of the logging configuration from it, and the alarm
   * TrailMissing watches that it goes on.
   *
   * @default - changes are counted, and not listed
   */
  readonly trailLogGroup?: logs.ILogGroupRef;

  /**
   * The time zone whose days and hours are compared, summed up and budgeted, for example `Europe/Berlin`.
   *
   * @default 'UTC'
   */
  readonly timeZone?: string;

  /**
   * How all functions run, for example in which VPC.
   *
   * @default - they run outside of any VPC of the account, and share its unreserved concurrency
   */
  readonly functions?: FunctionOptions;

  /**
   * The key that encrypts everything that is stored: records, ledger, dead letters, logs of functions, prices and digests. What
   * has a key of its own keeps it.
   *
   * @default - they are encrypted with keys that AWS owns
   */
  readonly encryptionKey?: kms.IKey;

  /**
   * What happens to the records, the ledger, the refreshed prices and the digests when the stack is deleted.
   *
   * @default RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE
   */
  readonly removalPolicy?: RemovalPolicy;

  /**
   * Whether the stack has outputs: the addresses of the dashboards, the log groups, and the queue for dead letters.
   *
   * @default true
   */
  readonly outputs?: boolean;
}
