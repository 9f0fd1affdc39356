import { App, Stack } from 'aws-cdk-lib';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as sns from 'aws-cdk-lib/aws-sns';
import { AgentMeter, type AlarmRule, AlarmSignals, CostMeter, DefaultAlarmRules, PriceCatalogue, TieredAlarms } from '../../lib';

/** The default alarms, those about spans included. Those about prices, agents and the trail are included in the whole set. */
export function alarmSet(isWhole = false): {
  stack: Stack;
  rules: AlarmRule[];
  alarms: TieredAlarms;
  signals: AlarmSignals;
  costMeter: CostMeter;
} {
  const stack = new Stack(new App(), 'Test');
  const costMeter = new CostMeter(stack, 'CostMeter', { logGroup: new logs.LogGroup(stack, 'Invocations') });
  const signals = new AlarmSignals(stack, 'Signals', {
    costMetrics: costMeter.metrics,
    ledgerLogGroup: costMeter.ledgerLogGroup,
    spanLogGroups: [logs.LogGroup.fromLogGroupName(stack, 'Spans', 'aws/spans')],
    timeZone: 'Europe/Berlin',
  });
  const topics = ['critical', 'warning', 'finOps'].map((id) => new sns.Topic(stack, id));
  const rules = DefaultAlarmRules.forMetrics(costMeter.metrics, {
    costMeter,
    signals,
    agentMeter: isWhole ? new AgentMeter(stack, 'AgentMeter') : undefined,
    prices: isWhole ? new PriceCatalogue(stack, 'Prices') : undefined,
    trailLogGroup: isWhole ? logs.LogGroup.fromLogGroupName(stack, 'Trail', 'trail') : undefined,
    topics,
  });
  const [critical, warning, finOps] = topics.map((topic) => [new SnsAction(topic)]);
  const routing = { critical, warning, finOps };
  return { stack, rules, alarms: new TieredAlarms(stack, 'Alarms', { rules, routing }), signals, costMeter };
}
