import { Attributes, Signals } from '../../engine/telemetry/names';
import { AlarmSignals, CostMetrics } from '../../lib';
import { AccountTest } from './account-test';

// The function that runs on a schedule ends without an error, since it may read what it reads, and CloudWatch takes its metric lines.
const account = new AccountTest('AlarmSignals');
const { signalFunction } = new AlarmSignals(account.stack, 'AlarmSignals', { costMetrics: CostMetrics.inNamespace('IntegAlarmSignals') });
const ran = account.runs(signalFunction, { schedule: 'FiveMinutes' });
account.eventuallyMetric(ran, 'IntegAlarmSignals', Signals.RUNS, { Name: Attributes.SCHEDULE, Value: 'FiveMinutes' });
