import { FIRST_TOKEN_KEYS, TOKEN_KEYS, TOTAL_KEYS } from './usage-keys';

/**
 * The attributes that are read besides token counts, each list in order of precedence. This is the allow-list: an attribute that
 * is not named here, in usage-keys.ts or in operations.ts is never looked at, so text of prompts and tools cannot leak.
 */
export const SPAN_KEYS = {
  agent: ['gen_ai.agent.name', 'agent.name', 'crewai.agent.role', 'ai.telemetry.functionId', 'graph.node.id'],
  agentId: ['gen_ai.agent.id', 'aws.bedrock.agent.id', 'aws.agent.id'],
  session: ['session.id', 'gen_ai.conversation.id', 'gcp.vertex.agent.session_id', 'langfuse.session.id'],
  tool: ['gen_ai.tool.name', 'tool.name', 'ai.toolCall.name', 'tool_name_safe'],
  toolStatus: ['gen_ai.tool.status', 'tool.status'],
  success: ['success'],
  requestModel: ['gen_ai.request.model', 'llm.model_name', 'llm.request.model_name', 'ai.model.id'],
  responseModel: ['gen_ai.response.model', 'llm.response.model_name', 'ai.response.model'],
  provider: ['gen_ai.provider.name', 'gen_ai.system', 'llm.provider', 'ai.model.provider'],
  /** In OpenInference the vendor of the model, whoever answers. */
  vendor: ['llm.system'],
  host: ['server.address', 'net.peer.name', 'http.host'],
  region: ['aws.region', 'cloud.region'],
  requestId: ['aws.request_id', 'aws.request.id', 'aws.requestId'],
  responseId: ['gen_ai.response.id', 'ai.response.id', 'request_id'],
  rpcService: ['rpc.service'],
  rpcMethod: ['rpc.method'],
  httpMethod: ['http.request.method', 'http.method'],
  httpRoute: ['http.route'],
  errorType: ['error.type', 'exception.type'],
} as const satisfies Readonly<Record<string, readonly string[]>>;

/** The attributes that say what a span describes. */
export const ROLE_KEYS = {
  operation: 'gen_ai.operation.name',
  openInference: 'openinference.span.kind',
  adot: 'aws.genai.span_kind',
  traceloop: 'traceloop.span.kind',
  requestType: 'llm.request.type',
  vercel: 'ai.operationId',
  mlflow: 'mlflow.spanType',
  langfuse: 'langfuse.observation.type',
  langsmith: 'langsmith.span.kind',
} as const;

/** What a tool was given, and `content` of an event. Only a hash of it is kept: see tool-input.ts. */
export const TOOL_INPUT_KEYS: readonly string[] = [
  'gen_ai.tool.call.arguments',
  'input.value',
  'tool.parameters',
  'ai.toolCall.args',
  'traceloop.entity.input',
  'content',
];

/** The attributes of a resource that are read. */
export const RESOURCE_KEYS = {
  service: ['service.name', 'aws.local.service'],
  region: ['cloud.region'],
  resourceId: ['cloud.resource_id'],
} as const satisfies Readonly<Record<string, readonly string[]>>;

/** Every attribute that is read. */
export const READ_KEYS: ReadonlySet<string> = new Set([
  ...[...Object.values(SPAN_KEYS), ...Object.values(RESOURCE_KEYS), ...Object.values(TOKEN_KEYS)].flat(),
  ...Object.values(ROLE_KEYS),
  ...TOTAL_KEYS,
  ...TOOL_INPUT_KEYS,
  ...FIRST_TOKEN_KEYS.map(({ key }) => key),
]);
