import { readCount } from './counters';
import { isObject, valueAt, type Json } from './json';

/** Where a value is in a body: names of members, or places in a list, with dots between them. */
type BodyPath = string;

/** Where a token count is: a path, or a function for counts that must be added up. Of several, the first with a count. */
export type CountSource = BodyPath | ((body: Json) => number | undefined);
type CountSources = CountSource | readonly CountSource[];

export interface UsagePaths {
  /** The counts are read from a body that has one of these members. */
  readonly when: readonly BodyPath[];
  readonly input: CountSources;
  readonly output: CountSources;
  /** Input tokens read from the prompt cache. */
  readonly cacheRead?: CountSources;
  /** Input tokens written to the prompt cache. */
  readonly cacheWrite?: CountSources;
  /** The written tokens that live for 5 minutes, and those that live for an hour. */
  readonly cacheWrite5m?: CountSources;
  readonly cacheWrite1h?: CountSources;
}

/** What is read from a response body, or from each chunk of a streamed one. */
interface ResponsePaths {
  readonly usage?: UsagePaths;
  /** The member of a chunk that holds a body with the usage. Where it is absent, the chunk itself is read. */
  readonly chunkMember?: string;
  readonly stopReason?: readonly BodyPath[];
  readonly latencyMs?: BodyPath;
  readonly firstByteMs?: BodyPath;
  readonly guardrailAction?: BodyPath;
  /** The service tier that served the call. */
  readonly servedTier?: BodyPath;
  /** `optimized` where the call was billed as latency-optimized. */
  readonly latencyMode?: BodyPath;
  /** The list of images that were made. */
  readonly images?: BodyPath;
}

/** What is read from a request body. */
interface RequestPaths {
  readonly maxTokens?: readonly BodyPath[];
  readonly temperature?: BodyPath;
  /** The service tier that was asked for. */
  readonly requestedTier?: BodyPath;
  readonly imageWidth?: BodyPath;
  readonly imageHeight?: BodyPath;
  readonly imageQuality?: BodyPath;
  /** The image to be embedded. */
  readonly embeddedImage?: BodyPath;
}

export interface Dialect {
  readonly response?: ResponsePaths;
  readonly request?: RequestPaths;
}

/** Anthropic Messages and OpenAI Responses use the same names, but for cached tokens. */
const INPUT_TOKENS: UsagePaths = {
  when: ['usage.input_tokens', 'usage.output_tokens'],
  input: 'usage.input_tokens',
  output: 'usage.output_tokens',
  cacheRead: ['usage.cache_read_input_tokens', 'usage.input_tokens_details.cached_tokens'],
  cacheWrite: 'usage.cache_creation_input_tokens',
  cacheWrite5m: 'usage.cache_creation.ephemeral_5m_input_tokens',
  cacheWrite1h: 'usage.cache_creation.ephemeral_1h_input_tokens',
};

/**
 * What is read from the bodies of each API and model family. A fact is taken from the first row that finds it; all counts of
 * a usage come from one row. The pages named are of the Bedrock user guide unless another guide is named.
 */
export const DIALECTS: Readonly<Record<string, Dialect>> = {
  // Bedrock API reference, Converse, TokenUsage and CacheDetail; Nova user guide, "Complete request schema": bodies of Nova are
  // alike. Cache counts come under two names with equal values. `totalTokens` has cached tokens in some responses only.
  converse: {
    response: {
      usage: {
        when: ['usage.inputTokens', 'usage.outputTokens'],
        input: 'usage.inputTokens',
        output: 'usage.outputTokens',
        cacheRead: ['usage.cacheReadInputTokens', 'usage.cacheReadInputTokenCount'],
        cacheWrite: ['usage.cacheWriteInputTokens', 'usage.cacheWriteInputTokenCount'],
        cacheWrite5m: (body) => cacheWrites(body, '5m'),
        cacheWrite1h: (body) => cacheWrites(body, '1h'),
      },
      chunkMember: 'metadata',
      stopReason: ['stopReason', 'messageStop.stopReason'],
      latencyMs: 'metrics.latencyMs',
      servedTier: 'serviceTier.type',
      latencyMode: 'performanceConfig.latency',
    },
    request: {
      maxTokens: ['inferenceConfig.maxTokens', 'inferenceConfig.max_new_tokens'],
      temperature: 'inferenceConfig.temperature',
      requestedTier: 'serviceTier.type',
    },
  },
  // "Anthropic Claude Messages API". `usage.service_tier` is a tier of Anthropic, not the one that Bedrock bills.
  anthropicMessages: {
    response: { usage: INPUT_TOKENS, chunkMember: 'message', stopReason: ['stop_reason', 'delta.stop_reason'] },
    request: { maxTokens: ['max_tokens'], temperature: 'temperature' },
  },
  // OpenAI API reference, "Responses". Its stop reason is there only where the answer is incomplete.
  openAiResponses: {
    response: { usage: INPUT_TOKENS, chunkMember: 'response', stopReason: ['incomplete_details.reason'] },
    request: { maxTokens: ['max_output_tokens'], temperature: 'temperature' },
  },
  // OpenAI API reference, "Chat Completions"; "DeepSeek models" and "Mistral AI chat completion" with `stop_reason`.
  openAiChatCompletions: {
    response: {
      usage: {
        when: ['usage.prompt_tokens'],
        input: 'usage.prompt_tokens',
        output: 'usage.completion_tokens',
        cacheRead: 'usage.prompt_tokens_details.cached_tokens',
      },
      stopReason: ['choices.0.finish_reason', 'choices.0.stop_reason'],
    },
    request: { maxTokens: ['max_completion_tokens', 'max_tokens'], temperature: 'temperature' },
  },
  // "Meta Llama models".
  llama: {
    response: {
      usage: { when: ['prompt_token_count'], input: 'prompt_token_count', output: 'generation_token_count' },
      stopReason: ['stop_reason'],
    },
    request: { maxTokens: ['max_gen_len'], temperature: 'temperature' },
  },
  // "Amazon Titan Text models" and "Amazon Titan Embeddings G1 - Text". The count of a whole answer is that of its results,
  // a stream says the total.
  titanText: {
    response: {
      usage: {
        when: ['inputTextTokenCount'],
        input: 'inputTextTokenCount',
        output: [resultTokens, 'totalOutputTextTokenCount'],
      },
      stopReason: ['completionReason', 'results.0.completionReason'],
    },
    request: { maxTokens: ['textGenerationConfig.maxTokenCount'], temperature: 'textGenerationConfig.temperature' },
  },
  // "Mistral AI text completion".
  mistralText: {
    response: { stopReason: ['outputs.0.stop_reason'] },
    request: { maxTokens: ['max_tokens'], temperature: 'temperature' },
  },
  // "Cohere Command models" and "Cohere Command R and Command R+ models".
  cohereCommand: {
    response: { stopReason: ['finish_reason', 'generations.0.finish_reason'] },
    request: { maxTokens: ['max_tokens'], temperature: 'temperature' },
  },
  // "AI21 Labs Jurassic-2 models".
  ai21Jurassic: {
    request: { maxTokens: ['maxTokens'], temperature: 'temperature' },
  },
  // "Amazon Titan Image Generator G1 models", "Amazon Titan Multimodal Embeddings G1"; Nova user guide, "Request and response
  // structure for image generation". AWS prices images by size and quality.
  images: {
    response: { images: 'images' },
    request: {
      imageWidth: 'imageGenerationConfig.width',
      imageHeight: 'imageGenerationConfig.height',
      imageQuality: 'imageGenerationConfig.quality',
      embeddedImage: 'inputImage',
    },
  },
  // What Bedrock adds to native bodies: "Submit prompts with InvokeModel" for the last chunk of a stream, "Use guardrails with
  // InvokeModel" for the action.
  invokeModel: {
    response: {
      latencyMs: 'amazon-bedrock-invocationMetrics.invocationLatency',
      firstByteMs: 'amazon-bedrock-invocationMetrics.firstByteLatency',
      guardrailAction: 'amazon-bedrock-guardrailAction',
    },
  },
};

/** The counts that Bedrock adds to the last chunk of a stream. They replace those of the model, whatever its dialect. */
export const INVOCATION_METRICS: UsagePaths = {
  when: ['amazon-bedrock-invocationMetrics'],
  input: 'amazon-bedrock-invocationMetrics.inputTokenCount',
  output: 'amazon-bedrock-invocationMetrics.outputTokenCount',
  cacheRead: 'amazon-bedrock-invocationMetrics.cacheReadInputTokenCount',
  cacheWrite: 'amazon-bedrock-invocationMetrics.cacheWriteInputTokenCount',
};

/** The paths that the rows have for one fact, in the order of the table, each once. */
export function pathsOf(fact: (dialect: Dialect) => BodyPath | readonly BodyPath[] | undefined): readonly BodyPath[] {
  return [...new Set(Object.values(DIALECTS).flatMap((dialect) => fact(dialect) ?? []))];
}

/** The cache writes of one lifetime, of the models whose Converse responses have `cacheDetails`. */
function cacheWrites(body: Json, ttl: string): number | undefined {
  const details = valueAt(body, 'usage.cacheDetails');
  const ofLifetime = Array.isArray(details) ? details.filter((detail) => isObject(detail) && detail.ttl === ttl) : undefined;
  return ofLifetime && sumOf(ofLifetime.map((detail) => readCount(valueAt(detail, 'inputTokens'), 'inputTokens') ?? 0));
}

/** Undefined unless every result has its count. */
function resultTokens({ results }: Json): number | undefined {
  const counts = Array.isArray(results) ? results.filter(isObject).map(({ tokenCount }) => readCount(tokenCount, 'tokenCount')) : [];
  const known = counts.filter((count) => count !== undefined);
  return known.length > 0 && known.length === counts.length ? sumOf(known) : undefined;
}

const sumOf = (counts: readonly number[]): number => counts.reduce((sum, count) => sum + count, 0);
