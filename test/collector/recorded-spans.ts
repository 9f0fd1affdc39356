import { attributesOf } from './otlp-json';

/** A text that must leave no gateway. */
export const SECRET = 'tell nobody about the quarterly merger with Umbrella, dial 4711';

/** A prompt of 32,000 characters. */
export const LONG = `${SECRET} `.repeat(500);

type Raw = Record<string, unknown>;

interface Recorded {
  readonly scope: string;
  readonly name: string;
  readonly kind?: number;
  readonly attributes: Raw;
  readonly resource?: Raw;
  readonly events?: ReadonlyArray<{ readonly name: string; readonly attributes: Raw }>;
  readonly error?: string;
}

const MODEL = 'us.anthropic.claude-sonnet-4-5-20250929-v1:0';
const messages = JSON.stringify([{ role: 'user', parts: [{ type: 'text', content: LONG }] }]);

/**
 * Spans in the shapes that libraries write, each with texts where that library has them: what the README of each, or its source,
 * names. `traces` reads the same facts of them before and after the gateway.
 */
export const RECORDED: Readonly<Record<string, Recorded>> = {
  'Strands Agents': {
    scope: 'strands.telemetry.tracer',
    name: 'chat',
    attributes: {
      ...{ 'gen_ai.operation.name': 'chat', 'gen_ai.system': 'strands-agents', 'gen_ai.request.model': MODEL },
      ...{ 'gen_ai.usage.input_tokens': 4127, 'gen_ai.usage.output_tokens': 60, 'gen_ai.usage.cache_read_input_tokens': 4113 },
      'gen_ai.server.time_to_first_token': 310,
    },
    events: [
      { name: 'gen_ai.user.message', attributes: { content: LONG } },
      { name: 'gen_ai.choice', attributes: { message: SECRET, finish_reason: 'end_turn' } },
    ],
  },
  'ADOT, botocore': {
    scope: 'opentelemetry.instrumentation.botocore.bedrock-runtime',
    name: `chat ${MODEL}`,
    kind: 3,
    attributes: {
      ...{
        'gen_ai.operation.name': 'chat',
        'gen_ai.system': 'aws.bedrock',
        'gen_ai.request.model': MODEL,
        'rpc.service': 'Bedrock Runtime',
      },
      ...{ 'rpc.method': 'Converse', 'aws.request_id': '0f0c1d52-7a1e-4c51-9d0a-53c1a3e0f001', 'gen_ai.usage.input_tokens': 14 },
      ...{
        'gen_ai.usage.output_tokens': 60,
        'gen_ai.response.finish_reasons': ['end_turn'],
        'aws.auth.account.access_key': 'AKIAIOSFODNN7EXAMPLE',
      },
      ...{ 'session.id': 'session-1', 'aws.region': 'us-east-1', 'server.address': 'bedrock-runtime.us-east-1.amazonaws.com' },
    },
    resource: { 'process.command_line': `python agent.py --task "${SECRET}"`, 'process.command_args': ['python', SECRET] },
  },
  'Pydantic AI': {
    scope: 'pydantic-ai',
    name: `chat ${MODEL}`,
    attributes: {
      ...{
        'gen_ai.operation.name': 'chat',
        'gen_ai.provider.name': 'bedrock',
        'gen_ai.request.model': MODEL,
        'gen_ai.usage.input_tokens': 588,
      },
      ...{ 'gen_ai.usage.output_tokens': 53, 'gen_ai.response.id': '0f0c1d52-7a1e-4c51-9d0a-53c1a3e0f002', 'operation.cost': 0.0028149 },
      ...{
        'pydantic_ai.all_messages': messages,
        final_result: SECRET,
        'logfire.msg': `chat ${SECRET}`,
        model_request_parameters: messages,
      },
      ...{ 'gen_ai.input.messages': messages, 'gen_ai.output.messages': messages, 'gen_ai.system_instructions': SECRET },
    },
  },
  OpenInference: {
    scope: 'openinference.instrumentation.bedrock',
    name: 'bedrock.converse',
    attributes: {
      ...{ 'openinference.span.kind': 'LLM', 'llm.provider': 'aws', 'llm.model_name': MODEL, 'llm.token_count.prompt': 900 },
      ...{ 'llm.token_count.completion': 44, 'llm.token_count.total': 944, 'llm.token_count.prompt_details.cache_read': 800 },
      ...{ 'input.value': LONG, 'output.value': SECRET, 'llm.input_messages.0.message.content': SECRET, 'llm.prompts': [SECRET] },
      ...{ 'llm.invocation_parameters': SECRET, metadata: JSON.stringify({ text: SECRET }), 'llm.tools.0.tool.json_schema': SECRET },
    },
  },
  'OpenInference, a retriever': {
    scope: 'openinference.instrumentation.langchain',
    name: 'VectorStoreRetriever',
    attributes: { 'openinference.span.kind': 'RETRIEVER', 'retrieval.documents.0.document.content': SECRET, 'input.value': SECRET },
  },
  'Traceloop LangChain': {
    scope: 'opentelemetry.instrumentation.langchain',
    name: 'ChatBedrockConverse.chat',
    kind: 3,
    attributes: {
      ...{
        'gen_ai.provider.name': 'aws.bedrock',
        'gen_ai.request.model': MODEL,
        'llm.request.type': 'chat',
        'gen_ai.usage.input_tokens': 338,
      },
      ...{ 'gen_ai.usage.output_tokens': 21, 'gen_ai.prompt.0.content': SECRET, 'gen_ai.completion.0.content': SECRET },
      ...{ 'traceloop.entity.input': LONG, 'traceloop.entity.output': SECRET, 'llm.request.functions.0.description': SECRET },
      ...{ 'llm.request.functions.0.parameters': SECRET, 'traceloop.association.properties.langgraph_step': SECRET },
    },
    error: `ValidationException: ${SECRET}`,
  },
  'Traceloop CrewAI: the task is the name': {
    scope: 'opentelemetry.instrumentation.crewai',
    name: `${SECRET}.task`,
    attributes: {
      'traceloop.span.kind': 'task',
      'crewai.task.description': SECRET,
      'crewai.agent.role': 'Researcher',
      'crewai.agent.goal': SECRET,
    },
  },
  'Vercel AI SDK': {
    scope: 'ai',
    name: 'ai.generateText.doGenerate',
    attributes: {
      ...{
        'ai.operationId': 'ai.generateText.doGenerate',
        'ai.model.id': MODEL,
        'ai.model.provider': 'amazon-bedrock',
        'ai.usage.inputTokens': 70,
      },
      ...{ 'ai.usage.outputTokens': 9, 'ai.prompt.messages': messages, 'ai.response.text': SECRET, 'ai.response.toolCalls': SECRET },
    },
  },
  'a tool': {
    scope: 'strands.telemetry.tracer',
    name: 'execute_tool search',
    attributes: {
      ...{
        'gen_ai.operation.name': 'execute_tool',
        'gen_ai.tool.name': 'search',
        'gen_ai.tool.status': 'error',
        'gen_ai.tool.call.arguments': SECRET,
      },
      ...{
        'gen_ai.tool.call.result': SECRET,
        'gen_ai.tool.description': SECRET,
        'gen_ai.tool.json_schema': SECRET,
        'tool.description': SECRET,
      },
    },
    events: [
      { name: 'exception', attributes: { 'exception.type': 'ValueError', 'exception.message': SECRET, 'exception.stacktrace': SECRET } },
    ],
  },
  'an agent of ADOT': {
    scope: 'amazon.opentelemetry.distro.instrumentation.crewai',
    name: 'invoke_agent Planner of Trips',
    attributes: {
      ...{ 'gen_ai.operation.name': 'invoke_agent', 'gen_ai.agent.name': 'Planner of Trips', 'gen_ai.agent.human_input': SECRET },
      ...{ 'gen_ai.agent.actual_output': SECRET, 'gen_ai.agent.description': SECRET, 'gen_ai.agent.tools': SECRET, agent_name: SECRET },
      ...{ 'enduser.id': 'alice', 'user.id': 'alice', 'db.query.text': SECRET, 'url.full': `https://example.com/?q=${SECRET}` },
    },
    events: [{ name: SECRET, attributes: {} }],
  },
  'a text where a name belongs': {
    scope: 'app',
    name: `chat ${SECRET}`,
    attributes: {
      'gen_ai.operation.name': 'chat',
      'gen_ai.agent.name': SECRET,
      'gen_ai.tool.name': `mail to bob@example.com`,
      'graph.node.id': [SECRET],
    },
  },
};

/** The spans as one request, each in a trace of its own. */
export function request(recorded: readonly Recorded[] = Object.values(RECORDED), firstTrace = 1): object {
  const start = 1_795_168_800_000_000_000n;
  return {
    resourceSpans: recorded.map(({ scope, name, kind = 1, attributes, resource, events = [], error }, index) => ({
      resource: { attributes: attributesOf({ 'service.name': 'shop', ...resource }) },
      scopeSpans: [
        {
          scope: { name: scope },
          spans: [
            {
              ...{
                traceId: (firstTrace + index).toString(16).padStart(32, '0'),
                spanId: (index + 1).toString(16).padStart(16, '0'),
                name,
                kind,
              },
              ...{ startTimeUnixNano: String(start), endTimeUnixNano: String(start + 900_000_000n), attributes: attributesOf(attributes) },
              events: events.map((event) => ({
                name: event.name,
                timeUnixNano: String(start),
                attributes: attributesOf(event.attributes),
              })),
              ...(error !== undefined && { status: { code: 2, message: error } }),
            },
          ],
        },
      ],
    })),
  };
}
