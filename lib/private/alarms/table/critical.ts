import { Duration } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { AlarmCategory } from '../../../alarm-category';
import { AlarmSource } from '../../../alarm-source';
import { AlarmTier } from '../../../alarm-tier';
import { Signals } from '../../../../engine/telemetry/names';
import { AlarmRow, MetricInputs } from './row';

const { CRITICAL } = AlarmTier;
const FIVE_MINUTES = Duration.minutes(5);

/** Alarms that page the person on call. */
export const CRITICAL_ROWS: readonly AlarmRow[] = [
  {
    name: 'ErrorRate',
    tier: CRITICAL,
    summary: (percent) => `more than ${percent} % of the model calls fail`,
    firstCheck: 'which error code leads in the ledger, and whether one model or one caller has them all',
    metric: ({ bedrock, minimumCalls }) => bedrock.metricErrorRate(minimumCalls, { period: FIVE_MINUTES }),
    threshold: 5,
    reason: 'with fewer periods or a lower rate, chance alone raised the alarm once a month in the simulation',
    allowedRange: [0, 100],
    // Three in a row: with two of three, failures by chance fired the alarm once in the simulated month of test/alarms.
    evaluationPeriods: 3,
  },
  {
    name: 'Latency',
    tier: CRITICAL,
    summary: (ms) => `one call in twenty takes longer than ${ms / 1000} s`,
    firstCheck: 'latency by model on the dashboard: one model, or all of them',
    metric: latencyOfBusyPeriods,
    threshold: 10_000,
    reason: 'the value in the AWS guide; long answers need more',
    allowedRange: [1, Number.MAX_VALUE],
    evaluationPeriods: 3,
  },
  {
    name: 'DailyCost',
    tier: CRITICAL,
    category: AlarmCategory.COST,
    source: AlarmSource.HISTORY,
    summary: (percent) => `the calls of today have cost more than ${percent} % of an average day of the last seven`,
    firstCheck: 'cost by model on the dashboard, then the top callers in the ledger',
    metric: ({ signals }) => signals?.metric(Signals.COST_TODAY_PERCENT, { period: FIVE_MINUTES }),
    threshold: 150,
    reason: 'a working day is about 120 % of an average with weekends',
    allowedRange: [100, Number.MAX_VALUE],
    treatMissingData: cloudwatch.TreatMissingData.IGNORE,
  },
  {
    name: 'ModelUnavailable',
    tier: CRITICAL,
    source: AlarmSource.HISTORY,
    summary: () => 'a model only answers with server errors or throttles, and with no success at all',
    firstCheck: 'which model it is, in the log of the alarm signals; then the AWS Health dashboard and the quota of the model',
    metric: ({ signals }) => signals?.metric(Signals.MODELS_UNAVAILABLE, { period: FIVE_MINUTES }),
    threshold: 0,
    reason: 'a single success shows that the model is available',
    allowedRange: [0, 100],
    evaluationPeriods: 2,
    treatMissingData: cloudwatch.TreatMissingData.IGNORE,
  },
  {
    name: 'AgentErrorRate',
    tier: CRITICAL,
    summary: (percent) => `more than ${percent} % of the agent invocations fail`,
    firstCheck: 'server or client errors in AWS/Bedrock/Agents, then the trace of a failed invocation',
    metric: agentErrorRate,
    threshold: 10,
    reason: 'over 15 minutes, so that one failed call of an action group raises no alarm',
    allowedRange: [0, 100],
    evaluationPeriods: 3,
  },
  {
    name: 'ComponentErrors',
    tier: CRITICAL,
    source: AlarmSource.SPANS,
    summary: (count) => `one component of an application has had more than ${count} errors in 15 minutes`,
    firstCheck: 'which component it is, in the log of the alarm signals; then its spans with status ERROR',
    metric: ({ signals }) =>
      signals?.publishesSpanSignals ? signals.metric(Signals.COMPONENT_ERRORS, { period: FIVE_MINUTES }) : undefined,
    threshold: 10,
    reason: 'a count, because components are called at very different rates',
    allowedRange: [0, Number.MAX_VALUE],
    treatMissingData: cloudwatch.TreatMissingData.IGNORE,
  },
  {
    name: 'LogDeliveryFailing',
    tier: CRITICAL,
    category: AlarmCategory.TELEMETRY,
    summary: () => 'Bedrock cannot deliver invocation records, or calls are made and no record of them arrives: their cost is not counted',
    firstCheck: 'that the log group and the delivery role of the logging configuration exist and fit together',
    metric: meterIsBlind,
    threshold: 0,
    reason: 'records that are a quarter of an hour late are late, not lost',
    allowedRange: [0, 0],
    // Four of six periods: records that arrive up to 15 minutes late do not fire the alarm.
    evaluationPeriods: 6,
    datapointsToAlarm: 4,
  },
];

/** 0 in periods with few calls, where a percentile is the latency of a single call and no fact about the service. */
function latencyOfBusyPeriods({ bedrock, minimumCalls }: MetricInputs): cloudwatch.IMetric {
  const period = FIVE_MINUTES;
  return new cloudwatch.MathExpression({
    expression: `IF(FILL(calls, 0) >= ${minimumCalls}, latency, 0)`,
    usingMetrics: {
      calls: bedrock.metricInvocationLatency({ period, statistic: cloudwatch.Stats.SAMPLE_COUNT }),
      latency: bedrock.metricInvocationLatency({ period }),
    },
    label: 'p95 latency (ms)',
    period,
  });
}

/**
 * Failed invocations in percent. The divisor is at least the number of failures, because AWS does not document whether
 * `InvocationCount` includes them.
 */
function agentErrorRate({ minimumCalls }: MetricInputs): cloudwatch.IMetric {
  const period = FIVE_MINUTES;
  const metric = (metricName: string) =>
    new cloudwatch.Metric({
      namespace: 'AWS/Bedrock/Agents',
      metricName,
      dimensionsMap: { Operation: 'InvokeAgent' },
      statistic: cloudwatch.Stats.SUM,
      period,
    });
  const errors = new cloudwatch.MathExpression({
    expression: 'FILL(agentClient, 0) + FILL(agentServer, 0)',
    usingMetrics: { agentClient: metric('InvocationClientErrors'), agentServer: metric('InvocationServerErrors') },
    period,
  });
  const calls = new cloudwatch.MathExpression({
    expression: 'MAX([FILL(agentCalls, 0), agentErrors])',
    usingMetrics: { agentCalls: metric('InvocationCount'), agentErrors: errors },
    period,
  });
  return new cloudwatch.MathExpression({
    expression: `IF(agentTotal >= ${minimumCalls}, 100 * agentErrors / agentTotal, 0)`,
    usingMetrics: { agentTotal: calls, agentErrors: errors },
    label: 'Agent error rate (%)',
    period,
  });
}

/**
 * 1 where Bedrock reports undelivered records, and where Bedrock counts calls and the meter none: a deleted logging
 * configuration or log group causes no delivery failure.
 */
function meterIsBlind({ bedrock, cost, minimumCalls }: MetricInputs): cloudwatch.IMetric {
  const period = FIVE_MINUTES;
  return new cloudwatch.MathExpression({
    expression: `IF(FILL(failures, 0) > 0 OR (FILL(invocations, 0) >= ${minimumCalls} AND FILL(metered, 0) == 0), 1, 0)`,
    usingMetrics: {
      failures: bedrock.metricModelInvocationLogsCloudWatchDeliveryFailure({ period }),
      invocations: bedrock.metricInvocations({ period }),
      metered: cost.metricCalls({ period }),
    },
    label: 'Unmetered',
    period,
  });
}
