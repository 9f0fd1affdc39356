import { Duration, Stack, Validations } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';
import { AlarmActivation } from './alarm-activation';
import { AlarmMuteWindow } from './alarm-mute-window';
import { AlarmRouting } from './alarm-routing';
import { AlarmCategory, AlarmRule, AlarmTier } from './alarm-rule';
import { faultOf, requireFewActions } from './private/alarms/alarm-actions';
import { DelayedActivation } from './private/alarms/delayed-activation';
import { renderRule } from './private/alarms/render-rule';
import { DEFAULT_NAMESPACE, Signals } from '../engine/telemetry/names';
import { requireTimeZone } from './private/time-zone';

/**
 * Properties for defining TieredAlarms.
 */
export interface TieredAlarmsProps {
  /**
   * The rules to render, for example those of `DefaultAlarmRules.forMetrics(meter.metrics)`.
   */
  readonly rules: AlarmRule[];

  /**
   * Whom the alarms reach.
   *
   * @default - the alarms change state and notify nobody
   */
  readonly routing?: AlarmRouting;

  /**
   * An alarm that is on during a maintenance: symptoms of an outage then notify nobody.
   *
   * @default - an alarm that is on for an hour after 1 was put as `bedrock.maintenance` in the namespace `BedrockObservability`
   */
  readonly maintenanceAlarm?: cloudwatch.IAlarm;

  /**
   * Recurring times in which no alarm notifies anybody.
   *
   * @default - alarms notify at any time
   */
  readonly muteWindows?: AlarmMuteWindow[];

  /**
   * Whether alarms act from the first deployment on.
   *
   * @default AlarmActivation.IMMEDIATE
   */
  readonly activation?: AlarmActivation;
}

/**
 * CloudWatch alarms for a list of rules, each routed by its tier.
 *
 * The symptoms of an outage are announced by one composite alarm per tier: an outage has many symptoms and pages once, and
 * warnings wait while something critical is on. Alarms about money and about the telemetry itself are announced one by one,
 * because they may stay on for a day and would hide an outage.
 */
export class TieredAlarms extends Construct {
  /**
   * The alarms, in the order of their rules.
   */
  public readonly alarms: cloudwatch.Alarm[];

  /**
   * What pages: any critical symptom. Absent without critical rules about the service.
   */
  public readonly criticalIncidentAlarm?: cloudwatch.CompositeAlarm;

  /**
   * What is told during business hours: any other symptom, while nothing critical is on.
   */
  public readonly warningIncidentAlarm?: cloudwatch.CompositeAlarm;

  constructor(scope: Construct, id: string, props: TieredAlarmsProps) {
    super(scope, id);

    const { rules, routing = {}, muteWindows = [], activation = AlarmActivation.IMMEDIATE } = props;
    const { critical = [], warning = [], finOps = [] } = routing;
    const names = rules.map((rule) => rule.props.name);
    const twice = names.find((name, index) => names.indexOf(name) !== index);
    if (twice) {
      throw new Error(`'rules' must not hold two rules with one name, got '${twice}' twice`);
    }
    requireFewActions('routing.critical', [...critical, ...finOps]);
    requireFewActions('routing.warning', [...warning, ...finOps]);
    muteWindows.forEach(requireMuteWindow);

    const learning = activation._days !== undefined;
    this.alarms = rules.map((rule) => renderRule(this, rule, !learning));
    const symptoms = (tier: AlarmTier) => this.alarms.filter((_, i) => isSymptom(rules[i]!) && rules[i]!.props.tier === tier);

    const maintenance = symptoms(AlarmTier.CRITICAL).length + symptoms(AlarmTier.WARNING).length > 0 ? this.maintenance(props) : undefined;
    const incident = (name: string, tier: AlarmTier, unless?: cloudwatch.IAlarm) =>
      this.composite(name, tier, symptoms(tier), !learning, maintenance, unless);
    this.criticalIncidentAlarm = incident('CriticalIncident', AlarmTier.CRITICAL);
    this.warningIncidentAlarm = incident('WarningIncident', AlarmTier.WARNING, this.criticalIncidentAlarm);

    rules.forEach((rule, i) => this.announce(rule, this.alarms[i]!, { critical, warning, finOps }));
    this.criticalIncidentAlarm?.addAlarmAction(...critical);
    this.criticalIncidentAlarm?.addOkAction(...critical);
    this.warningIncidentAlarm?.addAlarmAction(...warning);

    const all = [...this.alarms, this.criticalIncidentAlarm, this.warningIncidentAlarm].filter((alarm) => alarm !== undefined);
    muteWindows.forEach((window, i) => this.mute(window, i, all));
    if (activation._days !== undefined) {
      new DelayedActivation(this, 'Learning', { days: activation._days, alarms: all });
    }
    this.validateActions(rules, { critical, warning, finOps });
  }

  private announce(rule: AlarmRule, alarm: cloudwatch.Alarm, { critical, warning, finOps }: Required<AlarmRouting>): void {
    if (isSymptom(rule)) {
      return;
    }
    const own = rule.props.tier === AlarmTier.CRITICAL ? critical : warning;
    const others = rule.props.category === AlarmCategory.COST ? finOps.filter((action) => !own.includes(action)) : [];
    alarm.addAlarmAction(...own, ...others);
    if (rule.props.tier === AlarmTier.CRITICAL) {
      alarm.addOkAction(...own, ...others);
    }
  }

  private composite(
    name: string,
    tier: AlarmTier,
    symptoms: cloudwatch.Alarm[],
    actionsEnabled: boolean,
    maintenance?: cloudwatch.IAlarm,
    unless?: cloudwatch.IAlarm,
  ): cloudwatch.CompositeAlarm | undefined {
    if (symptoms.length === 0) {
      return undefined;
    }
    const any = cloudwatch.AlarmRule.anyOf(...symptoms.map((alarm) => cloudwatch.AlarmRule.fromAlarm(alarm, cloudwatch.AlarmState.ALARM)));
    return new cloudwatch.CompositeAlarm(this, name, {
      alarmDescription: `[${tier}] Calls to Amazon Bedrock fail, are slow or look unusual. Check first: the alarms named in this message as triggering, and their own descriptions. Runbook: docs/runbooks/${tier}-incident.md of cdk-bedrock-observability`,
      alarmRule: unless
        ? cloudwatch.AlarmRule.allOf(any, cloudwatch.AlarmRule.not(cloudwatch.AlarmRule.fromAlarm(unless, cloudwatch.AlarmState.ALARM)))
        : any,
      actionsEnabled,
      actionsSuppressor: maintenance,
      actionsSuppressorWaitPeriod: maintenance && Duration.minutes(1),
      actionsSuppressorExtensionPeriod: maintenance && Duration.minutes(1),
    });
  }

  /** One datapoint silences for one hour: a maintenance that is forgotten ends by itself. */
  private maintenance(props: TieredAlarmsProps): cloudwatch.IAlarm {
    return (
      props.maintenanceAlarm ??
      new cloudwatch.Alarm(this, 'Maintenance', {
        alarmDescription: 'A maintenance was announced: symptoms of an outage notify nobody for an hour',
        metric: new cloudwatch.Metric({
          namespace: DEFAULT_NAMESPACE,
          metricName: Signals.MAINTENANCE,
          statistic: cloudwatch.Stats.MAXIMUM,
          period: Duration.hours(1),
        }),
        threshold: 0,
        comparisonOperator: cloudwatch.ComparisonOperator.GREATER_THAN_THRESHOLD,
        evaluationPeriods: 1,
        treatMissingData: cloudwatch.TreatMissingData.NOT_BREACHING,
      })
    );
  }

  private mute(window: AlarmMuteWindow, index: number, alarms: cloudwatch.AlarmBase[]): void {
    new cloudwatch.CfnAlarmMuteRule(this, `MuteWindow${index + 1}`, {
      description: 'Alarms about Amazon Bedrock notify nobody in this time',
      muteTargets: { alarmNames: alarms.map((alarm) => alarm.alarmName) },
      rule: {
        schedule: { expression: `cron(${window.cron})`, duration: window.duration.toIsoString(), timezone: window.timeZone ?? 'UTC' },
      },
    });
  }

  private validateActions(rules: AlarmRule[], routing: Required<AlarmRouting>): void {
    const probe = this.alarms[0];
    const faults = () =>
      probe
        ? Object.entries(routing).flatMap(([tier, actions]) =>
            actions
              .map((action) => faultOf(action.bind(this, probe).alarmActionArn, Stack.of(this)))
              .filter((fault) => fault !== undefined)
              .map((fault) => `an action of 'routing.${tier}' ${fault}`),
          )
        : [];
    this.node.addValidation({ validate: faults });

    if (routing.critical.length === 0 && rules.some((rule) => rule.props.tier === AlarmTier.CRITICAL)) {
      Validations.of(this).addWarning(
        'cdk-bedrock-observability:TieredAlarms.nobodyNotified',
        'critical alarms notify nobody: set the critical actions of the routing',
      );
    }
  }
}

const isSymptom = ({ props }: AlarmRule): boolean => (props.category ?? AlarmCategory.SERVICE) === AlarmCategory.SERVICE;

function requireMuteWindow({ cron, duration, timeZone = 'UTC' }: AlarmMuteWindow): void {
  requireTimeZone(timeZone, 'muteWindows.timeZone');
  if (cron.trim().split(/\s+/).length !== 5) {
    throw new Error(`'muteWindows.cron' must have the five fields minute, hour, day of month, month and day of week, got '${cron}'`);
  }
  const minutes = duration.toMinutes({ integral: false });
  if (!(minutes >= 1 && minutes <= 15 * 24 * 60)) {
    throw new Error(`'muteWindows.duration' must be from 1 minute to 15 days, got ${minutes} minutes`);
  }
}
