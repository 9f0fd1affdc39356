import { Construct } from 'constructs';
import { AlarmRouting } from './alarm-routing';
import { CostMeter, CostMeterOptions } from './cost-meter';
import { DefaultAlarmRules, DefaultAlarmRulesOptions } from './default-alarm-rules';
import { InvocationLogging, InvocationLoggingProps } from './invocation-logging';
import { OverviewDashboard } from './overview-dashboard';
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
   * When the default alarms fire.
   *
   * @default - more than 5 % of the calls fail, more than USD 100 are spent in a day, or log delivery fails
   */
  readonly alarmThresholds?: DefaultAlarmRulesOptions;

  /**
   * Whom the alarms reach.
   *
   * @default - the alarms change state and notify nobody
   */
  readonly alarmRouting?: AlarmRouting;
}

/**
 * Observability of Amazon Bedrock in one account and Region: invocation logging, cost per call, a dashboard and alarms.
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
   * The alarms.
   */
  public readonly alarms: TieredAlarms;

  /**
   * The dashboard.
   */
  public readonly dashboard: OverviewDashboard;

  constructor(scope: Construct, id: string, props: BedrockObservabilityProps = {}) {
    super(scope, id);

    this.invocationLogging = new InvocationLogging(this, 'InvocationLogging', props.invocationLogging);
    this.prices = props.costMeter?.prices;
    if (!this.prices && (props.refreshPrices ?? true)) {
      this.prices = new PriceCatalogue(this, 'Prices', { metricNamespace: props.costMeter?.metricNamespace });
    }
    this.costMeter = new CostMeter(this, 'CostMeter', {
      ...props.costMeter,
      prices: this.prices,
      logGroup: this.invocationLogging.logGroup,
    });

    const costMetrics = this.costMeter.metrics;
    this.alarms = new TieredAlarms(this, 'Alarms', {
      rules: DefaultAlarmRules.over(costMetrics, { prices: this.prices, ...props.alarmThresholds }),
      routing: props.alarmRouting,
    });
    this.dashboard = new OverviewDashboard(this, 'Overview', { costMetrics, alarms: this.alarms.alarms });
  }
}
