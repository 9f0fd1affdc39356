import { type AttributeKeys, keys, placeOf } from './attribute-keys';
import type { SpanTokens } from './span';

/**
 * The attributes that hold token counts, each list in order of precedence. Sources: the GenAI conventions of OpenTelemetry up
 * to v1.36 (`prompt_tokens`), v1.37 and later, and v0.1.0 of semantic-conventions-genai (`cache_write`); Strands Agents
 * (underscores); OpenInference (`llm.token_count`); Traceloop before 0.40 (`llm.usage`); Pydantic AI (`details`); the Vercel AI
 * SDK (`ai.usage`); Claude Code (names without a prefix).
 *
 * What agents sum up for themselves has names of its own (`gen_ai.aggregated_usage`, `crewai.crew.token_usage`) and is not here.
 */
export const TOKEN_KEYS: Readonly<Record<keyof SpanTokens, AttributeKeys>> = {
  input: keys(
    'gen_ai.usage.input_tokens',
    'gen_ai.usage.prompt_tokens',
    'llm.token_count.prompt',
    'llm.usage.prompt_tokens',
    'ai.usage.inputTokens',
    'ai.usage.promptTokens',
  ),
  output: keys(
    'gen_ai.usage.output_tokens',
    'gen_ai.usage.completion_tokens',
    'llm.token_count.completion',
    'llm.usage.completion_tokens',
    'ai.usage.outputTokens',
    'ai.usage.completionTokens',
  ),
  cacheRead: keys(
    'gen_ai.usage.cache_read.input_tokens',
    'gen_ai.usage.cache_read_input_tokens',
    'gen_ai.usage.details.cache_read_tokens',
    'gen_ai.usage.details.cache_read_input_tokens',
    'llm.token_count.prompt_details.cache_read',
    'llm.usage.cache_read_input_tokens',
    'ai.usage.cachedInputTokens',
    'cache_read_tokens',
  ),
  cacheWrite: keys(
    'gen_ai.usage.cache_write.input_tokens',
    'gen_ai.usage.cache_creation.input_tokens',
    'gen_ai.usage.cache_write_input_tokens',
    'gen_ai.usage.cache_creation_input_tokens',
    'gen_ai.usage.details.cache_write_tokens',
    'gen_ai.usage.details.cache_creation_input_tokens',
    'llm.token_count.prompt_details.cache_write',
    'llm.usage.cache_creation_input_tokens',
    'cache_creation_tokens',
  ),
};

/** The sum of input and output, for spans that tell one of them only together with the other. */
export const TOTAL_KEYS: AttributeKeys = keys('gen_ai.usage.total_tokens', 'llm.token_count.total', 'llm.usage.total_tokens');

/** Strands Agents for TypeScript takes the name of the service as its scope. These names of its counts give it away. */
export const STRANDS_KEYS: AttributeKeys = keys('gen_ai.usage.cache_read_input_tokens', 'gen_ai.usage.cache_write_input_tokens');

/** Where the time to the first token is, and in which unit. */
export const FIRST_TOKEN_KEYS: readonly FirstTokenKey[] = [
  { key: 'gen_ai.response.time_to_first_chunk', place: placeOf('gen_ai.response.time_to_first_chunk'), unit: 's' },
  { key: 'gen_ai.client.operation.time_to_first_chunk', place: placeOf('gen_ai.client.operation.time_to_first_chunk'), unit: 's' },
  { key: 'ai.response.msToFirstChunk', place: placeOf('ai.response.msToFirstChunk'), unit: 'ms' },
  { key: 'ttft_ms', place: placeOf('ttft_ms'), unit: 'ms' },
  // Strands Agents writes milliseconds here, where the conventions of a server's metric of this name have seconds.
  { key: 'gen_ai.server.time_to_first_token', place: placeOf('gen_ai.server.time_to_first_token'), unit: 'ms' },
];

interface FirstTokenKey {
  readonly key: string;
  readonly place: number;
  readonly unit: 's' | 'ms';
}
