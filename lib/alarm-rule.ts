import { Duration, Token } from 'aws-cdk-lib';
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
 * What an alarm is about, hence how it is announced.
 */
export enum AlarmCategory {
  /**
   * A symptom of an outage. Outages have many symptoms: they are announced together, once per tier.
   */
  SERVICE = 'service',

  /**
   * Money. Announced by itself, to FinOps too, and never silenced by a maintenance.
   */
  COST = 'cost',

  /**
   * The observability itself. Announced by itself, and never silenced by a maintenance.
   */
  TELEMETRY = 'telemetry',
}

/**
 * Where an alarm gets its numbers from.
 */
export enum AlarmSource {
  /**
   * Metrics that Bedrock, Lambda or CloudWatch Logs publish, or the cost meter from the bare metadata of a call.
   */
  METADATA = 'metadata',

  /**
   * Metrics of the cost meter that need logged request and response bodies.
   */
  LOGGED_TEXT = 'loggedText',

  /**
   * The ledger of single calls, read by the alarm signals.
   */
  LEDGER = 'ledger',

  /**
   * A week of metrics, read by the alarm signals.
   */
  HISTORY = 'history',

  /**
   * Spans, read by the alarm signals.
   */
  SPANS = 'spans',
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
   * What the alarm is about.
   *
   * @default AlarmCategory.SERVICE
   */
  readonly category?: AlarmCategory;

  /**
   * What is wrong when the alarm fires, in plain words.
   */
  readonly summary: string;

  /**
   * What to check first.
   */
  readonly firstCheck: string;

  /**
   * Where the alarm is explained: a path or an address.
   *
   * @default - `docs/runbooks/` and the name in kebab-case, in the documentation of this library
   */
  readonly runbook?: string;

  /**
   * Where its numbers come from.
   *
   * @default AlarmSource.METADATA
   */
  readonly source?: AlarmSource;

  /**
   * The metric or math expression that is watched, with its period.
   */
  readonly metric: cloudwatch.IMetric;

  /**
   * The value at which the alarm fires. For a comparison with an anomaly band: the width of the band in standard deviations.
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
   * The time zone in which the period is aligned to the clock. CloudWatch then looks at complete periods only: a day is
   * judged once it is over.
   *
   * @default - the period slides, and is judged every minute
   */
  readonly wallClockTimeZone?: string;

  /**
   * How long the alarm waits after its creation before it judges anything.
   *
   * @default - it judges at once
   */
  readonly warmUp?: Duration;
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
    if (!Number.isInteger(evaluationPeriods) || evaluationPeriods < 1) {
      throw new Error(`'evaluationPeriods' of rule '${name}' must be a whole number of at least 1, got ${evaluationPeriods}`);
    }
    if (!Number.isInteger(datapointsToAlarm) || datapointsToAlarm < 1 || datapointsToAlarm > evaluationPeriods) {
      throw new Error(
        `'datapointsToAlarm' of rule '${name}' must be between 1 and its evaluationPeriods ${evaluationPeriods}, got ${datapointsToAlarm}`,
      );
    }
  }

  /**
   * Where the alarm is explained.
   */
  public get runbook(): string {
    const kebab = this.props.name.replace(/(?<=[a-z0-9])(?=[A-Z])/g, '-').toLowerCase();
    return this.props.runbook ?? `docs/runbooks/${kebab}.md of cdk-bedrock-observability`;
  }

  /**
   * The same rule with another threshold. The summary keeps its words.
   *
   * @param threshold the value at which the alarm fires
   */
  public withThreshold(threshold: number): AlarmRule {
    return new AlarmRule({ ...this.props, threshold });
  }
}
