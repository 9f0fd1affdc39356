import * as logs from 'aws-cdk-lib/aws-logs';
import { CostMetrics } from './cost-metrics';

/**
 * A Region, and if need be an account, whose metrics are added to a dashboard.
 */
export interface MetricSource {
  /**
   * The Region.
   */
  readonly region: string;

  /**
   * The account, which must share its metrics with this one through CloudWatch cross-account observability.
   *
   * @default - the account of the dashboard
   */
  readonly accountId?: string;
}

/**
 * Where dashboards have their answers from. What is not there is not asked for: its widgets are left out.
 */
export interface DashboardSources {
  /**
   * The metrics of the cost meter.
   */
  readonly costMetrics: CostMetrics;

  /**
   * The ledger of the cost meter, which holds no prompts.
   *
   * @default - no tables
   */
  readonly ledgerLogGroup?: logs.ILogGroup;

  /**
   * The request-metadata key that names the owner of a call, such as `team`. The ledger must keep it.
   *
   * @default - cost is not allocated to owners
   */
  readonly ownerMetadataKey?: string;

  /**
   * Whether the ledger has keyed hashes of prompts.
   *
   * @default false
   */
  readonly promptsHashed?: boolean;

  /**
   * Whether alarm signals are published beside the metrics of the meter: the use of quotas, and changes of the logging.
   *
   * @default false
   */
  readonly signalsPublished?: boolean;

  /**
   * Whether text is logged. Without it there are no stop reasons and no latency of single calls.
   *
   * @default true
   */
  readonly textLogged?: boolean;

  /**
   * The log group of model invocations, for the number of data-protection findings. Dashboards never read its content.
   *
   * @default - data-protection findings are not shown
   */
  readonly invocationLogGroup?: logs.ILogGroup;

  /**
   * The log group of a CloudTrail trail, for changes of the invocation logging.
   *
   * @default - changes are not listed
   */
  readonly trailLogGroup?: logs.ILogGroup;

  /**
   * The log group of spans, `aws/spans` where Transaction Search is on.
   *
   * @default - no traces
   */
  readonly spansLogGroup?: logs.ILogGroup;

  /**
   * Regions and accounts whose metrics are added up. Tables and alarms stay with the dashboard's own.
   *
   * @default - the metrics of the Region of the dashboard
   */
  readonly rollUp?: MetricSource[];
}
