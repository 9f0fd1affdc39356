import { Duration } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as logs from 'aws-cdk-lib/aws-logs';
import { AgentMetrics } from '../../../engine/telemetry/agent-names';
import { Attributes } from '../../../engine/telemetry/names';
import { AgentMeter } from '../../agent-meter';
import { Audience } from '../../audience';
import { DashboardWidgetProps } from '../../dashboard-widget';
import { WidgetShape } from '../../widget-shape';
import { defaultThreshold } from '../alarms/table/rows';
import { math, ratio, roundedMetric } from './dashboard-math';
import { searchBy } from './search';
import { COLOR, TOKEN_STYLE, TOKEN_TYPES } from './token-style';
import { WidgetContext } from './widget-context';

const { AGENTS } = Audience;
const { TOTAL, LINES, STACK } = WidgetShape;
const { AGENT, OPERATION, TOOL, TOKEN_TYPE } = Attributes;

/** Where AgentCore Evaluations publish the scores of each evaluator, unless its configuration names another place. */
const EVALUATIONS = 'Bedrock-AgentCore/Evaluations';

/** The operations whose time is drawn, each with its colour. */
const TIMED: ReadonlyArray<readonly [operation: string, label: string, color: string]> = [
  ['invoke_agent', 'Agents', COLOR.MAIN],
  ['chat', 'Models', COLOR.GOOD],
  ['execute_tool', 'Tools', COLOR.WARN],
];

/** What an agent meter publishes. To add a widget, add one entry. */
export function agentWidgets({ sources: { costMetrics, agentLogGroup }, period, by }: WidgetContext): DashboardWidgetProps[] {
  if (!agentLogGroup) {
    return [];
  }
  const { namespace } = costMetrics.metricCost();
  const metric = (metricName: string, options: cloudwatch.MetricOptions = {}) =>
    new cloudwatch.Metric({ namespace, metricName, statistic: cloudwatch.Stats.SUM, period, ...options });
  const each = (dimension: string, metricName: string) => searchBy({ namespace, dimension, metricName, statistic: 'Sum', period });
  const exact = metric(AgentMetrics.COST);
  const untraced = metric(AgentMetrics.COST_UNTRACED);
  const joinsLedger = joins(agentLogGroup);
  const untracedShare: DashboardWidgetProps = {
    id: 'UntracedShare',
    audiences: [AGENTS],
    question: 'how much of the cost is in no trace',
    title: 'Cost that no span describes (% of the ledger)',
    shape: TOTAL,
    metrics: [
      ratio(
        100,
        ['untraced', untraced],
        ['all', math('FILL(cost, 0) + FILL(missing, 0)', { cost: exact, missing: untraced }, { label: 'all', period })],
        { digits: 1, label: 'in no trace', color: COLOR.QUIET, period },
      ),
    ],
  };
  return [
    {
      id: 'AgentRuns',
      audiences: [AGENTS],
      question: 'how many runs are there, and how many fail',
      title: 'Runs, and those that failed',
      shape: TOTAL,
      metrics: [
        metric(AgentMetrics.RUNS, { label: 'runs', color: COLOR.MAIN }),
        metric(AgentMetrics.RUNS_FAILED, { label: 'failed', color: COLOR.BAD }),
      ],
    },
    {
      id: 'AgentSuccess',
      audiences: [AGENTS],
      question: 'how many runs succeed',
      title: 'Runs that succeeded (%)',
      shape: TOTAL,
      metrics: [
        math(
          'FLOOR((100 - 100 * FILL(failed, 0) / runs) * 10 + 0.5) / 10',
          { runs: metric(AgentMetrics.RUNS), failed: metric(AgentMetrics.RUNS_FAILED) },
          { label: 'succeeded', color: COLOR.GOOD, period },
        ),
      ],
    },
    {
      id: 'AgentCost',
      audiences: [AGENTS],
      question: `what do agents cost: models, ${joinsLedger ? 'exactly and ' : ''}by their spans alone, and AgentCore`,
      title: 'Cost of agents (USD)',
      shape: TOTAL,
      metrics: [
        ...(joinsLedger ? [roundedMetric('exact', exact, 2, { label: 'exact, by the ledger', period, color: COLOR.MAIN })] : []),
        roundedMetric('estimate', metric(AgentMetrics.COST_ESTIMATE), 2, { label: 'by the spans', period, color: COLOR.QUIET }),
        roundedMetric('runtime', metric(AgentMetrics.RUNTIME_COST), 2, { label: 'AgentCore, in addition', period, color: COLOR.WARN }),
      ],
    },
    ...(joinsLedger ? [untracedShare] : []),
    {
      id: 'AgentCostByAgent',
      audiences: [AGENTS],
      question: 'which agent costs what',
      title: `${joinsLedger ? 'Exact cost' : 'Estimated cost'} by agent, ${by} (USD)`,
      shape: STACK,
      metrics: [each(AGENT, joinsLedger ? AgentMetrics.COST : AgentMetrics.COST_ESTIMATE)],
    },
    {
      id: 'AgentLatency',
      audiences: [AGENTS],
      question: 'how long do agents, models and tools take',
      title: `Duration of agents, models and tools, p50 and p95, ${by} (s)`,
      shape: LINES,
      metrics: TIMED.flatMap(([operation, label, color]) =>
        [95, 50].map((percent) =>
          metric(AgentMetrics.DURATION, {
            statistic: `p${percent}`,
            dimensionsMap: { [OPERATION]: operation },
            label: `${label} p${percent}`,
            color: percent === 95 ? color : lighter(color),
          }),
        ),
      ),
    },
    {
      id: 'AgentTokens',
      audiences: [AGENTS],
      question: 'what are the tokens of agents',
      title: `Tokens of agents, each call once, ${by}`,
      shape: STACK,
      metrics: TOKEN_TYPES.map((type) => metric(AgentMetrics.TOKENS, { dimensionsMap: { [TOKEN_TYPE]: type }, ...TOKEN_STYLE[type] })),
    },
    {
      id: 'ToolFailures',
      audiences: [AGENTS],
      question: 'which tool fails',
      title: `Failed calls by tool, ${by}`,
      shape: STACK,
      metrics: [each(TOOL, AgentMetrics.TOOL_ERRORS)],
    },
    {
      id: 'AgentLoops',
      audiences: [AGENTS],
      question: 'does an agent go round in circles',
      title: `Most equal tool calls in a row of one run, ${by}`,
      shape: LINES,
      metrics: [metric(AgentMetrics.WORST_RUN_LOOP, { statistic: cloudwatch.Stats.MAXIMUM, label: 'Equal calls', color: COLOR.BAD })],
      horizontalAnnotations: [
        { value: defaultThreshold('AgentLoop'), label: `Alarm at ${defaultThreshold('AgentLoop')}`, color: COLOR.BAD },
      ],
    },
    {
      id: 'AgentEvaluations',
      audiences: [AGENTS],
      question: 'how good are the answers, by the evaluators of AgentCore',
      title: `Scores of evaluators, ${by}`,
      shape: LINES,
      metrics: [evaluations(period)],
    },
  ];
}

/** Without a ledger nothing is exact, and nothing is known to be in no trace. Of an agent meter of another stack it is taken to have one. */
const joins = ({ node: { scope } }: logs.ILogGroupRef): boolean => !(scope instanceof AgentMeter) || scope._joinsLedger;

/** Every evaluator, whatever its dimensions are: the metric has the name of the evaluator. */
function evaluations(period: Duration): cloudwatch.IMetric {
  const expression = `SEARCH('Namespace="${EVALUATIONS}"', 'Average', ${period.toSeconds()})`;
  return new cloudwatch.MathExpression({ expression, usingMetrics: {}, label: '', period });
}

/** The same colour, half transparent: CloudWatch takes six digits, so it is mixed with white. */
function lighter(color: string): string {
  const parts = [1, 3, 5].map((at) => Math.round((parseInt(color.slice(at, at + 2), 16) + 255) / 2));
  return `#${parts.map((part) => part.toString(16).padStart(2, '0')).join('')}`;
}
