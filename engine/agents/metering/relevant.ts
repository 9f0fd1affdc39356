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
 * What the span of a request to AgentCore itself has, such as one to its memory, in the payload of a subscription, where quotes within a
 * message have a backslash. Two thirds of the spans of AgentCore are such requests. The service is searched for and then the name before
 * it: a search is fast where the text begins with a character that is rare in spans.
 */
export const AGENT_CORE = String.raw`Bedrock AgentCore\"`;
export const BEFORE_SERVICE = String.raw`rpc.service\":\"`;
/** The end of `gen_ai.operation.name`. A request that has it can be the span of a tool or an agent. */
export const OPERATION = '_ai.operation.name';

/** Whether the text of a log event can be a span of an agent, or what a session used of AgentCore. */
export const isMetered = (text: string): boolean => describesAgents(text) || text.includes(USAGE_MARK);

/** Whether the text of a log event can be a span of a model, a tool or an agent. */
export const describesAgents = (text: string): boolean => VOCABULARIES.test(text) && isSpan(text);

export const isSpan = (text: string): boolean => BEGINNINGS.some((part) => text.includes(part));
