import { Validations } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';
import { AlarmRule, AlarmTier } from './alarm-rule';

/**
 * Whom the alarms of each tier reach.
 */
export interface AlarmRouting {
  /**
   * What happens when a critical alarm fires or recovers.
   *
   * @default - the alarm changes state and notifies nobody
   */
  readonly critical?: cloudwatch.IAlarmAction[];

  /**
   * What happens when a warning fires.
   *
   * @default - the alarm changes state and notifies nobody
   */
  readonly warning?: cloudwatch.IAlarmAction[];
}

/**
 * Properties for defining TieredAlarms.
 */
export interface TieredAlarmsProps {
  /**
   * The rules to render, for example those of `DefaultAlarmRules.over(meter.metrics)`.
   */
  readonly rules: AlarmRule[];

  /**
   * Whom the alarms reach.
   *
   * @default - the alarms change state and notify nobody
   */
  readonly routing?: AlarmRouting;
}

/**
 * CloudWatch alarms for a list of rules, each routed by its tier.
 */
export class TieredAlarms extends Construct {
  /**
   * The alarms, in the order of their rules.
   */
  public readonly alarms: cloudwatch.Alarm[];

  constructor(scope: Construct, id: string, props: TieredAlarmsProps) {
    super(scope, id);

    const names = props.rules.map((rule) => rule.props.name);
    const twice = names.find((name, index) => names.indexOf(name) !== index);
    if (twice) {
      throw new Error(`'rules' must not hold two rules with one name, got '${twice}' twice`);
    }

    this.alarms = props.rules.map((rule) => this.render(rule, props.routing ?? {}));

    if (!props.routing?.critical?.length) {
      Validations.of(this).addWarning(
        'cdk-bedrock-observability:TieredAlarms.nobodyNotified',
        'critical alarms notify nobody: set the critical actions of the routing',
      );
    }
  }

  private render({ props: rule }: AlarmRule, routing: AlarmRouting): cloudwatch.Alarm {
    const alarm = new cloudwatch.Alarm(this, rule.name, {
      alarmDescription: `[${rule.tier}] ${capitalize(rule.summary)}. Check first: ${rule.firstCheck}. Runbook: docs/runbooks/${kebab(rule.name)}.md of cdk-bedrock-observability`,
      metric: rule.metric,
      threshold: rule.threshold,
      comparisonOperator: rule.comparisonOperator ?? cloudwatch.ComparisonOperator.GREATER_THAN_THRESHOLD,
      evaluationPeriods: rule.evaluationPeriods ?? 1,
      datapointsToAlarm: rule.datapointsToAlarm,
      treatMissingData: rule.treatMissingData ?? cloudwatch.TreatMissingData.NOT_BREACHING,
    });
    if (rule.wallClockTimeZone) {
      // No aws-cdk-lib above our floor has it on the L2; the floor lacks it on the L1 too.
      (alarm.node.defaultChild as cloudwatch.CfnAlarm).addPropertyOverride('EvaluationWindow', {
        WallClockWindow: { Timezone: rule.wallClockTimeZone },
      });
    }
    const actions = (rule.tier === AlarmTier.CRITICAL ? routing.critical : routing.warning) ?? [];
    alarm.addAlarmAction(...actions);
    if (rule.tier === AlarmTier.CRITICAL) {
      alarm.addOkAction(...actions);
    }
    return alarm;
  }
}

function capitalize(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function kebab(name: string): string {
  return name.replace(/(?<=[a-z0-9])(?=[A-Z])/g, '-').toLowerCase();
}
