import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';
import { AlarmRouting } from '../../alarm-routing';

const PERMISSIONS_BY_ALARM = '@aws-cdk/aws-cloudwatch-actions:changeLambdaPermissionLogicalIdForLambdaAction';

/** An `AlarmRouting` whose actions are bound once to each alarm. */
export type BoundRouting = Readonly<Record<keyof AlarmRouting, BoundAction[]>>;

/**
 * An action that is bound once to each alarm, whatever states of the alarm it is for: binding may add a permission, which can be
 * made once only. The ARNs are remembered, because to ask an action for its ARN is to bind it.
 */
class BoundAction implements cloudwatch.IAlarmAction {
  private readonly configs = new Map<cloudwatch.IAlarm, cloudwatch.AlarmActionConfig>();

  constructor(private readonly action: cloudwatch.IAlarmAction) {}

  public bind(scope: Construct, alarm: cloudwatch.IAlarm): cloudwatch.AlarmActionConfig {
    const config = this.configs.get(alarm) ?? this.bindTo(scope, alarm);
    this.configs.set(alarm, config);
    return config;
  }

  /** Binding throws where the permission of a function has the name of another one: by default all alarms of a function have one name. */
  private bindTo(scope: Construct, alarm: cloudwatch.IAlarm): cloudwatch.AlarmActionConfig {
    try {
      return this.action.bind(scope, alarm);
    } catch (error) {
      throw new Error(
        `an action of 'routing' cannot be used for the alarm '${alarm.node.path}', got '${(error as Error).message}': ` +
          `subscribe the function to an AlarmTopic and use that, or set the feature flag '${PERMISSIONS_BY_ALARM}' and use one function for one set of alarms`,
        { cause: error },
      );
    }
  }

  /** What the action acts on, for the alarms to which it was bound. */
  public get arns(): string[] {
    return [...new Set([...this.configs.values()].map(({ alarmActionArn }) => alarmActionArn))];
  }
}

/** An action that is given for two tiers stays one action. */
export function bindOnce({ critical = [], warning = [], finOps = [], ok = critical }: AlarmRouting = {}): BoundRouting {
  const actions = new Set([...critical, ...warning, ...finOps, ...ok]);
  const bound = new Map([...actions].map((action) => [action, new BoundAction(action)]));
  const boundOf = (given: cloudwatch.IAlarmAction[]) => given.map((action) => bound.get(action)!);
  const ofCritical = boundOf(critical);
  // Without actions of its own, what is carried out when an alarm is over is the very list of critical actions.
  return { critical: ofCritical, warning: boundOf(warning), finOps: boundOf(finOps), ok: ok === critical ? ofCritical : boundOf(ok) };
}

/** Gives an alarm its actions. Of an empty list, older versions of the CDK make an empty list in the template. */
export function tell(alarm: cloudwatch.AlarmBase, actions: readonly BoundAction[], whenOver: readonly BoundAction[] = []): void {
  if (actions.length > 0) alarm.addAlarmAction(...actions);
  if (whenOver.length > 0) alarm.addOkAction(...whenOver);
}
