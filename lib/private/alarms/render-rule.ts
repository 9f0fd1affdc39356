import { Duration, Stack, Token } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';
import { AlarmRule, AlarmRuleProps } from '../../alarm-rule';
import { requireTimeZone } from '../validation';
import { alarmNameOf, AlarmSetting } from './alarm-name';

// Limits of CloudWatch alarms. Source: API reference of PutMetricAlarm.
const MAX_METRICS = 10;
const MAX_DESCRIPTION = 1024;
const WALL_CLOCK_SECONDS = [60, 300, 3600, 86400, 604800];

/** Comparisons with the band that CloudWatch expects, instead of with a value. */
const BAND_COMPARISONS: readonly (cloudwatch.ComparisonOperator | undefined)[] = [
  cloudwatch.ComparisonOperator.GREATER_THAN_UPPER_THRESHOLD,
  cloudwatch.ComparisonOperator.LESS_THAN_LOWER_THRESHOLD,
  cloudwatch.ComparisonOperator.LESS_THAN_LOWER_OR_GREATER_THAN_UPPER_THRESHOLD,
];

/** Makes the CloudWatch alarm of a rule, without actions. */
export function renderRule(scope: Construct, rule: AlarmRule, setting: AlarmSetting): cloudwatch.Alarm {
  const { _props: props } = rule;
  const { actionsEnabled, runbooksUrl, namePrefix } = setting;
  requireWithinLimits(props);
  requireRegionOfMetric(scope, props);
  const common = {
    alarmName: alarmNameOf(namePrefix, props.name),
    alarmDescription: descriptionOf(rule, runbooksUrl),
    actionsEnabled,
    metric: props.metric,
    evaluationPeriods: props.evaluationPeriods ?? 1,
    datapointsToAlarm: props.datapointsToAlarm,
    treatMissingData: props.treatMissingData ?? cloudwatch.TreatMissingData.NOT_BREACHING,
  };
  const alarm = BAND_COMPARISONS.includes(props.comparisonOperator)
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

  // Overrides, because cloudwatch.Alarm has neither of the two and CfnAlarm of the lowest supported aws-cdk-lib neither.
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

function descriptionOf(rule: AlarmRule, runbooksUrl: string | undefined): string {
  const { tier, name, summary, firstCheck } = rule._props;
  const sentences = [
    `${summary.charAt(0).toUpperCase()}${summary.slice(1)}`,
    `Seen in ${seenIn(rule._props)}`,
    `Check first: ${firstCheck}`,
  ];
  const text = `[${tier}] ${sentences.join('. ')}. Runbook: ${rule._runbookAt(runbooksUrl)}`;
  if (text.length > MAX_DESCRIPTION) {
    throw new Error(
      `'summary' and 'firstCheck' of rule '${name}' must make a description of at most ${MAX_DESCRIPTION} characters, got ${text.length}: shorten them`,
    );
  }
  return text;
}

/** Since when something has been wrong, as far as an alarm can say it: the periods that it looked at. */
export function seenIn({ metric, evaluationPeriods: n = 1, datapointsToAlarm: m = n }: AlarmRuleProps): string {
  const period = periodOf(metric).toHumanString();
  if (n === 1) {
    return `the last ${period.replace(/^1 /, '')}`;
  }
  return `${m === n ? 'each' : m} of the last ${n} periods of ${period}`;
}

function requireWithinLimits({ name, metric, evaluationPeriods = 1, wallClockTimeZone }: AlarmRuleProps): void {
  const metrics = metricsOf(metric);
  if (metrics.size > MAX_METRICS) {
    throw new Error(`'metric' of rule '${name}' must be made of at most ${MAX_METRICS} metrics, got ${metrics.size}`);
  }
  const seconds = periodOf(metric).toSeconds();
  const longest = seconds >= 3600 ? Duration.days(7) : Duration.days(1);
  if (seconds * evaluationPeriods > longest.toSeconds()) {
    throw new Error(
      `'evaluationPeriods' of rule '${name}' must not exceed ${longest.toHumanString()} with periods ` +
        `${seconds >= 3600 ? 'of an hour or more' : 'below an hour'}, got ${evaluationPeriods} periods of ${seconds} s: ` +
        'watch a metric of AlarmSignals, or use a CostBudget',
    );
  }
  if (wallClockTimeZone !== undefined) {
    requireTimeZone(wallClockTimeZone, 'wallClockTimeZone');
  }
  if (wallClockTimeZone && !WALL_CLOCK_SECONDS.includes(seconds)) {
    throw new Error(
      `'metric' of rule '${name}' must have a period of 1 or 5 minutes, an hour, a day or a week to be aligned with 'wallClockTimeZone', got ${seconds} s`,
    );
  }
}

/** CloudWatch evaluates an alarm where its metrics are. */
function requireRegionOfMetric(scope: Construct, { name, metric }: AlarmRuleProps): void {
  const here = Stack.of(scope).region;
  const found = regionsOf(metric).find((region) => !Token.isUnresolved(region) && !Token.isUnresolved(here) && region !== here);
  if (found !== undefined) {
    throw new Error(
      `'metric' of rule '${name}' must be in the region of the stack, which is ${here}, got ${found}: ` +
        `construct '${scope.node.path}' in a stack of that region`,
    );
  }
}

function regionsOf(metric: cloudwatch.IMetric): string[] {
  const { metricStat, mathExpression } = metric.toMetricConfig();
  const used = Object.values(mathExpression?.usingMetrics ?? {}).flatMap(regionsOf);
  return metricStat?.region === undefined ? used : [metricStat.region, ...used];
}

/** The metrics of an expression, each once, as CloudWatch counts them. */
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
