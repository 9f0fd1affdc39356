import { UnrecordedUsage } from '../../lib';
import { AccountTest, GONE } from './account-test';

// The function may ask what it asks, and CloudWatch takes its metric lines.
const account = new AccountTest('UnrecordedUsage');
const usage = new UnrecordedUsage(account.stack, 'UnrecordedUsage', { metricNamespace: 'IntegUnrecorded', removalPolicy: GONE });
account.runs(usage.meterFunction, { 'detail-type': 'Scheduled Event', time: '2026-11-20T10:17:00Z', detail: {} });
