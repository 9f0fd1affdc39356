import { App, Stack } from 'aws-cdk-lib';
import * as logs from 'aws-cdk-lib/aws-logs';
import { type AlarmRule, AlarmSignals, CostMeter, DefaultAlarmRules, TieredAlarms } from '../../lib';

/** The whole default set, spans included. */
export function alarmSet(): { stack: Stack; rules: AlarmRule[]; alarms: TieredAlarms; signals: AlarmSignals } {
  const stack = new Stack(new App(), 'Test');
  const costMeter = new CostMeter(stack, 'CostMeter', { logGroup: new logs.LogGroup(stack, 'Invocations') });
  const signals = new AlarmSignals(stack, 'Signals', {
    costMetrics: costMeter.metrics,
    ledgerLogGroup: costMeter.ledgerLogGroup,
    spansLogGroup: logs.LogGroup.fromLogGroupName(stack, 'Spans', 'aws/spans'),
    timeZone: 'Europe/Berlin',
  });
  const rules = DefaultAlarmRules.over(costMeter.metrics, { costMeter, signals });
  return { stack, rules, alarms: new TieredAlarms(stack, 'Alarms', { rules }), signals };
}
