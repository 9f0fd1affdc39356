import { CostMetrics, DefaultAlarmRules, TieredAlarms } from '../../lib';
import { AccountTest } from './account-test';

// CloudWatch takes every default alarm. One that treats missing data as good leaves INSUFFICIENT_DATA.
const account = new AccountTest('TieredAlarms');
const alarms = new TieredAlarms(account.stack, 'Alarms', {
  rules: DefaultAlarmRules.forMetrics(CostMetrics.inNamespace('IntegTieredAlarms')),
});
account.eventuallyEvaluated(undefined, alarms.alarms[0]!.alarmName);
