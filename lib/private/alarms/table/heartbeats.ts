import { Duration } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { AlarmCategory } from '../../../alarm-category';
import { AlarmTier } from '../../../alarm-tier';
import { Attributes, Signals, SignalSchedules } from '../../../../engine/telemetry/names';
import { filled } from './filled';
import { AlarmRow, FunctionRow } from './row';

/** Fires on the absence of something that must happen again and again. */
const HEARTBEAT = {
  tier: AlarmTier.WARNING,
  category: AlarmCategory.TELEMETRY,
  threshold: 1,
  allowedRange: [1, 1],
  comparisonOperator: cloudwatch.ComparisonOperator.LESS_THAN_THRESHOLD,
  treatMissingData: cloudwatch.TreatMissingData.BREACHING,
} satisfies Partial<AlarmRow>;

const DAY = Duration.days(1);

const RUNS = 'Runs without a failure';

const runsOf =
  (schedule: string, period: Duration, needsLedger = false): AlarmRow['metric'] =>
  ({ signals }) => {
    if (!signals || (needsLedger && !signals.publishesLedgerSignals)) {
      return undefined;
    }
    const dimensionsMap = { [Attributes.SCHEDULE]: schedule };
    return filled(signals.metric(Signals.RUNS, { period, statistic: cloudwatch.Stats.SUM, dimensionsMap }), 0, RUNS, period);
  };

/** Runs of a function that did not fail, from metrics that Lambda publishes for nothing. */
const successesOf = (handler: lambda.IFunction, period: Duration): cloudwatch.IMetric =>
  new cloudwatch.MathExpression({
    expression: 'FILL(runs, 0) - FILL(failures, 0)',
    usingMetrics: { runs: handler.metricInvocations({ period }), failures: handler.metricErrors({ period }) },
    label: RUNS,
    period,
  });

/** Alarms about the schedules of the signals. A run in which one signal fails does not count: each of them must be known. */
export const HEARTBEAT_ROWS: readonly AlarmRow[] = [
  {
    ...HEARTBEAT,
    name: 'SignalsMissing',
    summary: () => 'the signals of every five minutes are not published: the alarms that need them keep their last state',
    firstCheck: 'the errors in the log group of the alarm signals, and that their schedules are enabled',
    metric: runsOf(SignalSchedules.FIVE_MINUTES, Duration.minutes(15)),
    reason: 'nine runs in a row; it waits an hour after its creation',
    evaluationPeriods: 3,
    warmUp: Duration.hours(1),
  },
  {
    ...HEARTBEAT,
    name: 'QuotaSignalsMissing',
    summary: () => 'the use of quotas is not published: QuotaUsage keeps its last state',
    firstCheck: 'the errors in the log group of the quota function: Service Quotas or ListFoundationModels may be denied',
    metric: runsOf(SignalSchedules.QUARTER, Duration.minutes(30)),
    reason: 'four runs in a row; it waits two hours after its creation',
    evaluationPeriods: 2,
    warmUp: Duration.hours(2),
  },
  {
    ...HEARTBEAT,
    name: 'HourlySignalsMissing',
    summary: () => 'the signals of every hour are not published: the alarms that compare with other days keep their last state',
    firstCheck: 'the errors in the log group of the alarm signals, and that their schedules are enabled',
    metric: runsOf(SignalSchedules.HOUR, Duration.hours(1)),
    reason: 'a run may come a minute late, three may not; it waits four hours after its creation',
    evaluationPeriods: 3,
    warmUp: Duration.hours(4),
  },
  {
    ...HEARTBEAT,
    name: 'CallerSignalsMissing',
    summary: () =>
      'the signals about callers, which read a week of the ledger, are not published: CallerCost and WastedTokens keep their last state',
    firstCheck: 'the errors in the log group of the alarm signals: a query over a week may take longer than it may',
    metric: runsOf(SignalSchedules.HALF_DAY, Duration.hours(12), true),
    reason: 'two runs in a row; it waits two days after its creation',
    evaluationPeriods: 2,
    warmUp: Duration.days(2),
  },
];

/** The rule about the digest. */
export const DIGEST_ROW: FunctionRow = {
  ...HEARTBEAT,
  name: 'DigestMissing',
  summary: () => 'no digest was made for two days',
  firstCheck: 'the errors in the log group of the digest, and that its schedules are enabled',
  metric: (handler) => successesOf(handler, DAY),
  reason: 'it is made once a day; it waits two days after its creation',
  evaluationPeriods: 2,
  warmUp: Duration.days(2),
};

/** The rule about the function that turns actions on. Its own actions are on from the beginning. */
export const ACTIVATION_ROW: FunctionRow = {
  ...HEARTBEAT,
  name: 'ActivationFailing',
  summary: () => 'the function that turns on the actions of the alarms does not run: alarms may fire and notify nobody',
  firstCheck: 'the errors in the log group of the function, and that its schedule is enabled',
  metric: (handler) => successesOf(handler, Duration.hours(1)),
  reason: 'it runs every hour; it waits four hours after its creation',
  evaluationPeriods: 3,
  warmUp: Duration.hours(4),
};
