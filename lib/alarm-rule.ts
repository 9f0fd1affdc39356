import { Duration, Token } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { AlarmCategory } from './alarm-category';
import { AlarmSource } from './alarm-source';
import { AlarmTier } from './alarm-tier';
import { runbookUrl } from './private/alarms/runbook-url';
import { requireUsable } from './private/usable';
import { requireKnown, requireMember } from './private/validation';

/**
 * Properties for defining an AlarmRule.
 */
export interface AlarmRuleProps {
  /**
   * The name of the alarm in PascalCase, for example `ErrorRate`. Unique among the rules of one `TieredAlarms`.
   */
  readonly name: string;

  /**
   * How urgent the alarm is.
   */
  readonly tier: AlarmTier;

  /**
   * What the alarm is about.
   *
   * @default AlarmCategory.SERVICE
   */
  readonly category?: AlarmCategory;

  /**
   * What is wrong when the alarm fires, as a sentence in lower case without a full stop.
   */
  readonly summary: string;

  /**
   * What to check first when the alarm fires.
   */
  readonly firstCheck: string;

  /**
   * Where the alarm is explained: a path or a URL.
   *
   * @default - the page of this library that has the name of the rule in kebab-case, at `runbooksUrl` of `TieredAlarms`
   */
  readonly runbook?: string;

  /**
   * Where the numbers of the alarm come from. It documents the rule and has no effect on the alarm.
   *
   * @default AlarmSource.METADATA
   */
  readonly source?: AlarmSource;

  /**
   * The metric or math expression that is watched, with its period.
   */
  readonly metric: cloudwatch.IMetric;

  /**
   * The value, in the unit of the metric, with which the metric is compared. For a comparison with an anomaly band it is the
   * width of the band in standard deviations.
   */
  readonly threshold: number;

  /**
   * How the metric is compared with the threshold.
   *
   * @default ComparisonOperator.GREATER_THAN_THRESHOLD
   */
  readonly comparisonOperator?: cloudwatch.ComparisonOperator;

  /**
   * How many of the latest periods are evaluated.
   *
   * @default 1
   */
  readonly evaluationPeriods?: number;

  /**
   * How many of the evaluated periods must breach the threshold for the alarm to fire.
   *
   * @default - all of them
   */
  readonly datapointsToAlarm?: number;

  /**
   * How a period without data is evaluated. Bedrock publishes no data for a period without calls.
   *
   * @default TreatMissingData.NOT_BREACHING
   */
  readonly treatMissingData?: cloudwatch.TreatMissingData;

  /**
   * The time zone in which the period is aligned to the clock, for example `Europe/Berlin`. CloudWatch then evaluates complete
   * periods only: a day is evaluated once it is over.
   *
   * @default - the period slides and is evaluated every minute
   */
  readonly wallClockTimeZone?: string;

  /**
   * The time after its creation during which the alarm evaluates nothing.
   *
   * @default - the alarm evaluates from its creation on
   */
  readonly warmUp?: Duration;
}

/**
 * One alarm as a value: what is watched, when it fires, how urgent it is and what to do about it.
 */
export class AlarmRule {
  /**
   * The name of the alarm.
   */
  public readonly name: string;

  /**
   * How urgent the alarm is.
   */
  public readonly tier: AlarmTier;

  /**
   * What the alarm is about.
   */
  public readonly category: AlarmCategory;

  /**
   * The metric or math expression that is watched.
   */
  public readonly metric: cloudwatch.IMetric;

  /**
   * The value with which the metric is compared.
   */
  public readonly threshold: number;

  /**
   * The properties of this rule.
   *
   * @internal
   */
  public readonly _props: AlarmRuleProps;

  constructor(props: AlarmRuleProps) {
    const { name, threshold, evaluationPeriods = 1, datapointsToAlarm = evaluationPeriods } = props;
    requireKnown('name', name);
    Object.entries({ evaluationPeriods, datapointsToAlarm, warmUp: props.warmUp }).forEach(([prop, value]) =>
      requireKnown(`${prop}' of rule '${name}`, value),
    );
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
        `'datapointsToAlarm' of rule '${name}' must be from 1 to its 'evaluationPeriods' ${evaluationPeriods}, got ${datapointsToAlarm}`,
      );
    }
    requireKinds(props);
    this.name = name;
    this.tier = props.tier;
    this.category = props.category ?? AlarmCategory.SERVICE;
    this.metric = props.metric;
    this.threshold = threshold;
    this._props = props;
  }

  /**
   * Where the alarm is explained.
   */
  public get runbook(): string {
    return this._runbookAt();
  }

  /**
   * Where the alarm is explained, if the runbooks of this library are at a URL.
   *
   * @internal
   */
  public _runbookAt(runbooksUrl?: string): string {
    const kebabCase = this.name.replace(/(?<=[a-z0-9])(?=[A-Z])/g, '-').toLowerCase();
    return this._props.runbook ?? runbookUrl(kebabCase, runbooksUrl);
  }

  /**
   * The same rule with another threshold. The summary is not changed, even where it names the old threshold.
   *
   * @param threshold the value with which the metric is compared
   */
  public withThreshold(threshold: number): AlarmRule {
    return new AlarmRule({ ...this._props, threshold });
  }
}

/** What is wrong for rules of any kind. */
function requireKinds(props: AlarmRuleProps): void {
  const { name, tier, category = AlarmCategory.SERVICE, warmUp } = props;
  const minutes = warmUp?.toMinutes({ integral: false }) ?? 0;
  if (!Number.isInteger(minutes)) {
    throw new Error(`'warmUp' of rule '${name}' must be whole minutes, got ${minutes}`);
  }
  requireMember('tier', tier, AlarmTier);
  requireMember('category', category, AlarmCategory);
  requireUsable(props);
}
