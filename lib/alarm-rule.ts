import { Token } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';

/**
 * How urgent an alarm is, hence whom it reaches.
 */
export enum AlarmTier {
  /**
   * Somebody is woken.
   */
  CRITICAL = 'critical',

  /**
   * Somebody looks at it during business hours.
   */
  WARNING = 'warning',
}

/**
 * Properties for defining an AlarmRule.
 */
export interface AlarmRuleProps {
  /**
   * What the alarm is called, in PascalCase, for example `ErrorRate`. Unique among the rules that are rendered together.
   */
  readonly name: string;

  /**
   * Whom the alarm reaches.
   */
  readonly tier: AlarmTier;

  /**
   * What is wrong when the alarm fires, in plain words.
   */
  readonly summary: string;

  /**
   * What to check first.
   */
  readonly firstCheck: string;

  /**
   * The metric or math expression that is watched, with its period.
   */
  readonly metric: cloudwatch.IMetric;

  /**
   * The value at which the alarm fires.
   */
  readonly threshold: number;

  /**
   * How the metric is compared with the threshold.
   *
   * @default ComparisonOperator.GREATER_THAN_THRESHOLD
   */
  readonly comparisonOperator?: cloudwatch.ComparisonOperator;

  /**
   * How many periods are looked at.
   *
   * @default 1
   */
  readonly evaluationPeriods?: number;

  /**
   * How many of those periods must breach the threshold.
   *
   * @default - all of them
   */
  readonly datapointsToAlarm?: number;

  /**
   * What a period without data means. Idle Bedrock publishes nothing.
   *
   * @default TreatMissingData.NOT_BREACHING
   */
  readonly treatMissingData?: cloudwatch.TreatMissingData;

  /**
   * The time zone in which the period is aligned to the clock, so that a period of one day means today.
   *
   * @default - the period slides
   */
  readonly wallClockTimeZone?: string;
}

/**
 * One alarm as a value: what is watched, when it fires, whom it reaches and what the reader should do.
 */
export class AlarmRule {
  constructor(
    /**
     * The properties of this rule.
     */
    public readonly props: AlarmRuleProps,
  ) {
    const { name, threshold, evaluationPeriods = 1, datapointsToAlarm = evaluationPeriods } = props;
    if (!/^[A-Z][A-Za-z0-9]{0,63}$/.test(name)) {
      throw new Error(`'name' must be PascalCase with at most 64 letters and digits, got '${name}'`);
    }
    if (!Token.isUnresolved(threshold) && !Number.isFinite(threshold)) {
      throw new Error(`'threshold' of rule '${name}' must be a finite number, got ${threshold}`);
    }
    if (datapointsToAlarm < 1 || datapointsToAlarm > evaluationPeriods) {
      throw new Error(
        `'datapointsToAlarm' of rule '${name}' must be between 1 and its evaluationPeriods ${evaluationPeriods}, got ${datapointsToAlarm}`,
      );
    }
  }

  /**
   * The same rule with another threshold.
   *
   * @param threshold the value at which the alarm fires
   */
  public withThreshold(threshold: number): AlarmRule {
    return new AlarmRule({ ...this.props, threshold });
  }
}
