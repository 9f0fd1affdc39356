import * as logs from 'aws-cdk-lib/aws-logs';
import { CostMetrics } from './cost-metrics';
import { LedgerTable } from './ledger-table';

/**
 * A Region, and optionally an account, whose metrics are added up on a dashboard.
 */
export interface MetricSource {
  /**
   * The Region.
   */
  readonly region: string;

  /**
   * The account. It must share its metrics with the account of the dashboard through CloudWatch cross-account observability.
   *
   * @default - the account of the dashboard
   */
  readonly accountId?: string;
}

/**
 * Where the widgets of dashboards get their data. Widgets whose source is not given are left out.
 */
export interface DashboardSources {
  /**
   * The metrics of the cost meter.
   */
  readonly costMetrics: CostMetrics;

  /**
   * The log group of a cost meter that keeps a ledger. The ledger holds no prompts.
   *
   * @default - tables over the ledger are left out
   */
  readonly ledgerLogGroup?: logs.ILogGroupRef;

  /**
   * The table of the ledger, where it is in a table only. Widgets of CloudWatch cannot ask Athena, so dashboards say where its named
   * queries are instead.
   *
   * @default - dashboards do not mention a table
   */
  readonly ledgerTable?: LedgerTable;

  /**
   * The key of the request metadata that names the owner of a call, for example `team`. It must be among the `requestMetadataKeys` of the ledger.
   *
   * @default - cost is not shown by owner
   */
  readonly ownerMetadataKey?: string;

  /**
   * Whether the ledger has hashes of prompts: it has them with a `promptHashSecret`.
   *
   * @default false
   */
  readonly promptsHashed?: boolean;

  /**
   * Whether `AlarmSignals` publishes its metrics in the namespace of the meter. Dashboards show quota use and changes of the logging configuration from them.
   *
   * @default false
   */
  readonly signalsPublished?: boolean;

  /**
   * Whether `BillReconciliation` publishes its metrics in the namespace of the meter. Dashboards show from them how true the cost is to the bill.
   *
   * @default false
   */
  readonly billReconciled?: boolean;

  /**
   * Whether `BillReconciliation` compares several `accounts`. The drift of each is then shown, too.
   *
   * @default false
   */
  readonly accountsReconciled?: boolean;

  /**
   * Whether `UnrecordedUsage` publishes its metrics in the namespace of the meter. Dashboards show from them what is billed without a record.
   *
   * @default false
   */
  readonly unrecordedCounted?: boolean;

  /**
   * Whether the meter publishes tokens by their type, see `tokenTypes` of the meter. Widgets that need it are left out otherwise.
   *
   * @default true
   */
  readonly tokenTypesPublished?: boolean;

  /**
   * Whether prompts and answers are logged as text. Stop reasons and the latency of single calls are known only then.
   *
   * @default true
   */
  readonly textLogged?: boolean;

  /**
   * The log group of model invocations. Dashboards show the number of its data-protection findings and never its content.
   *
   * @default - data-protection findings are not shown
   */
  readonly invocationLogGroup?: logs.ILogGroupRef;

  /**
   * The log group of a CloudTrail trail. Dashboards list changes of the logging configuration from it.
   *
   * @default - changes are not listed
   */
  readonly trailLogGroup?: logs.ILogGroupRef;

  /**
   * The log groups of spans: `aws/spans` where CloudWatch Transaction Search is enabled, and those of AgentCore runtimes that keep their own.
   *
   * @default - traces are not shown
   */
  readonly spanLogGroups?: logs.ILogGroupRef[];

  /**
   * The log group of an AgentMeter. Its lines hold no text of prompts, answers or tools.
   *
   * @default - what agents cost is not shown
   */
  readonly agentLogGroup?: logs.ILogGroupRef;

  /**
   * Regions and accounts whose metrics are added up. Tables and alarms show the Region and account of the dashboard only.
   *
   * @default - the metrics of the Region and account of the dashboard are shown
   */
  readonly rollUp?: MetricSource[];
}
