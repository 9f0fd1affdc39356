import { Construct } from 'constructs';
import { AlarmActivation } from './alarm-activation';
import { AlarmRouting } from './alarm-routing';
import { AlarmSignals } from './alarm-signals';
import { CostMeter, CostMeterOptions } from './cost-meter';
import { Dashboards, DashboardsOptions } from './dashboards';
import { DefaultAlarmRules, DefaultAlarmRulesOptions } from './default-alarm-rules';
import { InvocationLogging, InvocationLoggingProps } from './invocation-logging';
import { PriceCatalogue } from './price-catalogue';
import { TieredAlarms } from './tiered-alarms';

/**
 * Properties for defining BedrockObservability.
 */
export interface BedrockObservabilityProps {
  /**
   * What Bedrock logs, where, and what happens to a logging configuration that is already there.
   *
   * @default - text is logged to a new log group for one month, with data protection; an existing configuration makes the deployment fail and is left alone
   */
  readonly invocationLogging?: InvocationLoggingProps;

  /**
   * What is metered.
   *
   * @default - cost in total, by token type and by model, and a ledger with one content-free line per call
   */
  readonly costMeter?: CostMeterOptions;

  /**
   * Whether prices follow the AWS Price List, which is read once a day.
   *
   * @default true
   */
  readonly refreshPrices?: boolean;

  /**
   * Thresholds of the default alarms, and which of them to leave out.
   *
   * @default - every default alarm whose numbers are there, with the thresholds in docs/alarms.md
   */
  readonly alarmRules?: DefaultAlarmRulesOptions;

  /**
   * Whom the alarms reach.
   *
   * @default - the alarms change state and notify nobody
   */
  readonly alarmRouting?: AlarmRouting;

  /**
   * Whether alarms act from the first deployment on.
   *
   * @default AlarmActivation.IMMEDIATE
   */
  readonly alarmActivation?: AlarmActivation;

  /**
   * Who gets a dashboard, and what is on it.
   *
   * @default - dashboards for executives, FinOps, DevOps, developers and security
   */
  readonly dashboards?: DashboardsOptions;
}

/**
 * Observability of Amazon Bedrock in one account and Region: invocation logging, cost per call, dashboards and alarms.
 *
 * It only composes: each part can be used alone, with log groups, keys, buckets and topics that exist already.
 */
export class BedrockObservability extends Construct {
  /**
   * The invocation logging of the account and Region.
   */
  public readonly invocationLogging: InvocationLogging;

  /**
   * The prices that follow the AWS Price List; there are none if they are not refreshed.
   */
  public readonly prices?: PriceCatalogue;

  /**
   * The meter that prices every call.
   */
  public readonly costMeter: CostMeter;

  /**
   * What the alarms need beyond single metrics: a week of history, and single calls.
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

    const logging = new InvocationLogging(this, 'InvocationLogging', props.invocationLogging);
    this.invocationLogging = logging;
    this.prices = props.costMeter?.prices;
    if (!this.prices && (props.refreshPrices ?? true)) {
      this.prices = new PriceCatalogue(this, 'Prices', { metricNamespace: props.costMeter?.metricNamespace });
    }
    const meter = new CostMeter(this, 'CostMeter', { ...props.costMeter, prices: this.prices, logGroup: logging.logGroup });
    this.costMeter = meter;

    const costMetrics = meter.metrics;
    const ledgerLogGroup = meter.ledger._perCall ? meter.ledgerLogGroup : undefined;
    // What an adopted configuration logs is not known before the deployment; most log text.
    const textLogged = logging.content?.text ?? true;
    this.alarmSignals = new AlarmSignals(this, 'AlarmSignals', {
      costMetrics,
      ledgerLogGroup,
      loggingConfigurationRoles: [logging.configurationRole],
    });
    this.tieredAlarms = new TieredAlarms(this, 'Alarms', {
      rules: DefaultAlarmRules.forMetrics(costMetrics, {
        signals: this.alarmSignals,
        costMeter: meter,
        prices: this.prices,
        textLogged,
        ...props.alarmRules,
      }),
      routing: props.alarmRouting,
      activation: props.alarmActivation,
    });

    const { requestMetadataKeys, promptHashSecret } = meter.ledger._options;
    this.dashboards = new Dashboards(this, 'Dashboards', {
      alarms: this.tieredAlarms.alarms,
      ...props.dashboards,
      sources: {
        costMetrics,
        ledgerLogGroup,
        ownerMetadataKey: requestMetadataKeys?.[0],
        promptsHashed: promptHashSecret !== undefined,
        textLogged,
        signalsPublished: true,
        invocationLogGroup: logging.logGroup,
      },
    });
  }
}
