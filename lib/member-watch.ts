import { Duration } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as scheduler from 'aws-cdk-lib/aws-scheduler';
import * as targets from 'aws-cdk-lib/aws-scheduler-targets';
import { Construct } from 'constructs';
import { MemberMetrics } from '../engine/telemetry/names';
import { ICostMeter } from './cost-meter-interface';
import { MEMBER_WATCH_ROW } from './private/alarms/table/heartbeats';
import { FAILING_ROW, ruleOfMembers, SILENT_ROW } from './private/alarms/table/members';
import { ruleOfFunction } from './private/alarms/table/row';
import { requireSameEnvironment } from './private/handed-in';
import { newHandler } from './private/new-handler';
import { allowLedgerReads, ledgerEnvironment, ledgerOf } from './private/ledger-reading';
import { allowMetricReads } from './private/read-grants';
import { requireLedger } from './private/require-ledger';
import { requireUsable } from './private/usable';
import { requireRegions } from './private/validation';
import { withDefaults } from './private/with-defaults';
import { HandlerOptions } from './handler-options';
import { OwnAlarmsOptions } from './own-alarms-options';
import { TieredAlarms } from './tiered-alarms';

/**
 * Properties for defining a MemberWatch.
 */
export interface MemberWatchProps extends HandlerOptions, OwnAlarmsOptions {
  /**
   * The meter whose ledger has the calls of all members. It must keep a ledger, in its log group or in a table, which is read where there is one.
   */
  readonly costMeter: ICostMeter;

  /**
   * The Regions in which members call models. The account of the stack has a `MetricsSink` in each, to which members are linked.
   */
  readonly regions: string[];
}

/**
 * Finds members of an organization whose records do not arrive, every hour: accounts and Regions that call models by the metrics of Bedrock,
 * and have no line in the ledger. In the figures they look like members that make no calls. It also adds up how many calls of all members
 * in all Regions fail, for which no alarm of one account and Region is enough.
 *
 * New members are found by themselves, as soon as they share their metrics.
 */
export class MemberWatch extends Construct {
  /**
   * The function that compares calls with records.
   */
  public readonly watchFunction: lambda.Function;

  /**
   * The alarms MemberSilent, while no record of a member arrives, MembersFailing, while calls of all of them fail, and MemberWatchMissing, when
   * that was unknown for three hours.
   */
  public readonly tieredAlarms: TieredAlarms;

  private readonly namespace: string;

  constructor(scope: Construct, id: string, props: MemberWatchProps) {
    super(scope, id);

    const { costMeter, regions } = props;
    const ledger = ledgerOf(costMeter);
    requireSameEnvironment(this, 'costMeter', costMeter.ledgerLogGroup);
    requireUsable(props);
    requireLedger(costMeter, 'is compared with the metrics of the members', 'leave the watch out');
    requireRegions('regions', regions);
    this.namespace = costMeter.metrics.metricNamespace;
    this.watchFunction = newHandler(this, 'Function', {
      handler: 'watch-members',
      description: 'Finds members whose records of Amazon Bedrock calls do not arrive',
      memorySize: 256,
      timeout: Duration.minutes(5),
      environment: {
        ...ledgerEnvironment(ledger),
        METRICS_NAMESPACE: this.namespace,
        REGIONS: regions.join(','),
      },
      functions: props.functions,
    });
    allowLedgerReads(this.watchFunction, ledger);
    allowMetricReads(this.watchFunction);
    new scheduler.Schedule(this, 'Hourly', {
      description: 'Finds members whose records of Amazon Bedrock calls do not arrive',
      schedule: scheduler.ScheduleExpression.rate(Duration.hours(1)),
      target: new targets.LambdaInvoke(this.watchFunction, {}),
    });
    this.tieredAlarms = new TieredAlarms(this, 'Alarms', {
      rules: [
        ...[SILENT_ROW, FAILING_ROW].map((row) => ruleOfMembers(row, (metricName) => this.metric(metricName, {}))),
        ruleOfFunction(MEMBER_WATCH_ROW, this.watchFunction),
      ],
      routing: props.routing,
      alarmNamePrefix: props.alarmNamePrefix,
      runbooksUrl: props.runbooksUrl,
    });
  }

  /**
   * Members that call models, and of which no record arrives.
   *
   * @param options period, statistic and the like
   */
  public metricSilent(options: cloudwatch.MetricOptions = {}): cloudwatch.Metric {
    return this.metric(MemberMetrics.SILENT, options);
  }

  /**
   * Members of which fewer records arrive than they make calls.
   *
   * @param options period, statistic and the like
   */
  public metricIncomplete(options: cloudwatch.MetricOptions = {}): cloudwatch.Metric {
    return this.metric(MemberMetrics.INCOMPLETE, options);
  }

  private metric(metricName: string, options: cloudwatch.MetricOptions): cloudwatch.Metric {
    const defaults = { namespace: this.namespace, metricName, statistic: cloudwatch.Stats.MAXIMUM, period: Duration.hours(1) };
    return new cloudwatch.Metric(withDefaults(defaults, options));
  }
}
