import { Duration } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';
import { AlarmRule, AlarmRuleProps } from '../../alarm-rule';

/** CloudWatch's own limits. */
const MAX_METRICS = 10;
const MAX_DESCRIPTION = 1024;
const WALL_CLOCK_SECONDS = [60, 300, 3600, 86400, 604800];

const BANDS: readonly (cloudwatch.ComparisonOperator | undefined)[] = [
  cloudwatch.ComparisonOperator.GREATER_THAN_UPPER_THRESHOLD,
  cloudwatch.ComparisonOperator.LESS_THAN_LOWER_THRESHOLD,
  cloudwatch.ComparisonOperator.LESS_THAN_LOWER_OR_GREATER_THAN_UPPER_THRESHOLD,
];

/** A rule as a CloudWatch alarm, without its actions. */
export function renderRule(scope: Construct, rule: AlarmRule, actionsEnabled: boolean): cloudwatch.Alarm {
  const { props } = rule;
  requireWithinLimits(props);
  const common = {
    alarmDescription: descriptionOf(rule),
    actionsEnabled,
    metric: props.metric,
    evaluationPeriods: props.evaluationPeriods ?? 1,
    datapointsToAlarm: props.datapointsToAlarm,
    treatMissingData: props.treatMissingData ?? cloudwatch.TreatMissingData.NOT_BREACHING,
  };
  const alarm = BANDS.includes(props.comparisonOperator)
    ? new cloudwatch.AnomalyDetectionAlarm(scope, props.name, {
        ...common,
        stdDevs: props.threshold,
        comparisonOperator: props.comparisonOperator,
      })
    : new cloudwatch.Alarm(scope, props.name, {
        ...common,
        threshold: props.threshold,
        comparisonOperator: props.comparisonOperator ?? cloudwatch.ComparisonOperator.GREATER_THAN_THRESHOLD,
      });

  // No aws-cdk-lib has these two on the L2, and our floor lacks them on the L1 too.
  const resource = alarm.node.defaultChild as cloudwatch.CfnAlarm;
  if (props.wallClockTimeZone) {
    resource.addPropertyOverride('EvaluationWindow', { WallClockWindow: { Timezone: props.wallClockTimeZone } });
  }
  if (props.warmUp) {
    resource.addPropertyOverride('WarmUpConfiguration', {
      WarmUpPeriodDurationInMinutes: props.warmUp.toMinutes(),
      OnlyStartEvaluatingAfterWarmUpPeriodEnds: true,
    });
  }
  return alarm;
}

function descriptionOf({ props, runbook }: AlarmRule): string {
  const { tier, name, summary, firstCheck } = props;
  const text = `[${tier}] ${summary.charAt(0).toUpperCase()}${summary.slice(1)}. Check first: ${firstCheck}. Runbook: ${runbook}`;
  if (text.length > MAX_DESCRIPTION) {
    throw new Error(
      `the description of rule '${name}' must have at most ${MAX_DESCRIPTION} characters, got ${text.length}: shorten 'summary' or 'firstCheck'`,
    );
  }
  return text;
}

function requireWithinLimits({ name, metric, evaluationPeriods = 1, wallClockTimeZone }: AlarmRuleProps): void {
  const metrics = metricsOf(metric);
  if (metrics.size > MAX_METRICS) {
    throw new Error(`the metric of rule '${name}' must be made of at most ${MAX_METRICS} metrics, got ${metrics.size}`);
  }
  const seconds = periodOf(metric).toSeconds();
  const longest = seconds >= 3600 ? Duration.days(7) : Duration.days(1);
  if (seconds * evaluationPeriods > longest.toSeconds()) {
    throw new Error(
      `rule '${name}' looks at ${evaluationPeriods} periods of ${seconds} s, and CloudWatch at no more than ${longest.toHumanString()} ` +
        `of periods ${seconds >= 3600 ? 'of an hour or more' : 'below one hour'}: have a signal published, or use a CostBudget`,
    );
  }
  if (wallClockTimeZone && !WALL_CLOCK_SECONDS.includes(seconds)) {
    throw new Error(
      `the period of rule '${name}' must be 1 or 5 minutes, an hour, a day or a week to be aligned with 'wallClockTimeZone', got ${seconds} s`,
    );
  }
}

function metricsOf(metric: cloudwatch.IMetric, found: Set<string> = new Set()): Set<string> {
  const { metricStat, mathExpression } = metric.toMetricConfig();
  if (metricStat) {
    const { namespace, metricName, statistic, dimensions } = metricStat;
    found.add(JSON.stringify([namespace, metricName, statistic, dimensions]));
  }
  Object.values(mathExpression?.usingMetrics ?? {}).forEach((used) => metricsOf(used, found));
  return found;
}

function periodOf(metric: cloudwatch.IMetric): Duration {
  const { metricStat, mathExpression } = metric.toMetricConfig();
  return metricStat?.period ?? Duration.seconds(mathExpression?.period ?? 300);
}
