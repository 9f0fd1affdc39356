import { Duration, Token } from 'aws-cdk-lib';
import { AlarmRule, AlarmTier } from './alarm-rule';
import { BedrockMetrics } from './bedrock-metrics';
import { CostMetrics } from './cost-metrics';

/**
 * Options for the default alarm rules.
 */
export interface DefaultAlarmRulesOptions {
  /**
   * The failed calls, in percent of all calls, above which somebody is woken.
   *
   * @default 5
   */
  readonly errorRatePercent?: number;

  /**
   * The calls that five minutes must have for their error rate to count.
   *
   * @default 20
   */
  readonly minimumCalls?: number;

  /**
   * The dollars that may be spent on model calls in one day, in UTC.
   *
   * @default 100
   */
  readonly dailyCostUsd?: number;
}

/**
 * The alarms that every account with Bedrock should have.
 */
export class DefaultAlarmRules {
  /**
   * The default rules over the metrics of a cost meter.
   *
   * @param costMetrics the metrics of the meter
   * @param options thresholds
   */
  public static over(costMetrics: CostMetrics, options: DefaultAlarmRulesOptions = {}): AlarmRule[] {
    const { errorRatePercent = 5, minimumCalls = 20, dailyCostUsd = 100 } = options;
    requireBetween('errorRatePercent', errorRatePercent, 0, 100);
    requireBetween('minimumCalls', minimumCalls, 1, Number.MAX_SAFE_INTEGER);
    requireBetween('dailyCostUsd', dailyCostUsd, Number.MIN_VALUE, Number.MAX_VALUE);

    const bedrock = BedrockMetrics.forAccount();
    return [
      new AlarmRule({
        name: 'ErrorRate',
        tier: AlarmTier.CRITICAL,
        summary: `more than ${errorRatePercent} % of the model calls fail`,
        firstCheck: 'which error code leads in the ledger, and whether one model or one caller has them all',
        metric: bedrock.errorRate(minimumCalls, { period: Duration.minutes(5) }),
        threshold: errorRatePercent,
        evaluationPeriods: 3,
        datapointsToAlarm: 2,
      }),
      new AlarmRule({
        name: 'LogDeliveryFailing',
        tier: AlarmTier.CRITICAL,
        summary: 'Bedrock cannot deliver invocation records: calls are made that nobody meters',
        firstCheck: 'that the log group and the delivery role of the logging configuration exist and fit together',
        metric: bedrock.metricModelInvocationLogsCloudWatchDeliveryFailure({ period: Duration.minutes(5) }),
        threshold: 0,
      }),
      new AlarmRule({
        name: 'DailyCost',
        tier: AlarmTier.CRITICAL,
        summary: `the calls of today (UTC) have cost more than USD ${dailyCostUsd}`,
        firstCheck: 'cost by model on the dashboard, then the top callers in the ledger',
        metric: costMetrics.metricCost({ period: Duration.days(1) }),
        threshold: dailyCostUsd,
        wallClockTimeZone: 'UTC',
      }),
    ];
  }
}

function requireBetween(prop: string, value: number, min: number, max: number): void {
  if (!Token.isUnresolved(value) && !(value >= min && value <= max)) {
    const bound = max >= Number.MAX_SAFE_INTEGER ? (min >= 1 ? `at least ${min}` : 'above 0') : `from ${min} to ${max}`;
    throw new Error(`'${prop}' must be ${bound}, got ${value}`);
  }
}
