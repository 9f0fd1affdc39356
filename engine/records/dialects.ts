import { readBodyCount } from './counters';
import type { BodyPath, Dialect, EmbeddedPart, UsagePaths } from './dialect';
import { isObject, valueAt, type Json } from './json';

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
      guardrailTrace: ['trace.guardrail', 'metadata.trace.guardrail'],
      servedTier: ['serviceTier.type', 'metadata.serviceTier.type'],
      latencyMode: ['performanceConfig.latency', 'metadata.performanceConfig.latency'],
      invokedModel: ['trace.promptRouter.invokedModelId', 'metadata.trace.promptRouter.invokedModelId'],
    },
    request: {
      maxTokens: ['inferenceConfig.maxTokens', 'inferenceConfig.max_new_tokens'],
      temperature: 'inferenceConfig.temperature',
      requestedTier: 'serviceTier.type',
      requestedLatencyMode: 'performanceConfig.latency',
    },
  },
  // OpenAI API reference, "Responses". Its stop reason is there only where the answer is incomplete. Before Anthropic, whose
  // names of input and output are the same.
  openAiResponses: {
    response: {
      usage: {
        when: ['usage.input_tokens_details', 'usage.output_tokens_details'],
        input: 'usage.input_tokens',
        output: 'usage.output_tokens',
        inputHoldsCached: true,
        cacheRead: 'usage.input_tokens_details.cached_tokens',
        cacheWrite: 'usage.input_tokens_details.cache_write_tokens',
      },
      chunkMember: 'response',
      stopReason: ['incomplete_details.reason', 'response.incomplete_details.reason'],
      servedTier: ['service_tier', 'response.service_tier'],
    },
    request: { maxTokens: ['max_output_tokens'], temperature: 'temperature', requestedTier: 'service_tier' },
  },
  // "Anthropic Claude Messages API". `usage.service_tier` is a tier of Anthropic, not the one that Bedrock bills.
  anthropicMessages: {
    response: {
      usage: {
        when: ['usage.input_tokens', 'usage.output_tokens'],
        input: 'usage.input_tokens',
        output: 'usage.output_tokens',
        inputHoldsCached: false,
        cacheRead: 'usage.cache_read_input_tokens',
        cacheWrite: 'usage.cache_creation_input_tokens',
        cacheWrite5m: 'usage.cache_creation.ephemeral_5m_input_tokens',
        cacheWrite1h: 'usage.cache_creation.ephemeral_1h_input_tokens',
      },
      chunkMember: 'message',
      stopReason: ['stop_reason', 'delta.stop_reason'],
    },
    request: { maxTokens: ['max_tokens'], temperature: 'temperature' },
  },
  // OpenAI API reference, "Chat Completions"; "DeepSeek models" and "Mistral AI chat completion" with `stop_reason`.
  openAiChatCompletions: {
    response: {
      usage: {
        when: ['usage.prompt_tokens'],
        input: 'usage.prompt_tokens',
        output: 'usage.completion_tokens',
        inputHoldsCached: true,
        cacheRead: 'usage.prompt_tokens_details.cached_tokens',
        cacheWrite: 'usage.prompt_tokens_details.cache_write_tokens',
      },
      stopReason: ['choices.0.finish_reason', 'choices.0.stop_reason'],
      servedTier: ['service_tier'],
    },
    request: { maxTokens: ['max_completion_tokens', 'max_tokens'], temperature: 'temperature', requestedTier: 'service_tier' },
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
  // "Amazon Titan Image Generator G1 models"; Nova user guide, "Request and response structure for image generation". AWS prices
  // images by size and quality.
  images: {
    response: { images: 'images' },
    request: {
      image: {
        width: 'imageGenerationConfig.width',
        height: 'imageGenerationConfig.height',
        quality: 'imageGenerationConfig.quality',
        defaults: {
          quality: 'standard',
          sidePixels: 1024,
          task: 'taskType',
          sizedTasks: ['TEXT_IMAGE', 'COLOR_GUIDED_GENERATION', 'IMAGE_VARIATION'],
          editingTasks: ['INPAINTING', 'OUTPAINTING', 'BACKGROUND_REMOVAL', 'VIRTUAL_TRY_ON'],
        },
      },
    },
  },
  // "Amazon Titan Multimodal Embeddings G1": a text beside the image is billed too.
  titanMultimodalEmbeddings: {
    request: { embedded: [{ model: 'amazon.titan-embed-image', path: 'inputImage', bills: 'image', insteadOfTokens: false }] },
  },
  // Nova user guide, "Embeddings request and response schema": a request embeds one part, of one modality.
  novaMultimodalEmbeddings: {
    request: {
      embedded: [
        {
          ...novaPart('image', 'documentImage'),
          where: { path: 'singleEmbeddingParams.image.detailLevel', is: 'DOCUMENT_IMAGE' },
        },
        novaPart('image', 'image'),
        novaPart('video', 'perSecond'),
        novaPart('audio', 'perSecond'),
      ],
    },
  },
  // What Bedrock adds to native bodies: "Submit prompts with InvokeModel" for the last chunk of a stream, "Use guardrails with
  // InvokeModel" for the action and the trace.
  invokeModel: {
    response: {
      latencyMs: 'amazon-bedrock-invocationMetrics.invocationLatency',
      firstByteMs: 'amazon-bedrock-invocationMetrics.firstByteLatency',
      guardrailAction: 'amazon-bedrock-guardrailAction',
      guardrailTrace: ['amazon-bedrock-trace.guardrail'],
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

function novaPart(part: 'image' | 'video' | 'audio', bills: EmbeddedPart['bills']): EmbeddedPart {
  return { model: 'amazon.nova-2-multimodal-embeddings', path: `singleEmbeddingParams.${part}`, bills, insteadOfTokens: true };
}

/** The cache writes of one lifetime, of the models whose Converse responses have `cacheDetails`. */
function cacheWrites(body: Json, ttl: string): number | undefined {
  const details = valueAt(body, 'usage.cacheDetails');
  const ofLifetime = Array.isArray(details) ? details.filter((detail) => isObject(detail) && detail.ttl === ttl) : undefined;
  return ofLifetime && sumOf(ofLifetime.map((detail) => readBodyCount(valueAt(detail, 'inputTokens')) ?? 0));
}

/** Undefined unless every result has its count. */
function resultTokens({ results }: Json): number | undefined {
  const counts = Array.isArray(results) ? results.filter(isObject).map(({ tokenCount }) => readBodyCount(tokenCount)) : [];
  const known = counts.filter((count) => count !== undefined);
  return known.length > 0 && known.length === counts.length ? sumOf(known) : undefined;
}

const sumOf = (counts: readonly number[]): number => counts.reduce((sum, count) => sum + count, 0);
