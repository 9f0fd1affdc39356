import { AlarmSignals, CostMetrics } from '../../lib';
import { AccountTest } from './account-test';

// The function that runs on a schedule ends without an error: it may read what it reads.
const account = new AccountTest('AlarmSignals');
const { signalFunction } = new AlarmSignals(account.stack, 'AlarmSignals', { costMetrics: CostMetrics.inNamespace('IntegAlarmSignals') });
account.runs(signalFunction, { schedule: 'FiveMinutes' });
