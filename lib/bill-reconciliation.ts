import { Aws, Duration } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as scheduler from 'aws-cdk-lib/aws-scheduler';
import * as targets from 'aws-cdk-lib/aws-scheduler-targets';
import { Construct } from 'constructs';
import { BillReconciliationOptions } from './bill-reconciliation-options';
import { BillSource } from './bill-source';
import { ICostMeter } from './cost-meter-interface';
import { BILL_ROWS, ruleOfBill } from './private/alarms/table/bill';
import { readDataExport } from './private/data-export-table';
import { requireSameEnvironment } from './private/handed-in';
import { newHandler } from './private/new-handler';
import { allowLedgerReads, ledgerEnvironment, LedgerPlace, ledgerOf } from './private/ledger-reading';
import { requireRegionOf, WITHOUT_ATHENA, WITHOUT_COST_EXPLORER } from './private/regions';
import { requireLedger } from './private/require-ledger';
import { requireUsable } from './private/usable';
import { requireAccountIds, requireRegions } from './private/validation';
import { withDefaults } from './private/with-defaults';
import { TieredAlarms } from './tiered-alarms';

/**
 * Properties for defining a BillReconciliation.
 */
export interface BillReconciliationProps extends BillReconciliationOptions {
  /**
   * The meter whose ledger is compared with the bill. It must keep a ledger, in its log group or in a table, which is read where there is one.
   */
  readonly costMeter: ICostMeter;
}

/**
 * Compares the ledger with the bill every day: the last seven settled days, by day, account, model and usage type, and by caller where the
 * bill has them. It publishes by how much our figures differ, and writes why to its log.
 *
 * A bill that is not there, or that cannot be read, publishes nothing: the drift is then unknown, and not zero.
 */
export class BillReconciliation extends Construct {
  /**
   * The function that compares.
   */
  public readonly reconcileFunction: lambda.Function;

  /**
   * The alarms BillDrift, for figures that differ by more than one percent, and BillReconciliationMissing, when that was unknown for two days.
   */
  public readonly tieredAlarms: TieredAlarms;

  private readonly namespace: string;

  constructor(scope: Construct, id: string, props: BillReconciliationProps) {
    super(scope, id);

    const { costMeter, unrecordedLogGroup, source, accounts = [Aws.ACCOUNT_ID], regions = [Aws.REGION] } = props;
    requireSameEnvironment(this, 'costMeter', costMeter.ledgerLogGroup);
    requireSameEnvironment(this, 'unrecordedLogGroup', unrecordedLogGroup);
    const ledger = withUnrecorded(ledgerOf(costMeter), unrecordedLogGroup);
    requireUsable(props);
    requireLedger(costMeter, 'is compared with the bill', 'leave the reconciliation out');
    if (source?._dataExport) {
      const wayOut = 'construct it in a stack of another Region, whose Athena can read the bucket as well';
      requireRegionOf(this, 'source', 'Amazon Athena', WITHOUT_ATHENA, wayOut);
    } else {
      const wayOut = 'take BillSource.dataExport(…), or compare an export of the bill with the command reconcile';
      requireRegionOf(this, 'source', 'the bill of commercial Regions in AWS Cost Explorer', WITHOUT_COST_EXPLORER, wayOut);
    }
    if (props.accounts) requireAccountIds('accounts', props.accounts);
    if (props.regions) requireRegions('regions', props.regions);
    this.namespace = costMeter.metrics.metricNamespace;
    this.reconcileFunction = newHandler(this, 'Function', {
      handler: 'reconcile-bill',
      description: 'Compares the cost of Amazon Bedrock calls with the bill',
      memorySize: 512,
      timeout: Duration.minutes(10),
      environment: {
        ...ledgerEnvironment(ledger),
        METRICS_NAMESPACE: this.namespace,
        ACCOUNTS: accounts.join(','),
        REGIONS: regions.join(','),
        COST_EXPLORER_REGION: COST_EXPLORER_REGION,
      },
      functions: props.functions,
    });
    allowLedgerReads(this.reconcileFunction, ledger);
    this.allowBill(source);
    new scheduler.Schedule(this, 'Daily', {
      description: 'Compares the cost of Amazon Bedrock calls with the bill',
      schedule: scheduler.ScheduleExpression.cron({ minute: '30', hour: '5' }),
      target: new targets.LambdaInvoke(this.reconcileFunction, {}),
    });
    this.tieredAlarms = new TieredAlarms(this, 'Alarms', {
      rules: BILL_ROWS.map((row) => ruleOfBill(row, (metricName, options) => this.metric(metricName, options))),
      routing: props.routing,
      alarmNamePrefix: props.alarmNamePrefix,
      runbooksUrl: props.runbooksUrl,
    });
  }

  /**
   * A metric of the comparison.
   *
   * @param metricName the name of the metric, as docs/cost.md lists it
   * @param options period, statistic and the like
   */
  public metric(metricName: string, options: cloudwatch.MetricOptions = {}): cloudwatch.Metric {
    const defaults = { namespace: this.namespace, metricName, statistic: cloudwatch.Stats.MAXIMUM, period: Duration.days(1) };
    return new cloudwatch.Metric(withDefaults(defaults, options));
  }

  private allowBill(source: BillSource | undefined): void {
    if (source?._dataExport) {
      readDataExport(this, this.reconcileFunction, source._dataExport);
      return;
    }
    // The actions do not support permissions for single resources.
    const actions = ['ce:GetCostAndUsage', 'ce:GetDimensionValues'];
    this.reconcileFunction.addToRolePolicy(new iam.PolicyStatement({ actions, resources: ['*'] }));
  }
}

/** Lines in a log group would be neither in the table nor, where they are in both, told from those in it. */
function withUnrecorded({ logGroups, table }: LedgerPlace, unrecordedLogGroup: logs.ILogGroupRef | undefined): LedgerPlace {
  if (table && unrecordedLogGroup) {
    throw new Error(
      `'unrecordedLogGroup' is read only beside a ledger in a log group, got '${unrecordedLogGroup.node.path}' beside the table '${table.node.path}': ` +
        "leave it out, and give the table to 'ledgerTable' of UnrecordedUsage",
    );
  }
  return { logGroups: [...logGroups, unrecordedLogGroup], table };
}

/** Where AWS Cost Explorer answers for all commercial Regions. */
const COST_EXPLORER_REGION = 'us-east-1';
