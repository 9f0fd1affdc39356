/**
 * What the attributes of spans of models, tools and agents begin with, in every vocabulary that is read, and the service whose calls
 * JavaScript records without any of them. A narrower test loses spans that are above others, and then calls count twice.
 */
const VOCABULARIES = /"gen_ai[."]|"llm\.|openinference|traceloop|"ai\.|genai\.|Bedrock ?Runtime|mlflow\.|langfuse\.|claude_code/;

/** Only spans have a beginning: log records of OpenTelemetry, which hold prompts, have a time. */
const BEGINNING = /start_?time/i;

/** Whether the text of a log event can be a span of a model, a tool or an agent. Two thirds of the spans of AgentCore are calls of its memory, which are none. */
export const describesAgents = (text: string): boolean => VOCABULARIES.test(text) && BEGINNING.test(text);
