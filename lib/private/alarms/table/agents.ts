import { Duration } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { AgentMetrics } from '../../../../engine/telemetry/agent-names';
import { Attributes } from '../../../../engine/telemetry/names';
import { AlarmCategory } from '../../../alarm-category';
import { AlarmSource } from '../../../alarm-source';
import { AlarmTier } from '../../../alarm-tier';
import { AgentMeter } from '../../../agent-meter';
import { filled } from './filled';
import { AlarmRow, MetricInputs } from './row';

const { CRITICAL, WARNING } = AlarmTier;
const FIVE_MINUTES = Duration.minutes(5);
const QUARTER = Duration.minutes(15);
const MAX = Number.MAX_VALUE;

const OF_AGENTS = { source: AlarmSource.AGENTS } satisfies Partial<AlarmRow>;

/** A metric of the join, which publishes each five minutes. If it stops, AgentJoinMissing fires and the others keep their state. */
const ofJoin = { ...OF_AGENTS, treatMissingData: cloudwatch.TreatMissingData.IGNORE } satisfies Partial<AlarmRow>;

/** The worst of what had spans in the last minutes. */
const worst =
  (metricName: string) =>
  ({ agents }: MetricInputs): cloudwatch.IMetric | undefined =>
    agents?.metric(metricName, { period: FIVE_MINUTES, statistic: cloudwatch.Stats.MAXIMUM });

/** Alarms about agents, by what the agent meter makes of their spans. */
export const AGENT_ROWS: readonly AlarmRow[] = [
  {
    ...OF_AGENTS,
    name: 'AgentInvocationErrors',
    tier: CRITICAL,
    summary: (percent) => `more than ${percent} % of the invocations of agents fail, according to their spans`,
    firstCheck: 'the saved query of runs with errors: which agent, and which step failed first',
    metric: failedInvocations,
    threshold: 10,
    reason: 'agents of AgentCore and of any other platform; 15 minutes, so that one failed tool raises no alarm',
    allowedRange: [0, 100],
    evaluationPeriods: 3,
  },
  {
    ...ofJoin,
    name: 'AgentComponentErrors',
    tier: CRITICAL,
    summary: (count) => `one tool, model or agent has failed more than ${count} times in 15 minutes`,
    firstCheck: 'which component it is, in the log of the agent meter; then its runs with errors',
    metric: worst(AgentMetrics.WORST_COMPONENT_ERRORS),
    threshold: 10,
    reason: 'a count, because components are called at very different rates',
    allowedRange: [0, MAX],
  },
  {
    ...ofJoin,
    name: 'AgentLoop',
    tier: CRITICAL,
    category: AlarmCategory.COST,
    summary: (count) => `an agent has called one tool more than ${count} times in a row with equal input`,
    firstCheck: 'which run it is, in the log of the agent meter; then stop it',
    metric: worst(AgentMetrics.WORST_RUN_LOOP),
    threshold: 10,
    reason: 'a loop does not end by itself, and each round costs more than the one before',
    allowedRange: [2, MAX],
  },
  {
    ...ofJoin,
    name: 'AgentRunLength',
    tier: WARNING,
    category: AlarmCategory.COST,
    summary: (count) => `one run of an agent has made more than ${count} model calls`,
    firstCheck: 'which run it is, in the log of the agent meter; then what its calls were for',
    metric: worst(AgentMetrics.WORST_RUN_CALLS),
    threshold: 100,
    reason: 'an agent that makes no progress, with other input each time; long research needs more',
    allowedRange: [1, MAX],
  },
  {
    ...ofJoin,
    name: 'AgentSessionCost',
    tier: WARNING,
    category: AlarmCategory.COST,
    summary: (usd) => `one session of agents has cost more than ${usd} USD in three hours`,
    firstCheck: 'which session it is, in the log of the agent meter; then its runs, the most expensive first',
    metric: worst(AgentMetrics.WORST_SESSION_COST),
    threshold: 10,
    reason: 'a round sum that is not measured: what a session may cost differs from app to app; set your own',
    allowedRange: [0.000001, MAX],
  },
  {
    ...OF_AGENTS,
    name: 'AgentToolLatency',
    tier: WARNING,
    summary: (seconds) => `one call in twenty of the tools and retrievals of agents takes longer than ${seconds} s`,
    firstCheck: 'duration by tool on the dashboard of agents, then the slowest runs',
    metric: (inputs) => p95OfOperations(inputs, ['execute_tool', 'retrieval']),
    threshold: 5,
    reason: 'a tool that is an agent takes longer: set your own limit',
    allowedRange: [0.001, MAX],
    evaluationPeriods: 3,
  },
  {
    ...OF_AGENTS,
    name: 'AgentModelLatency',
    tier: WARNING,
    summary: (seconds) => `one model call in twenty of agents takes longer than ${seconds} s`,
    firstCheck: 'latency by model: if the alarm Latency is on too, all calls are slow, and not only those of agents',
    metric: (inputs) => p95OfOperations(inputs, ['chat']),
    threshold: 15,
    reason: 'agents ask for longer answers than others; agents themselves have no limit, because healthy ones run for minutes',
    allowedRange: [0.001, MAX],
    evaluationPeriods: 3,
  },
  {
    ...OF_AGENTS,
    name: 'AgentJoinMissing',
    tier: WARNING,
    category: AlarmCategory.TELEMETRY,
    summary: () => 'the calls of agents are not joined with the ledger: their costs are estimates, and no loop or session is watched',
    firstCheck: 'the errors in the log group of the agent meter, and that its schedule is enabled',
    metric: ({ agents }) =>
      agents && filled(agents.metric(AgentMetrics.JOIN_RUNS, { period: QUARTER }), 0, 'Runs without a failure', QUARTER),
    threshold: 1,
    reason: 'nine runs in a row; it waits an hour after its creation',
    allowedRange: [1, 1],
    comparisonOperator: cloudwatch.ComparisonOperator.LESS_THAN_THRESHOLD,
    treatMissingData: cloudwatch.TreatMissingData.BREACHING,
    evaluationPeriods: 3,
    warmUp: Duration.hours(1),
  },
  {
    ...OF_AGENTS,
    name: 'AgentDeadLetters',
    tier: WARNING,
    category: AlarmCategory.TELEMETRY,
    summary: () => 'batches of spans failed for good: they wait in the dead-letter queue for 14 days, and their runs are in no metric',
    firstCheck: 'why they failed, in the log group of the agent meter; then replay them',
    metric: ({ agents }) => agents && failedBatches(agents),
    threshold: 0,
    reason: 'one batch may hold hundreds of runs',
    allowedRange: [0, MAX],
  },
];

/** Failed invocations in percent, in periods with enough of them. */
function failedInvocations({ agents, minimumCalls }: MetricInputs): cloudwatch.IMetric | undefined {
  const period = FIVE_MINUTES;
  return (
    agents &&
    new cloudwatch.MathExpression({
      expression: `IF(FILL(invocations, 0) >= ${minimumCalls}, 100 * FILL(failures, 0) / invocations, 0)`,
      usingMetrics: {
        invocations: agents.metric(AgentMetrics.AGENT_RUNS, { period }),
        failures: agents.metric(AgentMetrics.AGENT_FAILURES, { period }),
      },
      label: 'Failed invocations of agents (%)',
      period,
    })
  );
}

/** The highest p95 of some kinds of operation, each in periods with enough of them. Undefined where operations are no dimension. */
function p95OfOperations({ agents, minimumCalls }: MetricInputs, operations: readonly string[]): cloudwatch.IMetric | undefined {
  if (!agents?._publishesOperations) {
    return undefined;
  }
  const period = FIVE_MINUTES;
  const metric = (operation: string, statistic: string) =>
    agents.metric(AgentMetrics.DURATION, { period, statistic, dimensionsMap: { [Attributes.OPERATION]: operation } });
  const busy = operations.map((_, at) => `IF(FILL(calls${at}, 0) >= ${minimumCalls}, seconds${at}, 0)`);
  const usingMetrics = Object.fromEntries(
    operations.flatMap((operation, at) => [
      [`calls${at}`, metric(operation, cloudwatch.Stats.SAMPLE_COUNT)],
      [`seconds${at}`, metric(operation, 'p95')],
    ]),
  );
  const expression = busy.length === 1 ? busy[0]! : `MAX([${busy.join(', ')}])`;
  return new cloudwatch.MathExpression({ expression, usingMetrics, label: 'p95 (s)', period });
}

/** Batches that wait in the dead-letter queue, and those that Lambda dropped, which should be the same. */
function failedBatches({ deadLetterQueue, meterFunction }: AgentMeter): cloudwatch.IMetric {
  const period = FIVE_MINUTES;
  return new cloudwatch.MathExpression({
    expression: 'MAX([FILL(waiting, 0), FILL(dropped, 0)])',
    usingMetrics: {
      waiting: deadLetterQueue.metricApproximateNumberOfMessagesVisible({ period }),
      dropped: meterFunction.metric('AsyncEventsDropped', { statistic: cloudwatch.Stats.SUM, period }),
    },
    label: 'Failed batches',
    period,
  });
}
