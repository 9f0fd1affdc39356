import { Duration } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as logs from 'aws-cdk-lib/aws-logs';
import { AlarmCategory } from '../../../alarm-category';
import { AlarmTier } from '../../../alarm-tier';
import { Attributes, Signals, SignalSchedules } from '../../../../engine/telemetry/names';
import { filled } from './filled';
import { AlarmRow, FunctionRow } from './row';

/** Something that must happen again and again, and whose absence is an alarm. */
interface Heartbeat extends Pick<AlarmRow, 'name' | 'reason' | 'firstCheck'> {
  /** What is wrong while it is absent. */
  readonly absent: string;
  /** A period in which it must happen at least once. */
  readonly period: Duration;
  /** So many periods without it are an alarm. */
  readonly periods: number;
  /** How long after its creation the alarm waits, until everything must have happened once. */
  readonly warmUp: Duration;
}

/** A schedule of the signals. A run in which one signal fails does not count: each of them must be known. */
interface ScheduleHeartbeat extends Heartbeat {
  readonly schedule: string;
  readonly needsLedger?: boolean;
}

const HOUR = Duration.hours(1);
const RUNS = 'Runs without a failure';
const OF_SIGNALS = 'the errors in the log group of the alarm signals, and that their schedules are enabled';

const SCHEDULES: readonly ScheduleHeartbeat[] = [
  {
    name: 'SignalsMissing',
    schedule: SignalSchedules.FIVE_MINUTES,
    absent: 'the signals that are due every five minutes are not published: the alarms that need them keep their last state',
    firstCheck: OF_SIGNALS,
    period: Duration.minutes(15),
    periods: 3,
    warmUp: Duration.hours(1),
    reason: 'nine runs in a row are missing',
  },
  {
    name: 'QuotaSignalsMissing',
    schedule: SignalSchedules.QUARTER,
    absent: 'the use of quotas is not published: QuotaUsage keeps its last state',
    firstCheck: 'the errors in the log group of the quota function: Service Quotas or ListFoundationModels may be denied',
    period: Duration.minutes(30),
    periods: 2,
    warmUp: Duration.hours(2),
    reason: 'four runs in a row are missing',
  },
  {
    name: 'HourlySignalsMissing',
    schedule: SignalSchedules.HOUR,
    absent: 'the signals that are due every hour are not published: the alarms that compare with other days keep their last state',
    firstCheck: OF_SIGNALS,
    period: Duration.hours(1),
    periods: 3,
    warmUp: Duration.hours(4),
    reason: 'three runs in a row are missing',
  },
  {
    name: 'CallerSignalsMissing',
    schedule: SignalSchedules.HALF_DAY,
    needsLedger: true,
    absent:
      'the signals about callers, which read a week of the ledger, are not published: CallerCost and WastedTokens keep their last state',
    firstCheck: 'the errors in the log group of the alarm signals: a query over a week may have run out of time',
    period: Duration.hours(12),
    periods: 2,
    warmUp: Duration.days(2),
    reason: 'two runs in a row are missing',
  },
];

const DIGEST: Heartbeat = {
  name: 'DigestMissing',
  absent: 'no digest was made for two days',
  firstCheck: 'the errors in the log group of the digest, and that its schedules are enabled',
  period: Duration.days(1),
  periods: 2,
  warmUp: Duration.days(2),
  reason: 'it is made once a day',
};

const ACTIVATION: Heartbeat = {
  name: 'ActivationFailing',
  absent: 'the function that turns on the actions of the alarms does not run: alarms may fire and notify nobody',
  firstCheck: 'the errors in the log group of the function, and that its schedule is enabled',
  period: Duration.hours(1),
  periods: 3,
  warmUp: Duration.hours(4),
  reason: 'it runs every hour',
};

const MEMBER_WATCH: Heartbeat = {
  name: 'MemberWatchMissing',
  absent:
    'it is not known whether the records of all members of the organization arrive: the function that checks them does not run, or cannot read a Region',
  firstCheck: 'the errors in the log group of the function, and that its schedule is enabled',
  period: Duration.hours(1),
  periods: 3,
  warmUp: Duration.hours(4),
  reason: 'it runs every hour',
};

const TRAIL: Heartbeat = {
  name: 'TrailMissing',
  absent: 'the CloudTrail trail delivers no events: LoggingChanged and the Security dashboard cannot say who changes the logging',
  firstCheck: 'that the trail logs management events of this Region, and that its role may write to its log group',
  period: HOUR,
  periods: 3,
  warmUp: Duration.hours(4),
  reason: 'the functions of this library alone cause management events all the time',
};

const UPKEEP: Heartbeat = {
  name: 'LedgerUpkeepMissing',
  absent:
    'the table of the ledger was not kept for two days: rows that are too old stay, queries get slower, and a copy for auditors is late',
  firstCheck: 'the errors in the log group of the function, and that its schedule is enabled',
  period: Duration.days(1),
  periods: 2,
  warmUp: Duration.days(2),
  reason: 'it runs once a day',
};

/** Alarms about the schedules of the signals. */
const SCHEDULE_ROWS: readonly AlarmRow[] = SCHEDULES.map(({ schedule, needsLedger, ...heartbeat }) => ({
  ...rowOf(heartbeat),
  metric: ({ signals }) => {
    if (!signals || (needsLedger && !signals.publishesLedgerSignals)) {
      return undefined;
    }
    const { period } = heartbeat;
    const dimensionsMap = { [Attributes.SCHEDULE]: schedule };
    return filled(signals.metric(Signals.RUNS, { period, statistic: cloudwatch.Stats.SUM, dimensionsMap }), 0, RUNS, period);
  },
}));

/** Alarms about what must happen again and again. */
export const HEARTBEAT_ROWS: readonly AlarmRow[] = [
  ...SCHEDULE_ROWS,
  { ...rowOf(TRAIL), metric: ({ trail }) => trail && filled(eventsOf(trail), 0, 'Events of the trail', HOUR) },
];

/** The rules about the digest: it is made, and none is given up. */
export const DIGEST_ROWS: readonly FunctionRow[] = [
  { ...rowOf(DIGEST), metric: (handler) => successesOf(handler, DIGEST.period) },
  {
    name: 'DigestFailed',
    tier: AlarmTier.WARNING,
    category: AlarmCategory.TELEMETRY,
    summary: () => 'a digest of a day or a week could not be made or sent, also when it was tried again',
    firstCheck: 'the errors in the log group of the digest',
    metric: (handler) => filled(droppedBy(handler), 0, 'Digests given up', HOUR),
    threshold: 0,
    allowedRange: [0, 0],
    reason: 'Lambda has tried three times; nobody would miss the digest of a week before the next one',
  },
];

/** The rule about the function that watches members. */
export const MEMBER_WATCH_ROW: FunctionRow = {
  ...rowOf(MEMBER_WATCH),
  metric: (handler) => successesOf(handler, MEMBER_WATCH.period),
};

/** The rule about the function that turns actions on. Its own actions are on from the beginning. */
export const ACTIVATION_ROW: FunctionRow = { ...rowOf(ACTIVATION), metric: (handler) => successesOf(handler, ACTIVATION.period) };

/** The rule about the daily upkeep of a ledger table. */
export const LEDGER_UPKEEP_ROW: FunctionRow = { ...rowOf(UPKEEP), metric: (handler) => successesOf(handler, UPKEEP.period) };

/** The rule of a heartbeat, without its metric. */
function rowOf({ name, absent, firstCheck, periods, reason, warmUp }: Heartbeat): Omit<AlarmRow, 'metric'> {
  return {
    name,
    firstCheck,
    tier: AlarmTier.WARNING,
    category: AlarmCategory.TELEMETRY,
    summary: () => absent,
    threshold: 1,
    allowedRange: [1, 1],
    comparisonOperator: cloudwatch.ComparisonOperator.LESS_THAN_THRESHOLD,
    evaluationPeriods: periods,
    treatMissingData: cloudwatch.TreatMissingData.BREACHING,
    warmUp,
    reason: `${reason}; it waits ${warmUp.toHumanString()} after its creation`,
  };
}

/** Log events that arrive in a log group. */
const eventsOf = (logGroup: logs.ILogGroupRef): cloudwatch.IMetric =>
  new cloudwatch.Metric({
    namespace: 'AWS/Logs',
    metricName: 'IncomingLogEvents',
    region: logGroup.env.region,
    account: logGroup.env.account,
    dimensionsMap: { LogGroupName: logGroup.logGroupRef.logGroupName },
    statistic: cloudwatch.Stats.SUM,
    period: HOUR,
  });

/** Events that Lambda gave up after three tries. Source: AWS Lambda Developer Guide, "Types of metrics for Lambda functions". */
const droppedBy = (handler: lambda.IFunction): cloudwatch.IMetric =>
  handler.metric('AsyncEventsDropped', { statistic: cloudwatch.Stats.SUM, period: HOUR });

/** Runs of a function that did not fail, from metrics that Lambda publishes for nothing. */
function successesOf(handler: lambda.IFunction, period: Duration): cloudwatch.IMetric {
  return new cloudwatch.MathExpression({
    expression: 'FILL(runs, 0) - FILL(failures, 0)',
    usingMetrics: { runs: handler.metricInvocations({ period }), failures: handler.metricErrors({ period }) },
    label: RUNS,
    period,
  });
}
