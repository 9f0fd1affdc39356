import { Duration } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { AlarmCategory } from '../../../alarm-category';
import { AlarmSource } from '../../../alarm-source';
import { AlarmTier } from '../../../alarm-tier';
import { Signals } from '../../../../engine/telemetry/names';
import { AlarmRow, MetricInputs } from './row';
import { fromLedger, hourly } from './signal-metric';

const { WARNING } = AlarmTier;
const { COST } = AlarmCategory;
const { HISTORY, LEDGER } = AlarmSource;
const HOUR = Duration.hours(1);
const HALF_DAY = Duration.hours(12);
const IGNORE = cloudwatch.TreatMissingData.IGNORE;
const MAX = Number.MAX_VALUE;

/** Alarms that are looked at during business hours. */
export const WARNING_ROWS: readonly AlarmRow[] = [
  {
    name: 'TokensWeekOverWeek',
    tier: WARNING,
    category: COST,
    source: HISTORY,
    summary: (percent) => `the last seven days used more than ${percent} % more tokens than the seven days before`,
    firstCheck: 'tokens by kind on the dashboard, then the callers that are new or have grown',
    metric: hourly(Signals.TOKENS_WEEK_GROWTH),
    threshold: 20,
    reason: 'growth that is too slow for a budget to notice it',
    allowedRange: [0, MAX],
    treatMissingData: IGNORE,
  },
  {
    name: 'LatencyDegrading',
    tier: WARNING,
    source: HISTORY,
    summary: (ratio) => `the p95 latency of yesterday was more than ${ratio} times the average of the seven days before`,
    firstCheck: 'latency by model, and whether prompts or answers have become longer',
    metric: hourly(Signals.LATENCY_DAY_RATIO),
    threshold: 1.3,
    reason: 'half of that is the ordinary difference between days',
    allowedRange: [1, MAX],
    treatMissingData: IGNORE,
  },
  {
    name: 'CacheHitRateFalling',
    tier: WARNING,
    category: COST,
    source: HISTORY,
    summary: (points) =>
      `the prompt cache hit rate of the last 24 hours is more than ${points} percentage points below that of the last seven days`,
    firstCheck: 'whether a deployment changed the beginning of a prompt: the cache matches from the first token',
    metric: hourly(Signals.CACHE_HIT_DROP),
    threshold: 15,
    reason: 'a broken cache costs more than that within hours',
    allowedRange: [0, 100],
    treatMissingData: IGNORE,
  },
  {
    name: 'UnusualRequests',
    tier: WARNING,
    summary: (deviations) =>
      `far more calls are made than CloudWatch expects at this time (more than ${deviations} standard deviations above)`,
    firstCheck: 'calls by caller in the ledger: a launch, a loop, or a leaked credential',
    metric: ({ bedrock }) => bedrock.metricInvocations({ period: Duration.minutes(15) }),
    threshold: 4,
    reason: 'with 2 or 3, an ordinary burst raises the alarm',
    allowedRange: [0.1, 100],
    comparisonOperator: cloudwatch.ComparisonOperator.GREATER_THAN_UPPER_THRESHOLD,
    evaluationPeriods: 3,
  },
  {
    name: 'CompletionRate',
    tier: WARNING,
    source: AlarmSource.LOGGED_TEXT,
    summary: (percent) => `fewer than ${percent} % of the answers are complete: the others were cut off at their output token limit`,
    firstCheck: 'stop reasons by model, and the output token limits of the callers whose answers are cut off',
    metric: completionRate,
    threshold: 95,
    reason: 'if one answer in twenty is cut off, users notice it',
    allowedRange: [0, 100],
    comparisonOperator: cloudwatch.ComparisonOperator.LESS_THAN_THRESHOLD,
    evaluationPeriods: 2,
  },
  {
    name: 'ComponentLatency',
    tier: WARNING,
    source: AlarmSource.SPANS,
    summary: (ms) => `one call in twenty of a tool or retrieval of an application takes longer than ${ms / 1000} s`,
    firstCheck: 'which component it is, in the log of the alarm signals; then its slowest spans',
    metric: ({ signals }) =>
      signals?.publishesSpanSignals ? signals.metric(Signals.COMPONENT_LATENCY, { period: Duration.minutes(5) }) : undefined,
    threshold: 5_000,
    reason: 'agents, models and servers do not count: healthy ones take longer',
    allowedRange: [1, MAX],
    evaluationPeriods: 3,
    // Without spans of tools nothing is slow. Were the last state kept, the alarm would not end at night.
    treatMissingData: cloudwatch.TreatMissingData.NOT_BREACHING,
  },
  {
    name: 'HourlyCost',
    tier: WARNING,
    category: COST,
    source: HISTORY,
    summary: (ratio) => `the last hour cost more than ${ratio} times the same hour of the last seven days`,
    firstCheck: 'cost by model of that hour, then its top callers in the ledger',
    metric: hourly(Signals.COST_HOUR_RATIO),
    threshold: 3,
    reason: 'the same hour, because against the whole day every busy morning would raise the alarm',
    allowedRange: [1, MAX],
    treatMissingData: IGNORE,
  },
  {
    name: 'ModelShare',
    tier: WARNING,
    category: COST,
    source: HISTORY,
    summary: (percent) => `one model causes more than ${percent} % of the cost of the last 24 hours`,
    firstCheck: 'whether a smaller model would do for some of its callers',
    metric: hourly(Signals.MODEL_SHARE),
    threshold: 60,
    reason: 'the value in the AWS guide',
    allowedRange: [0, 100],
    treatMissingData: IGNORE,
  },
  {
    name: 'TokenSpike',
    tier: WARNING,
    category: COST,
    source: HISTORY,
    summary: (ratio) => `the last hour used more than ${ratio} times the tokens of the same hour of the last seven days`,
    firstCheck: 'tokens by kind of that hour, then its top callers in the ledger',
    metric: hourly(Signals.TOKENS_HOUR_RATIO),
    threshold: 2,
    reason: 'the same hour, because against the whole day every busy morning would raise the alarm',
    allowedRange: [1, MAX],
    treatMissingData: IGNORE,
  },
  {
    name: 'CallerCost',
    tier: WARNING,
    category: COST,
    source: LEDGER,
    summary: (ratio) => `in the last 24 hours a role has spent more than ${ratio} times its average day of the last seven`,
    firstCheck: 'which role it is, in the log of the alarm signals; then its calls by model and hour',
    metric: fromLedger(Signals.CALLER_DAY_RATIO, HALF_DAY),
    threshold: 2,
    reason: 'by role, not by session; a new role is compared with USD 5',
    allowedRange: [1, MAX],
    treatMissingData: IGNORE,
  },
  {
    name: 'InputOutputRatio',
    tier: WARNING,
    category: COST,
    source: LEDGER,
    summary: (ratio) => `the last hour sent more than ${ratio} tokens for each token it received`,
    firstCheck: 'callers by input tokens: they may send whole documents or histories for short answers, without the prompt cache',
    metric: fromLedger(Signals.INPUT_OUTPUT_RATIO),
    threshold: 20,
    reason: 'cache reads do not count as sent',
    allowedRange: [1, MAX],
    treatMissingData: IGNORE,
  },
  {
    name: 'LargeCall',
    tier: WARNING,
    category: COST,
    source: LEDGER,
    summary: (tokens) => `one call used more than ${tokens.toLocaleString('en-US')} tokens that were not read from the prompt cache`,
    firstCheck: 'the ten heaviest calls in the ledger: model, caller, request id',
    metric: fromLedger(Signals.LARGEST_CALL),
    threshold: 20_000,
    reason: 'cache reads do not count, because long cached contexts are usual',
    allowedRange: [1, MAX],
    treatMissingData: IGNORE,
  },
  {
    name: 'WastedTokens',
    tier: WARNING,
    category: COST,
    source: LEDGER,
    summary: (tokens) =>
      `in the last 24 hours a caller sent more than ${tokens.toLocaleString('en-US')} tokens in large prompts with very short answers`,
    firstCheck: 'which caller it is, in the log of the alarm signals; then its calls by operation',
    metric: fromLedger(Signals.WASTED_TOKENS, HALF_DAY),
    threshold: 100_000,
    reason: 'the value in the AWS guide',
    allowedRange: [1, MAX],
    treatMissingData: IGNORE,
  },
  {
    name: 'CrossRegionLatency',
    tier: WARNING,
    source: HISTORY,
    summary: (ms) => `one call in twenty through a cross-Region inference profile takes longer than ${ms / 1000} s`,
    firstCheck: 'latency by inference Region in the ledger, and whether the same model is faster in one Region',
    metric: hourly(Signals.CROSS_REGION_LATENCY),
    threshold: 10_000,
    reason: 'the value in the AWS guide; long answers need more',
    allowedRange: [1, MAX],
    treatMissingData: IGNORE,
  },
  {
    name: 'UnpricedCalls',
    tier: WARNING,
    category: COST,
    summary: (count) =>
      count > 0
        ? `more than ${count} calls of an hour have no price: the cost is higher than shown`
        : 'calls have no price: the cost is higher than shown',
    firstCheck: 'which model it is and why, in the ledger; then add its price or update the catalogue',
    metric: ({ cost }) => cost.metricUnpriced({ period: HOUR }),
    threshold: 0,
    reason: 'their cost is unknown, so every sum is too low',
    allowedRange: [0, MAX],
  },
  {
    name: 'QuotaUsage',
    tier: WARNING,
    source: HISTORY,
    summary: (percent) => `a model uses more than ${percent} % of its tokens-per-minute quota`,
    firstCheck: 'which model it is, in the log of the quota function; then the output token limits of its callers, and the quota itself',
    metric: ({ signals }) => signals?.metric(Signals.QUOTA_USAGE, { period: Duration.minutes(15) }),
    threshold: 80,
    reason: 'the quota is read from the account every six hours',
    allowedRange: [0, 100],
    treatMissingData: IGNORE,
  },
];

/** Complete answers in percent of those whose stop reason is known: complete, or cut off by the token limit. */
function completionRate({ cost, textLogged, minimumCalls }: MetricInputs): cloudwatch.IMetric | undefined {
  return textLogged
    ? new cloudwatch.MathExpression({
        expression: `IF(FILL(whole, 0) + FILL(cut, 0) >= ${minimumCalls}, 100 * FILL(whole, 0) / (FILL(whole, 0) + FILL(cut, 0)), 100)`,
        usingMetrics: { whole: cost.metricCompleted({ period: HOUR }), cut: cost.metricTruncated({ period: HOUR }) },
        label: 'Completion rate (%)',
        period: HOUR,
      })
    : undefined;
}
