import { RemovalPolicy } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';
import { AlarmActivation } from './alarm-activation';
import { AlarmMuteWindow } from './alarm-mute-window';
import { AlarmRouting } from './alarm-routing';
import { AlarmSignals, AlarmSignalsOptions } from './alarm-signals';
import { CostMeter, CostMeterOptions } from './cost-meter';
import { Dashboards, DashboardsOptions } from './dashboards';
import { DefaultAlarmRules, DefaultAlarmRulesOptions } from './default-alarm-rules';
import { ExistingConfiguration } from './existing-configuration';
import { FunctionOptions } from './function-options';
import { InvocationLogging, InvocationLoggingProps } from './invocation-logging';
import { addOutputs } from './private/outputs';
import { PriceCatalogue } from './price-catalogue';
import { TieredAlarms } from './tiered-alarms';

/**
 * Properties for defining BedrockObservability.
 */
export interface BedrockObservabilityProps {
  /**
   * What Bedrock logs, where, and what happens to a logging configuration that exists already.
   *
   * @default - text is logged to a new log group for one month, with data protection; if another configuration exists, the deployment fails and does not change it
   */
  readonly invocationLogging?: InvocationLoggingProps;

  /**
   * How calls are metered.
   *
   * @default - cost is published in total, by token type and by model, and a ledger with one line per call is kept for three months
   */
  readonly costMeter?: CostMeterOptions;

  /**
   * Whether prices follow the AWS Price List, which is then read once a day. It has no effect if `costMeter` has `prices`.
   *
   * @default true
   */
  readonly refreshPrices?: boolean;

  /**
   * Thresholds of the default alarms, and alarms to leave out.
   *
   * @default - every default alarm whose metric is available, with the thresholds in docs/alarms.md
   */
  readonly alarmRules?: DefaultAlarmRulesOptions;

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
   * What is compared with what: the time zone of days, floors below which nothing is compared, and the log group of spans. With spans
   * there is a dashboard for agents, too.
   *
   * @default - days are those of UTC, and spans are not read
   */
  readonly alarmSignals?: AlarmSignalsOptions;

  /**
   * Recurring times in which no alarm notifies anybody.
   *
   * @default - alarms notify at any time
   */
  readonly alarmMuteWindows?: AlarmMuteWindow[];

  /**
   * An alarm that is on during a maintenance. Symptoms of an outage notify nobody while it is on.
   *
   * @default - a new alarm, which is on for an hour after the value 1 was put as metric `bedrock.maintenance` into the namespace of the meter
   */
  readonly maintenanceAlarm?: cloudwatch.IAlarm;

  /**
   * The audiences that get a dashboard, and its contents.
   *
   * @default - dashboards for executives, FinOps, DevOps, developers and security
   */
  readonly dashboards?: DashboardsOptions;

  /**
   * How all functions run, for example in which VPC.
   *
   * @default - they run outside of any VPC of the account, and share its unreserved concurrency
   */
  readonly functions?: FunctionOptions;

  /**
   * What happens to the records, the ledger and the refreshed prices when the stack is deleted.
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

/**
 * Observability of Amazon Bedrock in one account and Region: invocation logging, cost per call, dashboards and alarms.
 *
 * It composes constructs that can be used alone as well, also with existing log groups, keys, buckets and topics.
 */
export class BedrockObservability extends Construct {
  /**
   * The invocation logging of the account and Region.
   */
  public readonly invocationLogging: InvocationLogging;

  /**
   * The prices that follow the AWS Price List. Undefined if prices are not refreshed.
   */
  public readonly prices?: PriceCatalogue;

  /**
   * The meter that prices every call.
   */
  public readonly costMeter: CostMeter;

  /**
   * The metrics for alarms that need a week of history or single calls.
   */
  public readonly alarmSignals: AlarmSignals;

  /**
   * The alarms.
   */
  public readonly tieredAlarms: TieredAlarms;

  /**
   * The dashboards.
   */
  public readonly dashboards: Dashboards;

  constructor(scope: Construct, id: string, props: BedrockObservabilityProps = {}) {
    super(scope, id);

    const { functions, removalPolicy } = props;
    const logging = new InvocationLogging(this, 'InvocationLogging', invocationLoggingOf(props));
    this.invocationLogging = logging;
    this.prices = props.costMeter?.prices ?? this.newPrices(props);
    const meter = new CostMeter(this, 'CostMeter', {
      ...props.costMeter,
      prices: this.prices,
      logGroup: logging.logGroup,
      removalPolicy: props.costMeter?.removalPolicy ?? removalPolicy,
      functions: props.costMeter?.functions ?? functions,
    });
    this.costMeter = meter;

    const costMetrics = meter.metrics;
    const ledgerLogGroup = meter.ledger._perCall ? meter.ledgerLogGroup : undefined;
    // What an adopted configuration logs is not known at synth. Text is assumed, because most configurations log it.
    const textLogged = logging.content?.text ?? true;
    this.alarmSignals = new AlarmSignals(this, 'AlarmSignals', {
      ...props.alarmSignals,
      costMetrics,
      ledgerLogGroup,
      loggingConfigurationRoles: [logging.configurationRole],
      functions,
    });
    this.tieredAlarms = new TieredAlarms(this, 'Alarms', {
      rules: DefaultAlarmRules.forMetrics(costMetrics, {
        ...props.alarmRules,
        signals: this.alarmSignals,
        costMeter: meter,
        prices: this.prices,
        textLogged,
      }),
      routing: props.alarmRouting,
      activation: props.alarmActivation,
      muteWindows: props.alarmMuteWindows,
      maintenanceAlarm: props.maintenanceAlarm,
      metricNamespace: costMetrics.metricNamespace,
      functions,
    });

    const { requestMetadataKeys, promptHashSecret } = meter.ledger._options;
    this.dashboards = new Dashboards(this, 'Dashboards', {
      ...props.dashboards,
      alarms: this.tieredAlarms.alarms,
      sources: {
        costMetrics,
        ledgerLogGroup,
        ownerMetadataKey: requestMetadataKeys?.[0],
        promptsHashed: promptHashSecret !== undefined,
        textLogged,
        signalsPublished: true,
        spansLogGroup: props.alarmSignals?.spansLogGroup,
        invocationLogGroup: logging.logGroup,
      },
    });
    if (props.outputs ?? true) {
      addOutputs(this, this);
    }
  }

  private newPrices({ refreshPrices = true, ...props }: BedrockObservabilityProps): PriceCatalogue | undefined {
    const { costMeter, removalPolicy, functions } = props;
    return refreshPrices
      ? new PriceCatalogue(this, 'Prices', { metricNamespace: costMeter?.metricNamespace, removalPolicy, functions })
      : undefined;
  }
}

/** What holds for all parts holds for the logging too, where it makes something for which it can hold. */
function invocationLoggingOf({ invocationLogging = {}, functions, removalPolicy }: BedrockObservabilityProps): InvocationLoggingProps {
  const { onExisting, logGroup } = invocationLogging;
  const makesLogGroup = onExisting !== ExistingConfiguration.ADOPT && logGroup === undefined;
  return {
    ...invocationLogging,
    functions: invocationLogging.functions ?? functions,
    removalPolicy: invocationLogging.removalPolicy ?? (makesLogGroup ? removalPolicy : undefined),
  };
}
