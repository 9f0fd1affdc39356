import { CostMetrics, DefaultAlarmRules, TieredAlarms } from '../../lib';
import { AccountTest } from './account-test';

// CloudWatch takes every default alarm, and every one that does not wait for data leaves INSUFFICIENT_DATA.
const account = new AccountTest('TieredAlarms');
const alarms = new TieredAlarms(account.stack, 'Alarms', {
  rules: DefaultAlarmRules.forMetrics(CostMetrics.inNamespace('IntegTieredAlarms')),
});
account.eventuallyEvaluated(undefined, alarms);
