/**
 * Every name on the spans of `cdk-bedrock-observability/trace`, for Node and for Python alike. The names of the GenAI conventions
 * are those of v1.41.1; `NEXT_SPAN_ATTRIBUTES` has what v0.1.0 of semantic-conventions-genai calls otherwise.
 */

/** The name of the tracer. */
export const TRACE_SCOPE = 'cdk-bedrock-observability/trace';

export const SpanAttributes = {
  OPERATION: 'gen_ai.operation.name',
  PROVIDER: 'gen_ai.provider.name',
  REQUEST_MODEL: 'gen_ai.request.model',
  RESPONSE_MODEL: 'gen_ai.response.model',
  MAX_TOKENS: 'gen_ai.request.max_tokens',
  TEMPERATURE: 'gen_ai.request.temperature',
  TOP_P: 'gen_ai.request.top_p',
  FINISH_REASONS: 'gen_ai.response.finish_reasons',
  /** Seconds. */
  TIME_TO_FIRST_CHUNK: 'gen_ai.response.time_to_first_chunk',
  /** Cached tokens included: "gen_ai.usage.input_tokens" of the conventions. */
  INPUT_TOKENS: 'gen_ai.usage.input_tokens',
  OUTPUT_TOKENS: 'gen_ai.usage.output_tokens',
  CACHE_READ_TOKENS: 'gen_ai.usage.cache_read.input_tokens',
  CACHE_WRITE_TOKENS: 'gen_ai.usage.cache_creation.input_tokens',
  AGENT_ID: 'gen_ai.agent.id',
  AGENT_NAME: 'gen_ai.agent.name',
  CONVERSATION: 'gen_ai.conversation.id',
  SESSION: 'session.id',
  TOOL_NAME: 'gen_ai.tool.name',
  TOOL_TYPE: 'gen_ai.tool.type',
  DATA_SOURCE: 'gen_ai.data_source.id',
  KNOWLEDGE_BASE: 'aws.bedrock.knowledge_base.id',
  GUARDRAIL: 'aws.bedrock.guardrail.id',
  /** The id by which the invocation log and the ledger know the call. */
  REQUEST_ID: 'aws.request_id',
  REGION: 'cloud.region',
  ERROR_TYPE: 'error.type',
  /** Cost has no standard name: that of the ledger and of the metrics. USD. */
  COST: 'llm.cost.usd',
  /** Names of our own for what the conventions have none for. */
  GUARDRAIL_ACTION: 'aws.bedrock.guardrail.action',
  DOCUMENTS: 'aws.bedrock.knowledge_base.documents',
  TIER: 'aws.bedrock.service_tier',
  PROMPT_HASH: 'aws.bedrock.prompt.hash',
  /** True where the application left the stream before its end. */
  ABANDONED: 'aws.bedrock.stream.abandoned',
} as const;

/** Texts, each written only where its kind was asked for. */
export const ContentAttributes = {
  INPUT: 'gen_ai.input.messages',
  OUTPUT: 'gen_ai.output.messages',
  TOOL_ARGUMENTS: 'gen_ai.tool.call.arguments',
  TOOL_RESULT: 'gen_ai.tool.call.result',
  RETRIEVAL_QUERY: 'gen_ai.retrieval.query.text',
  RETRIEVAL_DOCUMENTS: 'gen_ai.retrieval.documents',
} as const;

/** v0.1.0 of semantic-conventions-genai renames cached tokens; its pull request 443 proposes names for cost, beside `COST`. */
export const NEXT_SPAN_ATTRIBUTES = {
  CACHE_WRITE_TOKENS: 'gen_ai.usage.cache_write.input_tokens',
  COST_AMOUNT: 'gen_ai.usage.cost.amount',
  COST_CURRENCY: 'gen_ai.usage.cost.currency',
  COST_SOURCE: 'gen_ai.usage.cost.source',
} as const;

/** OpenInference, the vocabulary of Arize, written beside the others where it is asked for. */
export const OpenInferenceAttributes = {
  KIND: 'openinference.span.kind',
  MODEL: 'llm.model_name',
  PROVIDER: 'llm.provider',
  INPUT_TOKENS: 'llm.token_count.prompt',
  OUTPUT_TOKENS: 'llm.token_count.completion',
  TOTAL_TOKENS: 'llm.token_count.total',
  CACHE_READ_TOKENS: 'llm.token_count.prompt_details.cache_read',
  CACHE_WRITE_TOKENS: 'llm.token_count.prompt_details.cache_write',
  COST: 'llm.cost.total',
  AGENT_NAME: 'agent.name',
  TOOL_NAME: 'tool.name',
  INPUT: 'input.value',
  OUTPUT: 'output.value',
} as const;
