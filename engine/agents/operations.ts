import type { Attributes } from './attributes';
import { readWord } from './readers';
import type { SpanRole } from './span';
import { ROLE_PLACES } from './span-keys';

/** `gen_ai.operation.name`: "Gen AI operation names" of the conventions, and what Strands, the AI SDK, Traceloop and ADOT add. */
const OPERATIONS: Readonly<Record<string, SpanRole>> = {
  chat: 'model',
  text_completion: 'model',
  completion: 'model',
  generate_content: 'model',
  embeddings: 'model',
  invoke_agent: 'agent',
  execute_tool: 'tool',
  retrieval: 'retrieval',
  invoke_workflow: 'step',
  invoke_graph: 'step',
  invoke_swarm: 'step',
  execute_event_loop_cycle: 'step',
  agent_step: 'step',
  execute_task: 'step',
  create_agent: 'other',
  agent_handoff: 'other',
};

/** `openinference.span.kind`, and the same words in `aws.genai.span_kind` of ADOT. */
const OPEN_INFERENCE: Readonly<Record<string, SpanRole>> = {
  LLM: 'model',
  EMBEDDING: 'model',
  AGENT: 'agent',
  TOOL: 'tool',
  RETRIEVER: 'retrieval',
  CHAIN: 'step',
  RERANKER: 'other',
  GUARDRAIL: 'other',
  EVALUATOR: 'other',
  PROMPT: 'other',
};

const TRACELOOP: Readonly<Record<string, SpanRole>> = { workflow: 'step', task: 'step', agent: 'agent', tool: 'tool' };

const REQUEST_TYPES: Readonly<Record<string, SpanRole>> = { chat: 'model', completion: 'model', embedding: 'model' };

/** `ai.operationId` of the Vercel AI SDK up to version 6: the inner operations call the model, the outer ones sum up. */
const VERCEL: Readonly<Record<string, SpanRole>> = {
  'ai.generateText.doGenerate': 'model',
  'ai.streamText.doStream': 'model',
  'ai.generateObject.doGenerate': 'model',
  'ai.streamObject.doStream': 'model',
  'ai.embed.doEmbed': 'model',
  'ai.embedMany.doEmbed': 'model',
  'ai.generateText': 'agent',
  'ai.streamText': 'agent',
  'ai.generateObject': 'agent',
  'ai.streamObject': 'agent',
  'ai.embed': 'step',
  'ai.embedMany': 'step',
  'ai.toolCall': 'tool',
};

const MLFLOW: Readonly<Record<string, SpanRole>> = {
  CHAT_MODEL: 'model',
  LLM: 'model',
  EMBEDDING: 'model',
  AGENT: 'agent',
  TOOL: 'tool',
  RETRIEVER: 'retrieval',
  CHAIN: 'step',
};

const LANGFUSE: Readonly<Record<string, SpanRole>> = {
  generation: 'model',
  embedding: 'model',
  agent: 'agent',
  tool: 'tool',
  retriever: 'retrieval',
  chain: 'step',
};

const LANGSMITH: Readonly<Record<string, SpanRole>> = {
  llm: 'model',
  embedding: 'model',
  tool: 'tool',
  retriever: 'retrieval',
  chain: 'step',
};

/** Which attribute decides first. The conventions come first, then the vocabularies of libraries. */
const TABLES: ReadonlyArray<readonly [place: number, roles: Readonly<Record<string, SpanRole>>]> = [
  [ROLE_PLACES.operation, OPERATIONS],
  [ROLE_PLACES.openInference, OPEN_INFERENCE],
  [ROLE_PLACES.adot, OPEN_INFERENCE],
  [ROLE_PLACES.vercel, VERCEL],
  [ROLE_PLACES.traceloop, TRACELOOP],
  [ROLE_PLACES.requestType, REQUEST_TYPES],
  [ROLE_PLACES.mlflow, MLFLOW],
  [ROLE_PLACES.langfuse, LANGFUSE],
  [ROLE_PLACES.langsmith, LANGSMITH],
];

/** The operation of a span that only has a kind. */
const NAMES: Readonly<Record<SpanRole, string | undefined>> = {
  model: 'chat',
  agent: 'invoke_agent',
  tool: 'execute_tool',
  retrieval: 'retrieval',
  step: undefined,
  other: undefined,
};

/** Methods of the Bedrock runtime that call a model. Others, such as CountTokens and ApplyGuardrail, do not. */
const MODEL_METHODS: ReadonlySet<string> = new Set(['Converse', 'ConverseStream', 'InvokeModel', 'InvokeModelWithResponseStream']);
const BEDROCK_RUNTIME = /^Bedrock ?Runtime$/;

export interface SpanFacts {
  readonly attributes: Attributes;
  readonly rpcService?: string;
  readonly rpcMethod?: string;
  readonly hasModel: boolean;
  readonly hasProvider: boolean;
  readonly hasTokens: boolean;
}

/** MLflow writes JSON into its attributes. */
const unquoted = (value: unknown): unknown => (typeof value === 'string' && value.startsWith('"') ? value.slice(1, -1) : value);

const ownRole = (roles: Readonly<Record<string, SpanRole>>, value: string): SpanRole | undefined =>
  Object.hasOwn(roles, value) ? roles[value] : undefined;

/** What a span describes. Where no attribute says it, a method of Bedrock or a model with a provider or with tokens does. */
export function roleOf(facts: SpanFacts): NamedRole {
  const { rpcService, rpcMethod } = facts;
  const callsModel = rpcMethod !== undefined && MODEL_METHODS.has(rpcMethod);
  if (rpcService !== undefined && BEDROCK_RUNTIME.test(rpcService) && rpcMethod !== undefined && !callsModel) return { role: 'other' };
  const said = roleSaid(facts.attributes);
  if (said) return said;
  const namesModel = facts.hasModel && (facts.hasProvider || facts.hasTokens);
  return callsModel || namesModel ? { role: 'model', operation: 'chat' } : { role: 'other' };
}

interface NamedRole {
  readonly role: SpanRole;
  readonly operation?: string;
}

/** By the first attribute with a word that its vocabulary knows. */
function roleSaid(attributes: Attributes): NamedRole | undefined {
  for (const [place, roles] of TABLES) {
    const text = attributes[place];
    const value = text === undefined ? undefined : readWord(unquoted(text));
    const role = value === undefined ? undefined : (ownRole(roles, value) ?? ownRole(roles, value.toUpperCase()));
    if (role) return { role, operation: place === ROLE_PLACES.operation ? value : NAMES[role] };
  }
  return undefined;
}
