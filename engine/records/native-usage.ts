import { readCount } from './counters';
import { isObject, objectAt, type Json } from './json';

/** Token counts as a model's own response body tells them. Each is absent where the body does not have it. */
export interface NativeUsage {
  readonly input?: number;
  readonly output?: number;
  readonly cacheRead?: number;
  readonly cacheWrite?: number;
  readonly cacheWrite5m?: number;
  readonly cacheWrite1h?: number;
}

type Reader = (body: Json) => NativeUsage | undefined;

/** Converse and Nova. Cache counts come under two names that repeat each other: one is read. `totalTokens` is not read: it includes cached tokens in some responses and not in others. */
const converse: Reader = (body) => {
  const usage = objectAt(body, 'usage');
  return usage?.inputTokens === undefined && usage?.outputTokens === undefined
    ? undefined
    : {
        input: readCount(usage?.inputTokens, 'inputTokens'),
        output: readCount(usage?.outputTokens, 'outputTokens'),
        cacheRead: readCount(usage?.cacheReadInputTokens ?? usage?.cacheReadInputTokenCount, 'cacheReadInputTokens'),
        cacheWrite: readCount(usage?.cacheWriteInputTokens ?? usage?.cacheWriteInputTokenCount, 'cacheWriteInputTokens'),
        ...cacheDetails(usage?.cacheDetails),
      };
};

/** Anthropic Messages and OpenAI Responses. `usage.service_tier` is Anthropic's own notion, not the tier Bedrock bills. */
const messages: Reader = (body) => {
  const usage = objectAt(body, 'usage');
  const split = objectAt(usage, 'cache_creation');
  return usage?.input_tokens === undefined && usage?.output_tokens === undefined
    ? undefined
    : {
        input: readCount(usage?.input_tokens, 'input_tokens'),
        output: readCount(usage?.output_tokens, 'output_tokens'),
        cacheRead:
          readCount(usage?.cache_read_input_tokens, 'cache_read_input_tokens') ??
          readCount(objectAt(usage, 'input_tokens_details')?.cached_tokens, 'cached_tokens'),
        cacheWrite: readCount(usage?.cache_creation_input_tokens, 'cache_creation_input_tokens'),
        cacheWrite5m: readCount(split?.ephemeral_5m_input_tokens, 'ephemeral_5m_input_tokens'),
        cacheWrite1h: readCount(split?.ephemeral_1h_input_tokens, 'ephemeral_1h_input_tokens'),
      };
};

const chatCompletions: Reader = (body) => {
  const usage = objectAt(body, 'usage');
  return usage?.prompt_tokens === undefined
    ? undefined
    : {
        input: readCount(usage?.prompt_tokens, 'prompt_tokens'),
        output: readCount(usage?.completion_tokens, 'completion_tokens'),
        cacheRead: readCount(objectAt(usage, 'prompt_tokens_details')?.cached_tokens, 'cached_tokens'),
      };
};

const llama: Reader = (body) =>
  body.prompt_token_count === undefined
    ? undefined
    : {
        input: readCount(body.prompt_token_count, 'prompt_token_count'),
        output: readCount(body.generation_token_count, 'generation_token_count'),
      };

const titan: Reader = (body) => {
  if (body.inputTextTokenCount === undefined) {
    return undefined;
  }
  const results = Array.isArray(body.results) ? body.results.filter(isObject) : [];
  const counts = results.map((result) => readCount(result.tokenCount, 'tokenCount'));
  const known = counts.length > 0 && counts.every((count) => count !== undefined);
  const output = known
    ? counts.reduce<number>((sum, count) => sum + (count ?? 0), 0)
    : readCount(body.totalOutputTextTokenCount, 'totalOutputTextTokenCount');
  return { input: readCount(body.inputTextTokenCount, 'inputTextTokenCount'), output };
};

const READERS: readonly Reader[] = [converse, messages, chatCompletions, llama, titan];

/** The usage of a response body: an object, or the chunks of a stream, whose later values replace earlier ones. */
export function nativeUsage(body: unknown): NativeUsage | undefined {
  if (Array.isArray(body)) {
    let merged: NativeUsage | undefined;
    for (const chunk of body) {
      const usage = isObject(chunk) ? usageOfChunk(chunk) : undefined;
      merged = usage ? { ...merged, ...defined(usage) } : merged;
    }
    return merged;
  }
  return isObject(body) ? usageOf(body) : undefined;
}

function usageOf(body: Json): NativeUsage | undefined {
  for (const read of READERS) {
    const usage = read(body);
    if (usage) {
      return usage;
    }
  }
  return undefined;
}

/** Anthropic streams begin with `message_start` (the only place of the cache split); Nova's end with `metadata`. */
function usageOfChunk(chunk: Json): NativeUsage | undefined {
  const start = objectAt(chunk, 'message') ?? objectAt(chunk, 'metadata') ?? objectAt(chunk, 'response');
  const own = (start && usageOf(start)) ?? usageOf(chunk);
  const metrics = objectAt(chunk, 'amazon-bedrock-invocationMetrics');
  if (!metrics) {
    return own;
  }
  return {
    ...own,
    ...defined({
      input: readCount(metrics.inputTokenCount, 'inputTokenCount'),
      output: readCount(metrics.outputTokenCount, 'outputTokenCount'),
      cacheRead: readCount(metrics.cacheReadInputTokenCount, 'cacheReadInputTokenCount'),
      cacheWrite: readCount(metrics.cacheWriteInputTokenCount, 'cacheWriteInputTokenCount'),
    }),
  };
}

/** Converse tells the lifetime of each cache write, newer models only. */
function cacheDetails(details: unknown): NativeUsage {
  if (!Array.isArray(details)) {
    return {};
  }
  const sum = (ttl: string) =>
    details.reduce<number>(
      (total, detail) => total + (isObject(detail) && detail.ttl === ttl ? (readCount(detail.inputTokens, 'inputTokens') ?? 0) : 0),
      0,
    );
  return { cacheWrite5m: sum('5m'), cacheWrite1h: sum('1h') };
}

const defined = (usage: NativeUsage): NativeUsage => Object.fromEntries(Object.entries(usage).filter(([, value]) => value !== undefined));
