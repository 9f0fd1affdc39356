import { AgentLineKind, AgentMember, isAgentLine } from '../../../engine/ledger/agent-members';
import { CALL } from '../../../engine/ledger/calls';
import { Member } from '../../../engine/ledger/members';
import { Audience } from '../../audience';
import { WidgetShape } from '../../widget-shape';
import { LogQuery } from './log-query';
import { fineUsd, showing, whole } from './query-columns';

const { agent, basis, costUsd, durationMs, errors, failed, kind, loop, modelCalls, requestId, session, spanId } = AgentMember;
const { state, tool, toolCalls, toolErrors, traceId, model, modelName, agents, runtimeUsd, runtimeHighUsd, vcpuHours, gbHours } =
  AgentMember;

/** One row of each call: of several lines the last one holds. Calls that were taken back have another state. */
function callsWith(...values: string[]): string[] {
  return [
    `filter ${isAgentLine(AgentLineKind.CALL)}`,
    `stats latest(${state}) as lastState, latest(${costUsd}) as cost, latest(${basis}) as costBasis, ${values.join(', ')} by ${traceId}, ${spanId}`,
    'filter lastState = "priced"',
  ];
}

/** One row of each run. */
function runsWith(...values: string[]): string[] {
  return [`filter ${isAgentLine(AgentLineKind.RUN)}`, `stats ${values.join(', ')} by ${traceId}`];
}

const last = (member: string, name: string): string => `latest(${member}) as ${name}`;

/** Costs are those of the ledger where `costBasis` says `ledger`, and estimates otherwise. */
const costBy = (member: string, name: string): string[] => [
  ...callsWith(last(member, name)),
  `stats sum(cost) as usd, count(*) as calls by ${name}, costBasis`,
  'sort usd desc',
  'limit 100',
];

/** What AgentCore bills, whose lines are added up: each is of other events. */
const runtimeCostBy = (member: string): string[] => [
  `filter ${isAgentLine(AgentLineKind.USAGE)}`,
  `fields coalesce(${runtimeHighUsd}, ${runtimeUsd}) as atMost`,
  `stats sum(${runtimeUsd}) as usd, sum(atMost) as highUsd, sum(${vcpuHours}) as vcpu, sum(${gbHours}) as gb by ${member}`,
  'sort usd desc',
  'limit 100',
];

/**
 * Models and runtime of each session in one row. Lines of usage have no trace, so that their session is what they are grouped by; of
 * calls the last line holds, whatever session the first one had.
 */
const SESSION_COST = [
  `filter ${agents} = 1 and (${kind} = "${AgentLineKind.CALL}" or ${kind} = "${AgentLineKind.USAGE}")`,
  `fields coalesce(${traceId}, ${session}) as subject`,
  `stats latest(${state}) as lastState, latest(${costUsd}) as lastCost, latest(${basis}) as lastBasis, latest(${session}) as ofSession, ` +
    `latest(${agent}) as ofAgent, sum(${runtimeUsd}) as runtime by subject, ${spanId}`,
  'filter lastState = "priced" or runtime > 0',
  'fields lastCost * strcontains(lastBasis, "estimate") as estimated',
  'stats sum(lastCost) as models, sum(estimated) as byEstimate, sum(runtime) as ofRuntime, count(lastCost) as calls, ' +
    'sortsLast(ofAgent) as anAgent by ofSession',
  'fields coalesce(models, 0) + coalesce(ofRuntime, 0) as usd',
  'sort usd desc',
  'limit 50',
];

const RUN_COLUMNS = [
  ...[last(agent, 'ofAgent'), last(session, 'ofSession'), last(costUsd, 'usd'), last(basis, 'costBasis')],
  ...[last(durationMs, 'ms'), last(modelCalls, 'calls'), last(toolCalls, 'tools'), last(toolErrors, 'failedTools')],
  ...[last(loop, 'equalCalls'), last(errors, 'allErrors'), last(failed, 'hasFailed')],
];

/** What people read of a run, and what they type next to see its steps. */
const RUN_TABLE = showing(
  ['Agent', 'ofAgent'],
  ['Seconds', `${whole('ms / 100')} / 10`],
  ['USD', fineUsd('usd')],
  ['Basis', 'costBasis'],
  ['Model calls', 'calls'],
  ['Failed tools', 'failedTools'],
  ['Errors', 'allErrors'],
  ['Trace id', 'traceId'],
  ['To see its steps', 'concat("npx cdk-bedrock-observability traces show aws/spans --session ", ofSession)'],
);

const ON_BOARDS = { audiences: [Audience.AGENTS], shape: WidgetShape.TABLE };

/** The queries over the lines of the agent meter. */
export const AGENT_QUERIES: readonly LogQuery[] = [
  { id: 'AgentCost', title: 'Cost by agent (USD)', lines: costBy(agent, 'ofAgent') },
  { id: 'AgentSessionCost', title: 'Cost by session of agents (USD)', lines: costBy(session, 'ofSession') },
  { id: 'AgentToolCost', title: 'Cost of the model calls that a tool made (USD)', lines: costBy(tool, 'ofTool') },
  {
    id: 'AgentSessionsDearest',
    title: 'The most expensive sessions of agents',
    widget: { audiences: [Audience.AGENTS], shape: WidgetShape.TABLE, question: 'which session costs most' },
    lines: [
      ...SESSION_COST,
      ...showing(
        ['Session', 'ofSession'],
        ['Agent', 'anAgent'],
        ['USD', fineUsd('usd')],
        ['Models', fineUsd('models')],
        ['Of it estimated', fineUsd('byEstimate')],
        ['AgentCore', fineUsd('ofRuntime')],
        ['Model calls', 'calls'],
      ),
    ],
  },
  { id: 'AgentRuntimeCost', title: 'Cost of AgentCore by agent (USD)', lines: runtimeCostBy(agent) },
  { id: 'AgentRuntimeSessionCost', title: 'Cost of AgentCore by session (USD)', lines: runtimeCostBy(session) },
  { id: 'AgentModelCost', title: 'Cost of agents by model (USD)', lines: costBy(`coalesce(${modelName}, ${model})`, 'ofModel') },
  { id: 'AgentRunsDearest', title: 'The most expensive runs of agents', lines: [...runsWith(...RUN_COLUMNS), 'sort usd desc', 'limit 50'] },
  {
    id: 'AgentRunsSlowest',
    title: 'The slowest runs of agents',
    widget: { ...ON_BOARDS, question: 'which runs are slow, and what to type next' },
    lines: [...runsWith(...RUN_COLUMNS), 'sort ms desc', 'limit 50', ...RUN_TABLE],
  },
  {
    id: 'AgentRunsFailed',
    title: 'Runs of agents with errors',
    widget: { ...ON_BOARDS, question: 'which runs failed, and what to type next' },
    lines: [...runsWith(...RUN_COLUMNS), 'filter allErrors > 0', 'sort allErrors desc', 'limit 50', ...RUN_TABLE],
  },
  {
    id: 'AgentRunsToLookAt',
    title: 'Runs of agents to look at: those with most errors, then the slowest',
    widget: { audiences: [Audience.DEVELOPER], question: 'which runs failed or are slow, and what to type next', shape: WidgetShape.TABLE },
    lines: [...runsWith(...RUN_COLUMNS), 'sort allErrors desc, ms desc', 'limit 50', ...RUN_TABLE],
  },
  {
    id: 'AgentLoops',
    title: 'Runs that called one tool again and again with equal input',
    lines: [...runsWith(...RUN_COLUMNS), 'filter equalCalls >= 3', 'sort equalCalls desc', 'limit 50'],
  },
];

/**
 * The queries that join the lines of the agent meter with the ledger by request id, in Logs Insights itself. Calls without an agent
 * are those that no span describes.
 */
export const AGENT_JOIN_QUERIES: readonly LogQuery[] = [
  {
    id: 'LedgerCostByAgent',
    title: 'Cost of the ledger by agent (USD), calls in no trace without one',
    lines: joinedBy(agent, 'ofAgent'),
  },
  {
    id: 'LedgerCostBySession',
    title: 'Cost of the ledger by session of agents (USD), calls in no trace without one',
    lines: joinedBy(session, 'ofSession'),
  },
];

/** The product with a member that only ledger lines have leaves out the costs on agent lines. `latest` could take a ledger line, which has no agent. */
function joinedBy(member: string, name: string): string[] {
  return [
    `filter ispresent(${requestId}) and (${Member.ledger} = 1 or (${agents} = 1 and ${kind} = "${AgentLineKind.CALL}"))`,
    `fields ${requestId} as ${CALL}, ${Member.ledger} * ${costUsd} as recordCost`,
    `stats max(recordCost) as cost, sortsLast(${member}) as ${name} by ${CALL}`,
    'filter ispresent(cost)',
    `stats sum(cost) as usd, count(*) as calls by ${name}`,
    'sort usd desc',
    'limit 100',
  ];
}
