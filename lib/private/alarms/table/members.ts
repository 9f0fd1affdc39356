import { Duration } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { MemberMetrics } from '../../../../engine/telemetry/names';
import { AlarmCategory } from '../../../alarm-category';
import { AlarmTier } from '../../../alarm-tier';
import { AlarmRule } from '../../../alarm-rule';
import { AlarmRow } from './row';

type MetricOfMembers = (metricName: string) => cloudwatch.Metric;

/** A rule about all members. The construct that watches them makes the alarm. */
export interface MembersRow extends Omit<AlarmRow, 'metric'> {
  readonly metric: (metric: MetricOfMembers) => cloudwatch.IMetric;
}

export function ruleOfMembers(row: MembersRow, metric: MetricOfMembers): AlarmRule {
  return new AlarmRule({ ...row, metric: row.metric(metric), summary: row.summary(row.threshold) });
}

const HOUR = Duration.hours(1);
/** Fewer calls of all members together are no measure. */
const LEAST_CALLS = 100;

/** The rule about calls of all members, of which no single account may see that they fail. */
export const FAILING_ROW: MembersRow = {
  name: 'MembersFailing',
  tier: AlarmTier.WARNING,
  category: AlarmCategory.SERVICE,
  summary: (percent) => `more than ${percent} % of the calls of all members of the organization fail or are throttled`,
  firstCheck: 'the last line with "members" in the log of the function: which accounts and Regions fail most',
  metric: (metric) =>
    new cloudwatch.MathExpression({
      expression: `IF(calls + errors + throttles >= ${LEAST_CALLS}, 100 * (errors + throttles) / (calls + errors + throttles))`,
      usingMetrics: {
        calls: metric(MemberMetrics.CALLS),
        errors: metric(MemberMetrics.ERRORS),
        throttles: metric(MemberMetrics.THROTTLES),
      },
      label: 'Failed calls of all members (%)',
      period: HOUR,
    }),
  threshold: 5,
  allowedRange: [5, 5],
  evaluationPeriods: 2,
  reason: `of ${LEAST_CALLS} calls or more; it is known an hour late, because metrics of other Regions are read by the hour`,
};

/** The rule about members of an organization whose records do not arrive. */
export const SILENT_ROW: MembersRow = {
  name: 'MemberSilent',
  tier: AlarmTier.WARNING,
  category: AlarmCategory.TELEMETRY,
  summary: () => 'members of the organization call models, and no record of them arrives: all figures lack their calls',
  firstCheck: 'the last line with "members" in the log of the function: which accounts and Regions',
  metric: (metric) => metric(MemberMetrics.SILENT),
  threshold: 0,
  allowedRange: [0, 0],
  evaluationPeriods: 2,
  reason: 'a member counts after ten calls in six hours, an hour after the last of them, and records can be late',
};
