import type { Tokens } from './rates';
import type { Workload } from './workloads';

export interface Bodies {
  readonly inputBodyJson?: unknown;
  readonly outputBodyJson?: unknown;
}

export interface Answer {
  readonly latencyMs: number;
  readonly truncated: boolean;
}

const QUESTION = 'An example question, made up for the demo.';
const REPLY = 'An example answer, made up for the demo.';
const MAX_TOKENS = 4096;

/** Request and response bodies in the shape in which Bedrock logs them for the operation and the provider. */
export function bodiesOf(workload: Workload, tokens: Tokens, answer: Answer): Bodies {
  if (!workload.bodies) {
    return {};
  }
  if (workload.operation.startsWith('Converse')) {
    return converse(workload, tokens, answer);
  }
  const provider = /(anthropic|meta|amazon)\./.exec(workload.profile)?.[1] ?? '';
  return NATIVE[provider]?.(tokens, answer) ?? {};
}

function converse(workload: Workload, tokens: Tokens, { latencyMs, truncated }: Answer): Bodies {
  const cacheWrite = tokens.cacheWrite5m + tokens.cacheWrite1h;
  return {
    inputBodyJson: {
      messages: [{ role: 'user', content: [{ text: QUESTION }] }],
      inferenceConfig: { maxTokens: MAX_TOKENS, temperature: 0.2 },
    },
    outputBodyJson: {
      output: { message: { role: 'assistant', content: [{ text: REPLY }] } },
      stopReason: truncated ? 'max_tokens' : 'end_turn',
      metrics: { latencyMs },
      usage: {
        inputTokens: tokens.input,
        outputTokens: tokens.output,
        totalTokens: tokens.input + tokens.output + tokens.cacheRead + cacheWrite,
        ...(workload.cached && { cacheReadInputTokens: tokens.cacheRead, cacheWriteInputTokens: cacheWrite }),
        ...(workload.lifetime && cacheWrite > 0 && { cacheDetails: [{ ttl: workload.lifetime, inputTokens: cacheWrite }] }),
      },
    },
  };
}

const NATIVE: Readonly<Record<string, (tokens: Tokens, answer: Answer) => Bodies>> = {
  anthropic: (tokens, { latencyMs, truncated }) => ({
    inputBodyJson: { anthropic_version: 'bedrock-2023-05-31', max_tokens: MAX_TOKENS, messages: [{ role: 'user', content: QUESTION }] },
    outputBodyJson: [
      {
        type: 'message_start',
        message: {
          role: 'assistant',
          content: [],
          usage: {
            input_tokens: tokens.input,
            cache_read_input_tokens: tokens.cacheRead,
            cache_creation_input_tokens: tokens.cacheWrite5m + tokens.cacheWrite1h,
            cache_creation: { ephemeral_5m_input_tokens: tokens.cacheWrite5m, ephemeral_1h_input_tokens: tokens.cacheWrite1h },
            output_tokens: 1,
          },
        },
      },
      { type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text: REPLY } },
      { type: 'message_delta', delta: { stop_reason: truncated ? 'max_tokens' : 'end_turn' }, usage: { output_tokens: tokens.output } },
      {
        type: 'message_stop',
        'amazon-bedrock-invocationMetrics': {
          inputTokenCount: tokens.input,
          outputTokenCount: tokens.output,
          invocationLatency: latencyMs,
          firstByteLatency: Math.round(latencyMs / 5),
        },
      },
    ],
  }),
  meta: (tokens, { truncated }) => ({
    inputBodyJson: { prompt: QUESTION, max_gen_len: MAX_TOKENS, temperature: 0.5 },
    outputBodyJson: {
      generation: REPLY,
      prompt_token_count: tokens.input,
      generation_token_count: tokens.output,
      stop_reason: truncated ? 'length' : 'stop',
    },
  }),
  amazon: (tokens, { truncated }) => ({
    inputBodyJson: { messages: [{ role: 'user', content: [{ text: QUESTION }] }], inferenceConfig: { maxTokens: MAX_TOKENS } },
    outputBodyJson: {
      output: { message: { role: 'assistant', content: [{ text: REPLY }] } },
      stopReason: truncated ? 'max_tokens' : 'end_turn',
      usage: { inputTokens: tokens.input, outputTokens: tokens.output, totalTokens: tokens.input + tokens.output },
    },
  }),
};
