import { USAGE_MARK } from '../runtime-usage';

/**
 * What names of attributes begin with where a span describes a model, a tool or an agent, in every vocabulary that is read, and the
 * service whose calls JavaScript records without any of them. A narrower test loses spans that are above others, and then calls count
 * twice. All begin with a quote, which is what makes the search fast.
 */
const VOCABULARIES =
  /"(?:gen_ai[."]|llm\.|openinference|traceloop|ai\.|aws\.genai|Bedrock ?Runtime|mlflow\.|langfuse\.|langsmith\.|claude_code)/;

/** Only spans have a beginning: log records of OpenTelemetry, which hold prompts, have a time. */
const BEGINNINGS: readonly string[] = ['"startTime', '"start_time'];

/**
 * The span of a request to AgentCore itself, such as one to its memory, in the payload of a subscription, where quotes within a message
 * have a backslash. Two thirds of the spans of AgentCore are such requests, and a plain search finds them ten times as fast as the expression.
 */
export const REQUEST_TO_AGENT_CORE = String.raw`rpc.service\":\"Bedrock AgentCore\"`;
/** Such a span can be that of a tool or an agent where it names an operation. */
export const OPERATION = 'gen_ai.operation.name';

/** Whether the text of a log event can be a span of an agent, or what a session used of AgentCore. */
export const isMetered = (text: string): boolean => describesAgents(text) || text.includes(USAGE_MARK);

/** Whether the text of a log event can be a span of a model, a tool or an agent. */
export const describesAgents = (text: string): boolean => VOCABULARIES.test(text) && BEGINNINGS.some((part) => text.includes(part));
