import { type AttributeKeys, keys, placeOf } from './attribute-keys';
import { FIRST_TOKEN_KEYS, STRANDS_KEYS, TOKEN_KEYS, TOTAL_KEYS } from './usage-keys';

/**
 * The attributes that are read besides token counts, each list in order of precedence. This is the allow-list: an attribute that
 * is not named here, in usage-keys.ts or in operations.ts is never looked at, so text of prompts and tools cannot leak.
 */
export const SPAN_KEYS = {
  agent: keys('gen_ai.agent.name', 'agent.name', 'crewai.agent.role', 'ai.telemetry.functionId', 'graph.node.id'),
  agentId: keys('gen_ai.agent.id', 'aws.bedrock.agent.id', 'aws.agent.id'),
  session: keys('session.id', 'gen_ai.conversation.id', 'gcp.vertex.agent.session_id', 'langfuse.session.id'),
  tool: keys('gen_ai.tool.name', 'tool.name', 'ai.toolCall.name', 'tool_name_safe'),
  toolStatus: keys('gen_ai.tool.status', 'tool.status'),
  success: keys('success'),
  requestModel: keys('gen_ai.request.model', 'llm.model_name', 'llm.request.model_name', 'ai.model.id'),
  responseModel: keys('gen_ai.response.model', 'llm.response.model_name', 'ai.response.model'),
  provider: keys('gen_ai.provider.name', 'gen_ai.system', 'llm.provider', 'ai.model.provider'),
  /** In OpenInference the vendor of the model, whoever answers. */
  vendor: keys('llm.system'),
  host: keys('server.address', 'net.peer.name', 'http.host'),
  region: keys('aws.region', 'cloud.region'),
  requestId: keys('aws.request_id', 'aws.request.id', 'aws.requestId'),
  responseId: keys('gen_ai.response.id', 'ai.response.id', 'request_id'),
  rpcService: keys('rpc.service'),
  rpcMethod: keys('rpc.method'),
  httpMethod: keys('http.request.method', 'http.method'),
  httpRoute: keys('http.route'),
  errorType: keys('error.type', 'exception.type'),
} satisfies Readonly<Record<string, AttributeKeys>>;

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
export const TOOL_INPUT_KEYS: AttributeKeys = keys(
  'gen_ai.tool.call.arguments',
  'input.value',
  'tool.parameters',
  'ai.toolCall.args',
  'traceloop.entity.input',
  'content',
);

/** The attributes of a resource that are read. */
export const RESOURCE_KEYS = {
  service: keys('service.name', 'aws.local.service'),
  region: keys('cloud.region'),
  resourceId: keys('cloud.resource_id'),
} satisfies Readonly<Record<string, AttributeKeys>>;

/** The type of an event `exception`. */
export const EXCEPTION_KEYS = keys('exception.type');

export const ROLE_PLACES: Readonly<Record<keyof typeof ROLE_KEYS, number>> = {
  operation: placeOf(ROLE_KEYS.operation),
  openInference: placeOf(ROLE_KEYS.openInference),
  adot: placeOf(ROLE_KEYS.adot),
  traceloop: placeOf(ROLE_KEYS.traceloop),
  requestType: placeOf(ROLE_KEYS.requestType),
  vercel: placeOf(ROLE_KEYS.vercel),
  mlflow: placeOf(ROLE_KEYS.mlflow),
  langfuse: placeOf(ROLE_KEYS.langfuse),
  langsmith: placeOf(ROLE_KEYS.langsmith),
};

const LISTS = [...Object.values(SPAN_KEYS), ...Object.values(RESOURCE_KEYS), ...Object.values(TOKEN_KEYS)];

/** Every attribute that is read. */
export const READ_KEYS: ReadonlySet<string> = new Set([
  ...[...LISTS, TOTAL_KEYS, STRANDS_KEYS, TOOL_INPUT_KEYS, EXCEPTION_KEYS].flatMap(({ names }) => names),
  ...Object.values(ROLE_KEYS),
  ...FIRST_TOKEN_KEYS.map(({ key }) => key),
]);
