import { BillMetrics, DEFAULT_NAMESPACE, PriceMetrics, UnrecordedMetrics } from '../../engine/telemetry/names';
import { Quotas } from '../../lambda/measure-quota/quotas';
import { usageLines } from '../../lambda/measure-quota/usage-lines';
import type { SimulatedAccount } from './simulated-account';
import { DAY_MINUTES, HOUR_MINUTES, timeOf } from './simulated-time';

type Run = (account: SimulatedAccount, minute: number) => void | Promise<void>;

/** Something that must run again and again, and what of it can be seen. */
export interface KilledSource {
  readonly source: string;
  readonly alarm: string;
  /** Minutes from the first run that is missing within which the alarm must be on. */
  readonly within: number;
  /** Minutes between two runs. */
  readonly every: number;
  readonly run: Run;
  /** What is seen of a run that fails; by default nothing. */
  readonly failed?: Run;
}

const FUNCTION = { FunctionName: '*' };

const signals =
  (schedule: string): Run =>
  (account, minute) => {
    account.now = minute;
    return account.publish(schedule, true);
  };

const quotas: Run = (account, minute) => account.putLines(usageLines(DEFAULT_NAMESPACE, new Quotas([], []), new Map(), timeOf(minute)));

/** What Lambda publishes of a run and its retries. */
const lambda =
  (invocations: number, errors: number) =>
  (account: SimulatedAccount, minute: number): void => {
    account.put({ namespace: 'AWS/Lambda', metricName: 'Invocations', dimensions: FUNCTION }, minute, invocations);
    account.put({ namespace: 'AWS/Lambda', metricName: 'Errors', dimensions: FUNCTION }, minute, errors);
  };

/** What Lambda publishes of an event that it gives up, after a run and two more tries. */
const givenUp: Run = (account, minute) => {
  lambda(3, 3)(account, minute);
  account.put({ namespace: 'AWS/Lambda', metricName: 'AsyncEventsDropped', dimensions: FUNCTION }, minute, 1);
};

const refresh =
  (failed: number): Run =>
  (account, minute) =>
    account.put({ namespace: DEFAULT_NAMESPACE, metricName: PriceMetrics.FAILED, dimensions: {} }, minute, failed);

const unrecorded =
  (failed: number): Run =>
  (account, minute) =>
    account.put({ namespace: DEFAULT_NAMESPACE, metricName: UnrecordedMetrics.FAILED, dimensions: {} }, minute, failed);

const reconciled: Run = (account, minute) =>
  account.put({ namespace: DEFAULT_NAMESPACE, metricName: BillMetrics.RUNS, dimensions: {} }, minute, 1);

const trailEvents: Run = (account, minute) =>
  account.put({ namespace: 'AWS/Logs', metricName: 'IncomingLogEvents', dimensions: { LogGroupName: 'trail' } }, minute, 12);

/** What Firehose publishes of a stretch of rows: how many it took, wrote, and could not write. */
const rows =
  (written: number, failed = 0): Run =>
  (account, minute) => {
    const put = (metricName: string, value: number) =>
      account.put({ namespace: 'AWS/Firehose', metricName, dimensions: { DeliveryStreamName: '*' } }, minute, value);
    put('IncomingRecords', 40);
    put('DeliveryToIceberg.SuccessfulRowCount', written);
    put('DeliveryToIceberg.FailedRowCount', failed);
  };

/** Each of them is killed while everything else goes on, and its alarm must fire. */
export const KILLED_SOURCES: readonly KilledSource[] = [
  { source: 'signals of every five minutes', alarm: 'SignalsMissing', within: 60, every: 5, run: signals('FiveMinutes') },
  { source: 'signals of every hour', alarm: 'HourlySignalsMissing', within: 240, every: 60, run: signals('Hour') },
  { source: 'signals about callers', alarm: 'CallerSignalsMissing', within: 1500, every: 720, run: signals('HalfDay') },
  { source: 'use of quotas', alarm: 'QuotaSignalsMissing', within: 75, every: 15, run: quotas },
  { source: 'digest, its schedule', alarm: 'DigestMissing', within: 2 * DAY_MINUTES + 60, every: DAY_MINUTES, run: lambda(1, 0) },
  {
    source: 'digest, its function',
    alarm: 'DigestMissing',
    within: 2 * DAY_MINUTES + 60,
    every: DAY_MINUTES,
    run: lambda(1, 0),
    failed: lambda(3, 3),
  },
  { source: 'digest, one run of it', alarm: 'DigestFailed', within: HOUR_MINUTES, every: DAY_MINUTES, run: lambda(1, 0), failed: givenUp },
  ...[undefined, unrecorded(1)].map((failed) => ({
    source: `usage without a record, ${failed ? 'a question of it' : 'its schedule'}`,
    alarm: 'UnrecordedUsageIncomplete',
    within: 5 * HOUR_MINUTES,
    every: HOUR_MINUTES,
    run: unrecorded(0),
    failed,
  })),
  {
    source: 'activation of the actions',
    alarm: 'ActivationFailing',
    within: 4 * HOUR_MINUTES,
    every: HOUR_MINUTES,
    run: lambda(1, 0),
    failed: lambda(3, 3),
  },
  { source: 'trail behind LoggingChanged', alarm: 'TrailMissing', within: 4 * HOUR_MINUTES, every: HOUR_MINUTES, run: trailEvents },
  {
    source: 'comparison with the bill',
    alarm: 'BillReconciliationMissing',
    within: 2 * DAY_MINUTES + 60,
    every: DAY_MINUTES,
    run: reconciled,
  },
  ...[undefined, lambda(1, 1)].map((failed) => ({
    source: `watch of members, ${failed ? 'a Region of it' : 'its schedule'}`,
    alarm: 'MemberWatchMissing',
    within: 4 * HOUR_MINUTES,
    every: HOUR_MINUTES,
    run: lambda(1, 0),
    failed,
  })),
  {
    source: 'table of the ledger, its upkeep',
    alarm: 'LedgerUpkeepMissing',
    within: 2 * DAY_MINUTES + 60,
    every: DAY_MINUTES,
    run: lambda(1, 0),
    failed: lambda(3, 3),
  },
  {
    source: 'table of the ledger, delivery',
    alarm: 'LedgerDeliveryMissing',
    within: 3 * HOUR_MINUTES,
    every: 5,
    run: rows(40),
    failed: rows(0),
  },
  { source: 'table of the ledger, some rows', alarm: 'LedgerRowsFailed', within: 30, every: 5, run: rows(40), failed: rows(39, 1) },
  { source: 'price refresh, its schedule', alarm: 'PricesStale', within: 2 * DAY_MINUTES + 60, every: DAY_MINUTES, run: refresh(0) },
  {
    source: 'price refresh, the price list',
    alarm: 'PriceRefreshFailed',
    within: DAY_MINUTES + 60,
    every: DAY_MINUTES,
    run: refresh(0),
    failed: refresh(1),
  },
];
