/** Version of the line's format, and the value of the member `agents`. */
const AGENTS_VERSION = 1;

/**
 * What an agent line is about: a span; a counted call with its cost; a whole run (a trace); what a session used of AgentCore in a
 * minute; or how far the calls of the ledger were compared with the spans.
 *
 * Of several lines about one thing the last one written holds. A span or a call is named by `traceId` and `spanId`, a run by `traceId`.
 * Lines of usage are added up: each is of other events.
 */
export const AgentLineKind = { SPAN: 'span', CALL: 'call', RUN: 'run', USAGE: 'usage', JOIN: 'join' } as const;

/**
 * The members of an agent line, under the names that Logs Insights gives them. The meter and the join of agents, every query
 * and every reader take their names from here; docs/agents.md says what each member holds.
 */
export const AgentMember = {
  agents: 'agents',
  kind: 'kind',
  time: 'time',
  traceId: 'traceId',
  spanId: 'spanId',
  parentSpanId: 'parentSpanId',
  durationMs: 'durationMs',
  role: 'role',
  operation: 'operation',
  scope: 'scope',
  service: 'service',
  agent: 'agent',
  session: 'session',
  tool: 'tool',
  toolInput: 'toolInput',
  model: 'model',
  modelName: 'modelName',
  provider: 'provider',
  region: 'region',
  requestId: 'requestId',
  tokens: {
    input: 'tokens.input',
    output: 'tokens.output',
    cacheRead: 'tokens.cacheRead',
    cacheWrite: 'tokens.cacheWrite',
  },
  inputForm: 'inputForm',
  firstTokenMs: 'firstTokenMs',
  failed: 'failed',
  errorType: 'errorType',
  /** Of a span: the call as it was counted at once. Of a call: as it is counted now. */
  state: 'state',
  reason: 'reason',
  basis: 'basis',
  estimateUsd: 'estimateUsd',
  estimateHighUsd: 'estimateHighUsd',
  costUsd: 'costUsd',
  costHighUsd: 'costHighUsd',
  joinedBy: 'joinedBy',
  caller: 'caller',
  flags: 'flags',
  modelCalls: 'modelCalls',
  toolCalls: 'toolCalls',
  toolErrors: 'toolErrors',
  loop: 'loop',
  errors: 'errors',
  /** Of usage of AgentCore. Its cost has a name of its own, so that no sum of model costs contains it. */
  resource: 'resource',
  vcpuHours: 'vcpuHours',
  gbHours: 'gbHours',
  seconds: 'seconds',
  runtimeUsd: 'runtimeUsd',
  runtimeHighUsd: 'runtimeHighUsd',
  comparedUntil: 'comparedUntil',
} as const;

/** How every agent line begins. The functions write metric lines and notices to the same log group. */
export const AGENT_LINE_START = `{"${AgentMember.agents}":${AGENTS_VERSION},`;

/** A filter pattern of CloudWatch Logs: agent lines, and nothing else in their log group. */
export const AGENT_LINE_PATTERN = `{ $.${AgentMember.agents} = ${AGENTS_VERSION} }`;

/** A Logs Insights expression: true for agent lines of a kind. */
export const isAgentLine = (kind: (typeof AgentLineKind)[keyof typeof AgentLineKind]): string =>
  `${AgentMember.agents} = ${AGENTS_VERSION} and ${AgentMember.kind} = "${kind}"`;
