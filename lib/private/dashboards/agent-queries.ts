import { AgentLineKind, AgentMember, isAgentLine } from '../../../engine/ledger/agent-members';
import { CALL } from '../../../engine/ledger/calls';
import { Member } from '../../../engine/ledger/members';
import { Audience } from '../../audience';
import { WidgetShape } from '../../widget-shape';
import { LogQuery } from './log-query';
import { fineUsd, showing, whole } from './query-columns';

const { agent, basis, costUsd, durationMs, errors, failed, kind, loop, modelCalls, requestId, session, spanId } = AgentMember;
const { state, tool, toolCalls, toolErrors, traceId, model, agents } = AgentMember;

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
    title: 'The dearest sessions of agents',
    widget: { audiences: [Audience.AGENTS], shape: WidgetShape.TABLE, question: 'which session costs most' },
    lines: [
      ...callsWith(last(session, 'ofSession'), last(agent, 'ofAgent')),
      'stats sum(cost) as usd, count(*) as calls by ofSession, ofAgent, costBasis',
      'sort usd desc',
      'limit 50',
      ...showing(['Session', 'ofSession'], ['Agent', 'ofAgent'], ['USD', fineUsd('usd')], ['Basis', 'costBasis'], ['Model calls', 'calls']),
    ],
  },
  { id: 'AgentModelCost', title: 'Cost of agents by model (USD)', lines: costBy(model, 'ofModel') },
  { id: 'AgentRunsDearest', title: 'The dearest runs of agents', lines: [...runsWith(...RUN_COLUMNS), 'sort usd desc', 'limit 50'] },
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
