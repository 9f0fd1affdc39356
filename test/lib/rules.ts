import { App, Duration, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import * as sns from 'aws-cdk-lib/aws-sns';
import { AlarmRule, type AlarmRuleProps, AlarmTier, CostMetrics, TieredAlarms, type TieredAlarmsProps } from '../../lib';

/** A rule of a warning, unless told otherwise. */
export function rule(props: Partial<AlarmRuleProps> = {}): AlarmRule {
  return new AlarmRule({
    name: 'Unpriced',
    tier: AlarmTier.WARNING,
    summary: 'calls have no price',
    firstCheck: 'which models they went to',
    metric: CostMetrics.inNamespace().metricUnpriced({ period: Duration.hours(1) }),
    threshold: 0,
    ...props,
  });
}

export const critical = (props: Partial<AlarmRuleProps> = {}) => rule({ name: 'Outage', tier: AlarmTier.CRITICAL, ...props });

/** The alarms of some rules in a stack of their own; its template is made when it is asked for. */
export function rendered(props: Partial<TieredAlarmsProps>, before?: (stack: Stack) => void) {
  const stack = new Stack(new App(), 'Test', { env: { region: 'eu-central-1', account: '111122223333' } });
  before?.(stack);
  const alarms = new TieredAlarms(stack, 'Alarms', { rules: [rule()], ...props });
  return { stack, alarms, template: () => Template.fromStack(stack) };
}

/** A stack with a topic for each tier, and for FinOps. */
export function topics() {
  const stack = new Stack(new App(), 'Test');
  const action = (id: string) => new SnsAction(new sns.Topic(stack, id));
  return { stack, routing: { critical: [action('Pager')], warning: [action('Chat')], finOps: [action('Finance')] } };
}

/** The actions of an alarm that notifies topics of these ids. */
export const to = (...names: string[]) => names.map((name) => ({ Ref: Match.stringLikeRegexp(`^${name}`) }));
