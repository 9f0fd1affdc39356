import { Token } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as sns from 'aws-cdk-lib/aws-sns';
import { AgentMeter } from './agent-meter';
import { AlarmRule } from './alarm-rule';
import { AlarmSignals } from './alarm-signals';
import { AlarmSource } from './alarm-source';
import { BedrockMetrics } from './bedrock-metrics';
import { ICostMeter } from './cost-meter-interface';
import { CostMetrics } from './cost-metrics';
import { AlarmRow, MetricInputs } from './private/alarms/table/row';
import { ALARM_ROWS } from './private/alarms/table/rows';
import { LEVELS } from './private/levels';
import { requireUsable } from './private/usable';
import { requireKnown, requireMember } from './private/validation';
import { ObservabilityLevel } from './observability-level';
import { IPriceCatalogue } from './price-catalogue-interface';

/**
 * Choices about the default alarm rules that do not depend on where their metrics come from.
 */
export interface DefaultAlarmRulesOptions {
  /**
   * Thresholds by the name of their rule, for example `{ ErrorRate: 10, Latency: 30000 }`.
   *
   * @default - the thresholds in docs/alarms.md
   */
  readonly thresholds?: { [rule: string]: number };

  /**
   * The names of rules to leave out.
   *
   * @default - no rule is left out whose metric is available
   */
  readonly exclude?: string[];

  /**
   * The calls that a period must have for its ratios and percentiles to count.
   *
   * @default 20
   */
  readonly minimumCalls?: number;
}

/**
 * Properties for `DefaultAlarmRules.forMetrics`: choices, and further sources of metrics.
 */
export interface DefaultAlarmRulesProps extends DefaultAlarmRulesOptions {
  /**
   * The signals that compute what needs a week of history, single calls or spans.
   *
   * @default - the rules that need history, the ledger or spans are left out
   */
  readonly signals?: AlarmSignals;

  /**
   * The meter whose own health is watched.
   *
   * @default - the rules about the meter itself are left out
   */
  readonly costMeter?: ICostMeter;

  /**
   * The prices whose refresh is watched.
   *
   * @default - the rules about prices are left out
   */
  readonly prices?: IPriceCatalogue;

  /**
   * The meter of agents whose spans and costs are watched.
   *
   * @default - the rules about agents are left out, but for that over managed agents
   */
  readonly agentMeter?: AgentMeter;

  /**
   * The topics to which alarms and digests are sent, at most ten. Messages that they cannot deliver are watched.
   *
   * @default - the rule about undelivered messages is left out
   */
  readonly topics?: sns.ITopic[];

  /**
   * The log group of a CloudTrail trail, from whose events `LoggingChanged` and the security dashboard learn who changes the
   * logging. That it goes on is watched.
   *
   * @default - the rule about the trail is left out
   */
  readonly trailLogGroup?: logs.ILogGroupRef;

  /**
   * Whether Bedrock logs prompts and answers as text. The reason why an answer ended is known only then.
   *
   * @default true
   */
  readonly textLogged?: boolean;

  /**
   * The level whose rules are wanted. Rules that use `signals`, `agentMeter`, `topics` or `trailLogGroup` are there wherever these are
   * given.
   *
   * @default - the rules of all levels
   */
  readonly level?: ObservabilityLevel;
}

/** An alarm reads at most ten metrics. Source: CloudWatch API reference, PutMetricAlarm. */
const MAX_TOPICS = 10;

/** Where rules get their numbers through `AlarmSignals`. */
const { LEDGER, HISTORY, SPANS, CLOUD_TRAIL } = AlarmSource;
const OF_SIGNALS: readonly (AlarmSource | undefined)[] = [LEDGER, HISTORY, SPANS, CLOUD_TRAIL];

/**
 * The alarms that every account with Bedrock should have.
 */
export class DefaultAlarmRules {
  /**
   * The default rules, with metrics of Bedrock and of a cost meter.
   *
   * @param costMetrics the metrics of the meter
   * @param props further sources of metrics, thresholds, and rules to leave out
   */
  public static forMetrics(costMetrics: CostMetrics, props: DefaultAlarmRulesProps = {}): AlarmRule[] {
    const { thresholds = {}, exclude = [], minimumCalls = 20 } = props;
    [exclude, ...exclude].forEach((name) => requireKnown('exclude', name));
    requireMember('level', props.level ?? ObservabilityLevel.BASIC, ObservabilityLevel);
    Object.entries(thresholds).forEach(([rule, threshold]) => requireKnown(`thresholds.${rule}`, threshold));
    requireRuleNames('thresholds', Object.keys(thresholds));
    requireRuleNames('exclude', exclude);
    if (!Token.isUnresolved(minimumCalls) && !(minimumCalls >= 1 && Number.isFinite(minimumCalls))) {
      throw new Error(`'minimumCalls' must be at least 1, got ${minimumCalls}`);
    }
    requireUsable(props);
    requireFewTopics(props.topics);
    const inputs: MetricInputs = {
      bedrock: BedrockMetrics.forAccount(),
      cost: costMetrics,
      textLogged: props.textLogged ?? true,
      minimumCalls,
      signals: props.signals,
      meter: props.costMeter,
      prices: props.prices,
      agents: props.agentMeter,
      topics: props.topics,
      trail: props.trailLogGroup,
    };
    const ofLevel = props.level && LEVELS[props.level].rules;
    const notAskedFor = { ...inputs, signals: undefined, agents: undefined, topics: undefined, trail: undefined };
    return ALARM_ROWS.filter(({ name }) => !exclude.includes(name)).flatMap((row) => {
      const metric = row.metric(inputs);
      const isWanted = ofLevel?.includes(row.name) ?? true;
      return metric && (isWanted || !row.metric(notAskedFor)) ? [ruleOf(row, metric, thresholds[row.name] ?? row.threshold)] : [];
    });
  }

  /**
   * Whether a rule that is not left out gets its numbers through `AlarmSignals`.
   *
   * @internal
   */
  public static _needSignals({ exclude = [] }: DefaultAlarmRulesOptions): boolean {
    return ALARM_ROWS.some(({ name, source }) => OF_SIGNALS.includes(source) && !exclude.includes(name));
  }
}

function ruleOf({ allowedRange, ...row }: AlarmRow, metric: cloudwatch.IMetric, threshold: number): AlarmRule {
  const [min, max] = allowedRange;
  if (!(threshold >= min && threshold <= max)) {
    const allowed = max === Number.MAX_VALUE ? `at least ${min}` : min === max ? `${min}` : `from ${min} to ${max}`;
    throw new Error(`'thresholds.${row.name}' must be ${allowed}, got ${threshold}`);
  }
  return new AlarmRule({ ...row, metric, threshold, summary: row.summary(threshold) });
}

function requireFewTopics(topics: sns.ITopic[] = []): void {
  if (topics.length > MAX_TOPICS) {
    throw new Error(
      `'topics' must be at most ${MAX_TOPICS}, the metrics that one alarm may read, got ${topics.length}: watch the others by a rule of your own`,
    );
  }
}

function requireRuleNames(prop: string, given: readonly string[]): void {
  const names = ALARM_ROWS.map(({ name }) => name);
  const unknown = given.find((name) => !names.includes(name));
  if (unknown !== undefined) {
    throw new Error(`'${prop}' must hold names of default rules (${names.join(', ')}), got '${unknown}'`);
  }
}
