import { Stack } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as sns from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { AlarmActivation } from './alarm-activation';
import { AlarmCategory } from './alarm-category';
import { AlarmMuteWindow } from './alarm-mute-window';
import { AlarmRouting } from './alarm-routing';
import { AlarmRule } from './alarm-rule';
import { AlarmTier } from './alarm-tier';
import { FunctionOptions } from './function-options';
import { faultOf, requireActionInRegion, requireFewActions } from './private/alarms/alarm-actions';
import { namePrefixFor } from './private/alarms/alarm-name';
import { bindOnce, BoundRouting, tell } from './private/alarms/bound-action';
import { DelayedActivation } from './private/alarms/delayed-activation';
import { newIncidentAlarm, newMaintenanceAlarm, newMaintenanceTopic } from './private/alarms/incident-alarm';
import { newMuteRule, requireMuteWindow } from './private/alarms/mute-window';
import { renderRule } from './private/alarms/render-rule';
import { ACTIVATION_ROW } from './private/alarms/table/heartbeats';
import { ruleOfFunction } from './private/alarms/table/row';
import { requireArnHere, requireSameEnvironment } from './private/handed-in';
import { requireUsable } from './private/usable';
import { requireKnown, requireUnique } from './private/validation';
import { addInfo, whenComplete } from './private/warning';

/**
 * Properties for defining TieredAlarms.
 */
export interface TieredAlarmsProps {
  /**
   * The rules to make alarms of, for example those of `DefaultAlarmRules.forMetrics(meter.metrics)`.
   */
  readonly rules: AlarmRule[];

  /**
   * The actions of the alarms by tier.
   *
   * @default - the alarms change state and notify nobody
   */
  readonly routing?: AlarmRouting;

  /**
   * An alarm that is on during a maintenance. Symptoms of an outage notify nobody while it is on.
   *
   * @default - a new alarm, which is on for an hour after a message to `maintenanceTopic`
   */
  readonly maintenanceAlarm?: cloudwatch.IAlarmRef;

  /**
   * Recurring times in which no alarm notifies anybody.
   *
   * @default - alarms notify at any time
   */
  readonly muteWindows?: AlarmMuteWindow[];

  /**
   * Where the runbooks of the rules are, for example a copy in a wiki of your own: the descriptions of the alarms link to the page
   * there that has the name of the rule in kebab-case, with `.md`.
   *
   * @default - the runbooks of this version in the repository of this library; the package has them too
   */
  readonly runbooksUrl?: string;

  /**
   * What the names of the alarms begin with: `PREFIX-ErrorRate`. Alarms are replaced when it is changed.
   *
   * @default - the name of the stack, and where it already has alarms of these names, the ids of this construct in addition
   */
  readonly alarmNamePrefix?: string;

  /**
   * From when on the alarms carry out their actions.
   *
   * @default AlarmActivation.IMMEDIATE
   */
  readonly activation?: AlarmActivation;

  /**
   * How the function runs that turns actions on, for example in which VPC. Without `AlarmActivation.after` there is none.
   *
   * @default - it runs outside of any VPC of the account
   */
  readonly functions?: FunctionOptions;
}

/**
 * CloudWatch alarms for a list of rules, each with the actions of its tier.
 *
 * The symptoms of an outage are announced by one composite alarm per tier, so that an outage pages once; the one of the
 * warnings stays off while the critical one is on. Alarms about money and about the telemetry itself are announced one by one:
 * they may stay on for a day, and as part of a composite alarm they would hide an outage that begins meanwhile.
 */
export class TieredAlarms extends Construct {
  /**
   * The alarms, in the order of their rules.
   */
  public readonly alarms: cloudwatch.Alarm[];

  /**
   * The composite alarm that pages: it is on while any critical symptom is. Absent without critical rules about the service.
   */
  public readonly criticalIncidentAlarm?: cloudwatch.CompositeAlarm;

  /**
   * The composite alarm for business hours: it is on while any other symptom is and no critical one. Absent without warning rules about the service.
   */
  public readonly warningIncidentAlarm?: cloudwatch.CompositeAlarm;

  /**
   * The topic to which a message announces a maintenance: for an hour, symptoms of an outage then notify nobody. Absent with a
   * `maintenanceAlarm` of your own.
   */
  public readonly maintenanceTopic?: sns.ITopic;

  /**
   * The rules of `alarms`, in the same order.
   *
   * @internal
   */
  public readonly _rules: AlarmRule[];

  constructor(scope: Construct, id: string, props: TieredAlarmsProps) {
    super(scope, id);

    const { rules, muteWindows = [], activation = AlarmActivation.IMMEDIATE } = props;
    const routing = bindOnce(props.routing);
    const { critical, warning, ok } = routing;
    requireUnique(
      'rules',
      rules.map(({ name }) => name),
    );
    requireFewActions(routing);
    muteWindows.forEach(requireMuteWindow);
    requireSameEnvironment(this, 'maintenanceAlarm', props.maintenanceAlarm);
    if (props.maintenanceAlarm) requireArnHere(this, 'maintenanceAlarm', props.maintenanceAlarm.alarmRef.alarmArn);
    requireUsable(props);

    const actionsEnabled = activation._days === undefined;
    this._rules = rules;
    const hasSymptoms = rules.some(isSymptom);
    const names = [...rules.map(({ name }) => name), ...(hasSymptoms ? ['CriticalIncident', 'WarningIncident', 'Maintenance'] : [])];
    const setting = {
      actionsEnabled,
      runbooksUrl: props.runbooksUrl,
      namePrefix: namePrefixFor(this, props.alarmNamePrefix, names),
    };
    this.alarms = rules.map((rule) => renderRule(this, rule, setting));
    rules.forEach((rule, index) => addActions(rule, this.alarms[index]!, routing));

    const symptoms = (tier: AlarmTier) => this.alarms.filter((_, index) => isSymptom(rules[index]!) && rules[index]!.tier === tier);
    this.maintenanceTopic = hasSymptoms && !props.maintenanceAlarm ? newMaintenanceTopic(this) : undefined;
    const ownAlarm = hasSymptoms ? props.maintenanceAlarm : undefined;
    const suppressor = this.maintenanceTopic
      ? newMaintenanceAlarm(this, 'Maintenance', this.maintenanceTopic, setting.namePrefix)
      : ownAlarm;
    this.criticalIncidentAlarm = newIncidentAlarm(this, 'CriticalIncident', {
      ...setting,
      tier: AlarmTier.CRITICAL,
      symptoms: symptoms(AlarmTier.CRITICAL),
      suppressor,
    });
    this.warningIncidentAlarm = newIncidentAlarm(this, 'WarningIncident', {
      ...setting,
      tier: AlarmTier.WARNING,
      symptoms: symptoms(AlarmTier.WARNING),
      suppressor,
      unless: this.criticalIncidentAlarm,
    });
    if (this.criticalIncidentAlarm) tell(this.criticalIncidentAlarm, critical, ok);
    if (this.warningIncidentAlarm) tell(this.warningIncidentAlarm, warning);

    const all = [...this.alarms, this.criticalIncidentAlarm, this.warningIncidentAlarm].filter((alarm) => alarm !== undefined);
    (all.length > 0 ? muteWindows : []).forEach((window, index) => newMuteRule(this, `MuteWindow${index + 1}`, window, all));
    if (activation._days !== undefined && all.length > 0) {
      const { handler } = new DelayedActivation(this, 'Activation', { days: activation._days, alarms: all, functions: props.functions });
      const rule = ruleOfFunction(ACTIVATION_ROW, handler);
      const namePrefix = namePrefixFor(this, props.alarmNamePrefix, [rule.name]);
      addActions(rule, renderRule(this, rule, { ...setting, namePrefix, actionsEnabled: true }), routing);
    }
    arnsOf(routing).forEach(([tier, arn]) => requireActionInRegion(`routing.${tier}`, arn, Stack.of(this)));
    this.node.addValidation({ validate: () => faultsOfActions(routing) });
    const urgent = this.alarms.filter((_, index) => rules[index]!.tier === AlarmTier.CRITICAL);
    if (urgent.length > 0) {
      whenComplete(this, () => informIfSilent(this, this.criticalIncidentAlarm ? [...urgent, this.criticalIncidentAlarm] : urgent));
    }
  }

  /**
   * The alarm of a rule.
   *
   * @param name the name of the rule, for example `ErrorRate`
   */
  public alarm(name: string): cloudwatch.Alarm {
    requireKnown('name', name);
    const found = this.alarms.find(({ node }) => node.id === name);
    if (!found) {
      throw new Error(`'name' must be that of a rule (${this.alarms.map(({ node }) => node.id).join(', ')}), got '${name}'`);
    }
    return found;
  }

  /**
   * Lets somebody announce a maintenance, by a message to `maintenanceTopic`.
   *
   * @param grantee who may announce it, for example the role of a pipeline
   */
  public grantAnnounceMaintenance(grantee: iam.IGrantable): iam.Grant {
    if (!this.maintenanceTopic) {
      throw new Error(
        "'maintenanceAlarm' was given, or no rule is about the service, got a grant for the maintenance of this construct: let the grantee change what your alarm watches",
      );
    }
    return this.maintenanceTopic.grantPublish(grantee);
  }
}

const arnsOf = (routing: BoundRouting) =>
  Object.entries(routing).flatMap(([tier, actions]) => actions.flatMap(({ arns }) => arns.map((arn) => [tier, arn] as const)));

function faultsOfActions(routing: BoundRouting): string[] {
  return arnsOf(routing).flatMap(([tier, arn]) => {
    const fault = faultOf(arn);
    return fault === undefined ? [] : [`an action of 'routing.${tier}' ${fault}`];
  });
}

function informIfSilent(scope: Construct, alarms: readonly cloudwatch.AlarmBase[]): void {
  const actionsOf = ({ node }: cloudwatch.AlarmBase) =>
    Stack.of(scope).resolve((node.defaultChild as cloudwatch.CfnAlarm).alarmActions) as unknown[] | undefined;
  if (!alarms.some((alarm) => actionsOf(alarm)?.length)) {
    addInfo(scope, 'TieredAlarms.nobodyNotified', 'critical alarms notify nobody: set the critical actions of the routing');
  }
}

function isSymptom({ category }: AlarmRule): boolean {
  return category === AlarmCategory.SERVICE;
}

/** Symptoms have no actions of their own: the incident of their tier has them. */
function addActions(rule: AlarmRule, alarm: cloudwatch.Alarm, { critical, warning, finOps, ok }: BoundRouting): void {
  if (isSymptom(rule)) {
    return;
  }
  const { tier, category } = rule;
  const actionsOfTier = tier === AlarmTier.CRITICAL ? critical : warning;
  const furtherActions = category === AlarmCategory.COST ? finOps.filter((action) => !actionsOfTier.includes(action)) : [];
  const whenOver = [...ok, ...(ok === critical ? furtherActions : [])];
  tell(alarm, [...actionsOfTier, ...furtherActions], tier === AlarmTier.CRITICAL ? whenOver : []);
}
