import * as logs from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { AgentMeter } from './agent-meter';
import { AlarmSignals } from './alarm-signals';
import { Audience } from './audience';
import { BedrockObservabilityProps } from './bedrock-observability-props';
import { BillReconciliation } from './bill-reconciliation';
import { CostBudgets } from './cost-budgets';
import { CostMeter } from './cost-meter';
import { Dashboards } from './dashboards';
import { DefaultAlarmRules } from './default-alarm-rules';
import { InvocationLogging } from './invocation-logging';
import { ObservabilityLevel } from './observability-level';
import { billSources, newBillParts } from './private/bill-parts';
import { routedTopics } from './private/alarms/routed-topics';
import { requireSameEnvironment } from './private/handed-in';
import { hasSignals } from './private/has-signals';
import { LEVELS, requireEmbeddedMetrics, requireThresholdsOfLevel } from './private/levels';
import { addOutputs } from './private/outputs';
import { agentOptions, digestOptions, functionOptions, invocationLoggingProps, meterOptions } from './private/shared-options';
import { requireUsable } from './private/usable';
import { PriceCatalogue } from './price-catalogue';
import { IPriceCatalogue } from './price-catalogue-interface';
import { requireMember } from './private/validation';
import { TieredAlarms } from './tiered-alarms';
import { UnrecordedUsage } from './unrecorded-usage';
import { UsageDigest } from './usage-digest';

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
  public readonly prices?: IPriceCatalogue;

  /**
   * The meter that prices every call.
   */
  public readonly costMeter: CostMeter;

  /**
   * The meter of agents. Undefined unless `agents` is given.
   */
  public readonly agentMeter?: AgentMeter;

  /**
   * The metrics for alarms that need a week of history or single calls. Undefined if nothing uses them.
   */
  public readonly alarmSignals?: AlarmSignals;

  /**
   * The alarms.
   */
  public readonly tieredAlarms: TieredAlarms;

  /**
   * The budgets, if there are any.
   */
  public readonly costBudgets?: CostBudgets;

  /**
   * The digest, if there is one.
   */
  public readonly usageDigest?: UsageDigest;

  /**
   * The meter of what writes no invocation record. Undefined unless `unrecordedUsage` is given.
   */
  public readonly unrecordedUsage?: UnrecordedUsage;

  /**
   * The comparison with the bill. Undefined unless `billReconciliation` is given.
   */
  public readonly billReconciliation?: BillReconciliation;

  /**
   * The dashboards.
   */
  public readonly dashboards: Dashboards;

  constructor(scope: Construct, id: string, props: BedrockObservabilityProps = {}) {
    super(scope, id);

    const { level = ObservabilityLevel.BASIC } = props;
    requireMember('level', level, ObservabilityLevel);
    requireThresholdsOfLevel(level, props);
    requireEmbeddedMetrics(props);
    requireUsable(props);
    requireSameEnvironment(this, 'trailLogGroup', props.trailLogGroup);
    const usesSignals = hasSignals(level, props);
    this.invocationLogging = new InvocationLogging(this, 'InvocationLogging', invocationLoggingProps(props));
    this.prices = props.costMeter?.prices ?? this.newPrices(props);
    this.costMeter = new CostMeter(this, 'CostMeter', {
      ...meterOptions(props, { tokenTypes: usesSignals }),
      prices: this.prices,
      logGroup: this.invocationLogging.logGroup,
    });
    this.agentMeter = this.newAgentMeter(props);
    this.alarmSignals = usesSignals ? this.newSignals(props) : undefined;
    this.tieredAlarms = this.newAlarms(level, props);
    this.costBudgets = this.newBudgets(props);
    this.usageDigest = this.newDigest(level, props);
    const ofBill = newBillParts(this, props, this.costMeter, this.prices);
    this.unrecordedUsage = ofBill.unrecordedUsage;
    this.billReconciliation = ofBill.billReconciliation;
    this.dashboards = this.newDashboards(level, props);
    if (props.outputs ?? true) {
      addOutputs(this, this);
    }
  }

  private get ledgerLogGroup(): logs.ILogGroup | undefined {
    return this.costMeter.ledger._perCall ? this.costMeter.ledgerLogGroup : undefined;
  }

  /** What an adopted configuration logs is not known at synth. Text is assumed, because most configurations log it. */
  private get textLogged(): boolean {
    return this.invocationLogging.content?.text ?? true;
  }

  private get allAlarms(): TieredAlarms[] {
    const { costBudgets, billReconciliation, unrecordedUsage } = this;
    return [this.tieredAlarms, ...[costBudgets, billReconciliation, unrecordedUsage].flatMap((part) => part?.tieredAlarms ?? [])];
  }

  private newAgentMeter(props: BedrockObservabilityProps): AgentMeter | undefined {
    const { agents, costMeter } = props;
    return agents
      ? new AgentMeter(this, 'AgentMeter', {
          ...agentOptions(props),
          ledgerLogGroup: this.ledgerLogGroup,
          metricNamespace: costMeter?.metricNamespace,
          prices: this.prices,
          priceOverrides: costMeter?.priceOverrides,
        })
      : undefined;
  }

  private newSignals(props: BedrockObservabilityProps): AlarmSignals {
    return new AlarmSignals(this, 'AlarmSignals', {
      ...props.alarmSignals,
      costMetrics: this.costMeter.metrics,
      ledgerLogGroup: this.ledgerLogGroup,
      ledgerTable: this.costMeter.ledger._options.table,
      invocationLogGroup: this.invocationLogging.logGroup,
      spanLogGroups: props.spanLogGroups,
      timeZone: props.timeZone,
      loggingConfigurationRoles: [this.invocationLogging.configurationRole],
      functions: functionOptions(props),
    });
  }

  private newAlarms(level: ObservabilityLevel, props: BedrockObservabilityProps): TieredAlarms {
    const defaultRules = DefaultAlarmRules.forMetrics(this.costMeter.metrics, {
      ...props.defaultAlarms,
      level,
      signals: this.alarmSignals,
      costMeter: this.costMeter,
      agentMeter: this.agentMeter,
      prices: this.prices,
      topics: routedTopics(this, props),
      trailLogGroup: props.trailLogGroup,
      textLogged: this.textLogged,
    });
    return new TieredAlarms(this, 'Alarms', {
      rules: [...defaultRules, ...(props.alarmRules ?? [])],
      routing: props.alarmRouting,
      activation: props.alarmActivation,
      muteWindows: props.alarmMuteWindows,
      alarmNamePrefix: props.alarmNamePrefix,
      runbooksUrl: props.alarmRunbooksUrl,
      maintenanceAlarm: props.maintenanceAlarm,
      functions: functionOptions(props),
    });
  }

  private newDashboards(level: ObservabilityLevel, props: BedrockObservabilityProps): Dashboards {
    const { trailLogGroup, rollUp } = props;
    const spanLogGroups = props.spanLogGroups ?? props.agents?.spanLogGroups;
    const showsAgents = this.agentMeter !== undefined || (spanLogGroups?.length ?? 0) > 0;
    const { requestMetadataKeys, promptHashSecret } = this.costMeter.ledger._options;
    return new Dashboards(this, 'Dashboards', {
      ...props.dashboards,
      audiences: props.dashboards?.audiences ?? [...LEVELS[level].audiences, ...(showsAgents ? [Audience.AGENTS] : [])],
      tieredAlarms: this.allAlarms,
      sources: {
        costMetrics: this.costMeter.metrics,
        ledgerLogGroup: this.ledgerLogGroup,
        ledgerTable: this.costMeter.ledger._options.table,
        spanLogGroups,
        agentLogGroup: this.agentMeter?.logGroup,
        trailLogGroup,
        invocationLogGroup: this.invocationLogging.logGroup,
        textLogged: this.textLogged,
        ownerMetadataKey: requestMetadataKeys?.[0],
        promptsHashed: promptHashSecret !== undefined,
        tokenTypesPublished: props.costMeter?.tokenTypes ?? this.alarmSignals !== undefined,
        signalsPublished: this.alarmSignals !== undefined,
        ...billSources(this, props),
        rollUp,
      },
    });
  }

  private newPrices(props: BedrockObservabilityProps): PriceCatalogue | undefined {
    const { refreshPrices = true, costMeter, removalPolicy, encryptionKey } = props;
    return refreshPrices
      ? new PriceCatalogue(this, 'Prices', {
          metricNamespace: costMeter?.metricNamespace,
          removalPolicy,
          encryptionKey,
          functions: functionOptions(props),
        })
      : undefined;
  }

  private newBudgets({ budgets, alarmRouting, alarmActivation, alarmMuteWindows, ...props }: BedrockObservabilityProps) {
    return budgets?.length
      ? new CostBudgets(this, 'Budgets', {
          budgets,
          signals: this.alarmSignals!,
          routing: alarmRouting,
          activation: alarmActivation,
          muteWindows: alarmMuteWindows,
          alarmNamePrefix: props.alarmNamePrefix,
          runbooksUrl: props.alarmRunbooksUrl,
          functions: functionOptions(props),
        })
      : undefined;
  }

  private newDigest(level: ObservabilityLevel, props: BedrockObservabilityProps): UsageDigest | undefined {
    const { costMeter } = this;
    return props.digest || (LEVELS[level].digest && costMeter.ledger._form !== 'none')
      ? new UsageDigest(this, 'UsageDigest', { ...digestOptions(props), costMeter, timeZone: props.timeZone })
      : undefined;
  }
}
